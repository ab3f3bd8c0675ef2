-- 考勤学生: the accepted rows of attendance deliveries.
-- One row per accepted row of an attendance grid: one pupil of one class in one month.
-- Rows set aside are in quarantine; a value beyond its bounds is reported and becomes null here.
-- 一年级 at a 中学 was read as the first year of junior high. Where the roll of that school has pupils in the grade as it is
-- written (中学 of nine grades), it is that grade; a few wrong grades on the roll of a junior high school make none.
with roll_grades as (
    select district_code, school_code, grade, count(*) as pupils
    from registry_pupils
    where grade is not null
    group by district_code, school_code, grade
), failed as (
    select record_id, bool_or(column_name = 'grade') as grade
    from suite_failures
    where source = 'attendance'
    group by record_id
), coded as (
    select *, plain_code(grade_raw) as grade_code, plain_code(class_name_raw) as class_code from attendance_read
)
select
    r.period,
    r.district_code,
    r.record_id,
    r.delivery_id,
    r.sheet,
    r.row_no,
    coalesce(s.school_name, r.school_name) as school_name,
    coalesce(a.school_code, b.school_code, r.school_code, r.school_name) as school_code,
    case when f.grade then null
         when written.pupils * 5 >= coalesce(meant.pupils, 0)
              and r.grade - 6 = coalesce(grade_named(r.grade_code), grade_of_pair(r.grade_code), grade_bare(r.grade_code),
                                         grade_named(r.class_code), grade_of_pair(r.class_code)) then r.grade - 6
         else r.grade end as grade,
    r.class_no,
    r.class_name,
    r.month,
    r.seat_no,
    r.pupil_no,
    r.name,
    r.sex,
    r.id_number,
    r.id_kind,
    r.id_prefix,
    r.marks,
    r.remarks
from coded as r
anti join set_aside as q on q.record_id = r.record_id
left join failed as f on f.record_id = r.record_id
left join school_aliases as a on a.district_code = r.district_code and a.school_text = r.school_code
left join school_aliases as b on b.district_code = r.district_code and b.school_text = r.school_name
left join schools as s on s.district_code = r.district_code and s.school_code = coalesce(a.school_code, b.school_code)
left join roll_grades as written
    on written.district_code = r.district_code and written.school_code = s.school_code and written.grade = r.grade - 6
left join roll_grades as meant
    on meant.district_code = r.district_code and meant.school_code = s.school_code and meant.grade = r.grade
order by r.record_id
