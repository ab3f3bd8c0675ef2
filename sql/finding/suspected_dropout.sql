-- 疑似辍学: no sign of schooling anywhere and no explanation.
-- One row per child.
-- Rules: of the absent those with an unexcused run or never seen, who were seen at no other school (Liaoning 2017:
-- 四周无故旷课且联系不上视为辍学; the shorter threshold is the policy's). And left_the_roll: an unfinished pupil of an
-- earlier period who is on no roll now and nowhere at school. A pupil never seen here who is on the roll of another school
-- too, whose class has handed in no sheet, may well be there: no delivery is not absence, so it is absent here only. The program proposes 疑似辍学 and never writes 辍学.
-- Rows of left_the_roll speak of the last school, and of a pupil on no roll who may be the child (namesakes).
with unheard as (
    select distinct roll.child_id
    from child_rolls as roll
    join children as child on child.child_id = roll.child_id
    left join class_deliveries as sheet
        on sheet.school_code = roll.school_code
        and coalesce(sheet.grade = roll.grade, true) and coalesce(sheet.class_no = roll.class_no, true)
    where roll.in_force and roll.school_code <> child.school_code and sheet.school_code is null
),
away as (
    select child.child_id, absence.reason, words.explanation
    from absences as absence
    join children as child on child.child_id = absence.child_id
    join absent_from_school as words on words.child_id = absence.child_id
    left join unheard on unheard.child_id = absence.child_id
    where absence.reason = 'unexcused_run' or (absence.reason = 'never_seen' and unheard.child_id is null)
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
