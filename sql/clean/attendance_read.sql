-- Attendance rows as understood, the raw text beside each value.
-- One row per pupil and month of an attendance grid; the marks were read with the sheet's own legend.
with written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        school_name as school_name_raw,
        school_code as school_code_raw,
        grade as grade_raw,
        class_name as class_name_raw,
        month as month_raw,
        seat_no as seat_no_raw,
        pupil_no as pupil_no_raw,
        name as name_raw,
        sex as sex_raw,
        id_number as id_number_raw,
        remarks as remarks_raw,
        plain_text(school_name) as school_name,
        without_point_zero(plain_code(school_code)) as school_code,
        without_point_zero(plain_code(grade)) as grade_code,
        plain_text(class_name) as class_name,
        without_point_zero(plain_code(class_name)) as class_code,
        month_of(month) as month,
        without_point_zero(plain_code(seat_no)) as seat_no,
        without_point_zero(plain_code(pupil_no)) as pupil_no,
        plain_name(name) as name,
        sex_of(sex) as sex_written,
        id_text(id_number) as id_written,
        plain_text(remarks) as remarks,
        id_text(pupil_no) as number_in_pupil_no,
        school_year_of($period) as school_year,
        marks
    from attendance_rows
), numbered as (
    select *,
        id_written is null and is_valid_id(number_in_pupil_no) as from_pupil_no,
        case when id_written is null and is_valid_id(number_in_pupil_no) then number_in_pupil_no else id_written end as id
    from written
), judged as (
    -- A valid number ending in 000 is one in a thousand; in a file where Excel has cut off others it is cut off too.
    select *,
        case when id_kind_of(id) = 'valid' and id like '%000'
                  and sum(case when id_kind_of(id) = 'truncated' then 1 else 0 end) over (partition by delivery_id) > 0
             then 'truncated' else id_kind_of(id) end as kind_written
    from numbered
), kinds as (
    -- An adult's number beside a child: the guardian's own, or one whose owner is no pupil's age. Unusable for the child.
    select *,
        case when kind_written = 'valid' and is_grown_up(id, school_year, cast(null as date), true) then 'guardian'
             else kind_written end as id_kind
    from judged
), known as (
    select *, id_prefix_of(id, id_kind) as id_prefix
    from kinds
), graded as (
    select *,
        coalesce(
            grade_named(grade_code), grade_of_pair(grade_code), grade_bare(grade_code), grade_named(class_code),
            cohort_grade(coalesce(cohort_of(grade_code), cohort_of(class_code)), school_year,
                         coalesce(stage_in_words(grade_code), stage_in_words(class_code), stage_of_school(school_code, school_name)),
                         expected_grade(id_birth_date(id_prefix), school_year)),
            grade_of_pair(class_code)) as grade_written,
        coalesce(class_of(class_code), case when grade_of_pair(grade_code) is not null or grade_code like '%班%' then class_of(grade_code) end) as class_no
    from known
)
select
    r.period, r.district_code, r.record_id, r.delivery_id, r.sheet, r.row_no,
    r.school_name,
    r.school_name_raw,
    r.school_code,
    r.school_code_raw,
    case when r.grade_written <= 3 and stage_of_school(r.school_code, r.school_name) = 'junior' and coalesce(r.grade_code, '') not like '%小学%'
             and coalesce(expected_grade(id_birth_date(r.id_prefix), r.school_year), 7) >= 6 then r.grade_written + 6
         else r.grade_written end as grade,
    r.grade_raw,
    r.class_no,
    r.class_name,
    r.class_name_raw,
    r.month,
    r.month_raw,
    r.seat_no,
    r.seat_no_raw,
    r.pupil_no,
    r.pupil_no_raw,
    r.name,
    r.name_raw,
    coalesce(r.sex_written, case when r.id_kind = 'valid' then id_sex(r.id) end) as sex,
    r.sex_raw,
    case when r.id_kind in ('valid', 'checksum', 'truncated', 'masked', 'guardian') and length(r.id) = 18 then r.id end as id_number,
    r.id_number_raw,
    r.id_kind,
    r.id_prefix,
    r.marks,
    coalesce(r.remarks, name_remark(r.name_raw)) as remarks,
    r.remarks_raw,
    list_filter([
        case when has_unreadable(r.name) then 'name:name_unreadable' end,
        case when r.name <> name_closed(r.name_raw) then 'name:name_decorated' end,
        case when regexp_matches(half_width(one_blank(r.name_raw)), '[^ -~] | [^ -~]') then 'name:name_spaced' end,
        case when r.name like '%·%' and regexp_matches(r.name_raw, '[•・‧∙⋅．.●･]') then 'name:name_dot' end,
        case when r.id_kind not in ('valid', 'blank') then 'id_number:id_' || r.id_kind end,
        case when r.id_kind <> 'other' and length(r.id_written) = 18 and r.id_written <> r.id_number_raw then 'id_number:number_cleaned' end,
        case when r.from_pupil_no then 'id_number:id_from_pupil_no' end,
        case when r.sex_written is null and plain_text(r.sex_raw) is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and plain_text(r.sex_raw) is null then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when r.grade_written is null and r.grade_code is not null then 'grade:not_understood' end,
        case when r.class_no is null and r.class_code is not null then 'class_name:class_not_numbered' end,
        case when r.month is null and plain_text(r.month_raw) is not null then 'month:not_understood' end
    ], lambda note: note is not null) as notes
from graded as r
