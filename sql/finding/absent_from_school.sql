-- 在籍不在校: on a school's roll as a pupil who should attend, and not attending there, no lawful reason known.
-- One row per child.
-- Rule: design, findings (学籍 × 在校, the second of the three comparisons of 2024). Which absences there are, and
-- when, stands in absences.sql; here they are only put into words.
select
    child.child_id,
    absence.reason,
    '在' || coalesce(child.school_name, '') || class_label(child.grade, child.class_no) || '在籍；'
    || case absence.reason
        when 'unexcused_run' then
            month(cast($month || '-01' as date)) || '月考勤记录' || child.days_recorded || '天，'
            || day_label(child.run_started_on) || '起连续无故缺课' || child.longest_unexcused || '天，'
            || case when child.days_present > 0 then '最后到校' || day_label(child.last_present_on) else '本月没有到校记录' end
        when 'attends_elsewhere' then child.explanation_text
        when 'leave_all_month' then
            month(cast($month || '-01' as date)) || '月考勤记录' || child.days_recorded || '天，未到校，其中事假'
            || child.days_leave || '天'
        else case when child.days_recorded > 0
                  then month(cast($month || '-01' as date)) || '月考勤记录' || child.days_recorded || '天，没有一天到校'
                  else '本班' || month(cast($month || '-01' as date)) || '月考勤表已报送'
                       || coalesce('（上课' || child.class_days || '天）', '') || '，没有该生的到校记录' end
       end
    || case when absence.reason = 'attends_elsewhere' then '。' else '；未发现在其他学校就读。' end as explanation
from absences as absence
join children as child on child.child_id = absence.child_id
order by child.child_id
