-- How each child attended each school in the month.
-- One row per child and school; rows that tell different days (the weeks of a month in files of their own) are put
-- together, of rows that contradict each other (a change of class, a sheet handed in twice) the one with most days present.
-- Rules: runs count school days, not calendar days (domain: attendance counts school days). A run goes on from the
-- month before when that month's sheet was delivered too. A half day breaks a run: the child was there. Late, early
-- and official days are days present.
with given as (
    select
        child.child_id,
        record.district_code,
        record.school_code,
        record.record_id,
        record.grade,
        record.class_no,
        sheet.month,
        sheet.marks
    from attendance_pupils as sheet
    join person_records as record on record.record_id = sheet.record_id
    join child_records as child on child.record_id = sheet.record_id
    where record.school_code is not null
        and sheet.month in ($month, strftime(cast($month || '-01' as date) - interval 1 month, '%Y-%m'))
),
several as (
    select child_id, school_code, month from given group by child_id, school_code, month having count(*) > 1
),
days_told as (
    select given.child_id, given.school_code, given.month, days.day,
        max(substr(given.marks, days.day, 1)) filter (where substr(given.marks, days.day, 1) not in ('.', '-')) as told,
        count(distinct substr(given.marks, days.day, 1)) filter (where substr(given.marks, days.day, 1) not in ('.', '-')) as ways,
        bool_or(substr(given.marks, days.day, 1) = '.') as unrecorded
    from given
    join several
        on several.child_id = given.child_id and several.school_code = given.school_code and several.month = given.month
    cross join (select cast(unnest(range(1, 32)) as int) as day) as days
    group by given.child_id, given.school_code, given.month, days.day
),
put_together as (
    select child_id, school_code, month,
        string_agg(coalesce(told, case when unrecorded then '.' else '-' end), '' order by day) as marks
    from days_told
    group by child_id, school_code, month
    having max(ways) <= 1
),
marked as (
    select
        given.child_id, given.district_code, given.school_code, given.record_id, given.grade, given.class_no, given.month,
        coalesce(whole.marks, given.marks) as marks,
        school_days(coalesce(whole.marks, given.marks)) as days
    from given
    left join put_together as whole
        on whole.child_id = given.child_id and whole.school_code = given.school_code and whole.month = given.month
),
run_before as (
    select child_id, school_code, max(length(days) - length(rtrim(days, 'A'))) as days_before
    from marked
    where month <> $month
    group by child_id, school_code
),
measured as (
    select
        marked.*,
        length(days) - length(ltrim(days, 'A')) as run_at_start,
        longest_unexcused_run(marks) as run_within,
        days_marked(marks, 'PTEOsla') as days_present,
        length(rtrim(marks, '-.ASLXM')) as last_present_day,
        -- the days of the month on which school was held, to date the run
        case when strpos(marks, 'A') > 0
             then list_filter(range(1, 32), lambda d: substr(marks, cast(d as int), 1) not in ('-', '.')) end as dates
    from marked
    where month = $month
),
joined as (
    select
        measured.*,
        coalesce(run_before.days_before, 0) as days_before,
        case when run_at_start > 0 and run_at_start + coalesce(run_before.days_before, 0) > run_within
             then run_at_start + run_before.days_before else run_within end as longest_unexcused
    from measured
    left join run_before
        on run_before.child_id = measured.child_id and run_before.school_code = measured.school_code
),
placed as (
    select
        *,
        row_number() over (partition by child_id, school_code order by days_present desc, length(days) desc, record_id)
            as place
    from joined
)
select
    $period as period,
    district_code,
    child_id,
    school_code,
    record_id,
    grade,
    class_no,
    length(days) as days_recorded,
    days_present,
    days_marked(marks, 'S') as days_sick,
    days_marked(marks, 'L') as days_leave,
    days_marked(marks, 'A') + 0.5 * days_marked(marks, 'a') as days_unexcused,
    longest_unexcused,
    case when run_within > 0 and longest_unexcused = run_within
         then cast($month || '-01' as date)
            + cast(dates[strpos(days, repeat('A', run_within))] - 1 as int)
         when longest_unexcused > 0 then cast($month || '-01' as date) + cast(dates[1] - 1 as int)
         end as run_started_on,
    case when days_present > 0
         then cast($month || '-01' as date) + cast(last_present_day - 1 as int) end as last_present_on,
    right(days, 1) as last_mark
from placed
where place = 1
order by child_id, school_code
