-- 疑似辍学: no sign of schooling anywhere and no explanation.
-- One row per child.
-- Rules: of the absent those with an unexcused run or never seen, who were seen at no other school (Liaoning 2017:
-- 四周无故旷课且联系不上视为辍学; the shorter threshold is the policy's). And left_the_roll: an unfinished pupil of an
-- earlier period who is on no roll now and nowhere at school. The program proposes 疑似辍学 and never writes 辍学.
-- Rows of left_the_roll speak of the last school, and of a pupil on no roll who may be the child (namesakes).
with away as (
    select child.child_id, absence.reason, words.explanation
    from absences as absence
    join children as child on child.child_id = absence.child_id
    join absent_from_school as words on words.child_id = absence.child_id
    where absence.reason in ('unexcused_run', 'never_seen')
),
gone as (
    select
        child.child_id,
        'left_the_roll' as reason,
        coalesce(left(child.known_period, 4) || '年' || cast(right(child.known_period, 2) as int) || '月', '上期') || '在'
            || coalesce(child.school_name, '') || class_label(child.grade, child.class_no)
            || '就读，未完成义务教育；本期学籍中已没有该生，没有转出、毕业记录，未发现在任何学校就读。'
            || coalesce(twin.places || '有同名学生在校而没有学籍，可能就是该生，请先核对。', '') as explanation
    from children as child
    left join (select child_id, string_agg(place, '、' order by place) as places from namesakes group by child_id) as twin
        on twin.child_id = child.child_id
    where child.left_roll and not child.seen and coalesce(child.explanation = 'answered', true)
)
select child_id, reason, explanation from away
union all
select child_id, reason, explanation from gone
order by child_id
