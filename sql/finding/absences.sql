-- Which pupils are away from the school whose roll they are on, and in what way: the ground of absent_from_school and
-- suspected_dropout, judged once.
-- One row per child absent without a lawful explanation.
-- Rules: only where the class (or school) delivered a sheet: no delivery is not absence. In this order:
--  unexcused_run    the longest run of unexcused school days reaches $unexcused_days (policy: 无故旷课一周)
--  attends_elsewhere  on no day here and seen at another school; a setting says whether that is also an absence
--  leave_all_month  on leave (事假) on every recorded day: absent, not suspected
-- A county or school may have opened on a day of its own (policy: openings); its check is then due later or earlier.
--  never_seen       on the sheet without a day present, or not on it; once the school's check is due, or the class
--                   has recorded as many school days as the check takes
--                   not where a row of that name was set aside unread in the district's sheets: it may be this pupil's
-- A still-valid answer does not end the absence; it is held back later and shown as answered.
with unread as (
    select distinct child.child_id
    from children as child
    join unread_attenders as line
        on line.name = child.name
        and (line.district_code = child.district_code or abs(line.grade_without_roll - child.grade) <= 1)
    where line.source = 'attendance'
),
pupils as (
    select
        children.*,
        $as_of >= coalesce(of_school.check_due_on, of_county.check_due_on, $check_due_on)
            or coalesce(class_days, 0) >= $school_check_days as check_is_over,
        coalesce(days_recorded, 0) = 0 and unread.child_id is not null as may_be_unread
    from children
    left join unread on unread.child_id = children.child_id
    left join opening_days as of_school on of_school.unit_code = children.school_code
    left join opening_days as of_county on of_county.unit_code = children.district_code
    where on_roll
        and should_attend
        and class_delivered
        and coalesce(explanation in ('attends_elsewhere', 'answered'), true)
)
select
    child_id,
    case when explanation = 'attends_elsewhere' then 'attends_elsewhere'
         when longest_unexcused >= $unexcused_days then 'unexcused_run'
         when days_recorded > 0 and days_leave > 0 and days_unexcused = 0 then 'leave_all_month'
         else 'never_seen' end as reason
from pupils
where case when explanation = 'attends_elsewhere' then $attends_elsewhere_is_absent
           when longest_unexcused >= $unexcused_days then true
           else coalesce(days_present, 0) = 0 and check_is_over and not may_be_unread end
order by child_id
