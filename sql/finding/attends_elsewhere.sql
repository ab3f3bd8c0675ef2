-- 人籍分离: on one school's roll, attending another; the parents are urged to transfer the roll entry.
-- One row per child.
-- Rule: design, findings; domain, outcomes. Seen at another school in the month, and here not at all or only before.
select
    child_id,
    'seen_at_other_school' as reason,
    '学籍在' || coalesce(school_name, '') || class_label(grade, class_no) || '，人' || explanation_text
    || case when days_present > 0 then '，在学籍所在校最后到校' || day_label(last_present_on)
            when class_delivered then '，本月在学籍所在校没有到校记录' else '' end || '。' as explanation
from children
where on_roll and should_attend and explanation = 'attends_elsewhere'
order by child_id
