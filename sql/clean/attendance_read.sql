-- Attendance rows as understood, the raw text beside each value.
-- One row per pupil and month of an attendance grid; the marks were read with the sheet's own legend.
with spaced as (
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
        marks,
        remarks as remarks_raw,
        one_blank(school_name) as school_name,
        one_blank(school_code) as school_code,
        one_blank(grade) as grade,
        one_blank(class_name) as class_name,
        one_blank(month) as month,
        one_blank(seat_no) as seat_no,
        one_blank(pupil_no) as pupil_no,
        one_blank(name) as name,
        one_blank(sex) as sex,
        one_blank(id_number) as id_number,
        one_blank(remarks) as remarks
    from attendance_rows
), halved as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        school_name_raw,
        school_code_raw,
        grade_raw,
        class_name_raw,
        month_raw,
        seat_no_raw,
        pupil_no_raw,
        name_raw,
        sex_raw,
        id_number_raw,
        marks,
        remarks_raw,
        school_name,
        bare_code(half_width(school_code)) as school_code,
        bare_code(half_width(grade)) as grade,
        class_name,
        bare_code(half_width(class_name)) as class_code,
        bare_code(half_width(month)) as month,
        bare_code(half_width(seat_no)) as seat_no,
        bare_code(half_width(pupil_no)) as pupil_no,
        name_closed(half_width(name)) as name,
        bare_code(half_width(sex)) as sex,
        bare_code(half_width(id_number)) as id_number,
        remarks
    from spaced
), written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        school_name_raw,
        school_code_raw,
        grade_raw,
        class_name_raw,
        month_raw,
        seat_no_raw,
        pupil_no_raw,
        name_raw,
        sex_raw,
        id_number_raw,
        marks,
        remarks_raw,
        name as name_closed,
        blank_to_null(school_name) as school_name,
        without_point_zero(blank_to_null(school_code)) as school_code,
        without_point_zero(blank_to_null(grade)) as grade_code,
        blank_to_null(class_name) as class_name,
        without_point_zero(blank_to_null(class_code)) as class_code,
        substr(cast(date_of(date_of_code(blank_to_null(month))) as varchar), 1, 7) as month,
        blank_to_null(month) as month_code,
        without_point_zero(blank_to_null(seat_no)) as seat_no,
        without_point_zero(blank_to_null(pupil_no)) as pupil_no,
        id_of_code(blank_to_null(pupil_no)) as number_in_pupil_no,
        blank_to_null(name_bare(name)) as name,
        sex_of(sex) as sex_written,
        blank_to_null(sex) as sex_code,
        id_of_code(blank_to_null(id_number)) as id_written,
        blank_to_null(remarks) as remarks,
        school_year_of($period) as school_year
    from halved
), numbered as (
    select *,
        id_written is null and is_valid_id(number_in_pupil_no) as from_pupil_no,
        case when id_written is null and is_valid_id(number_in_pupil_no) then number_in_pupil_no else id_written end as id
    from written
), sorted_out as (
    select *, id_kind_of(id) as kind_alone,
        nullif(regexp_extract(name, '^(.{2,})[大小甲乙男女]$', 1), '') as name_stem,
        case when regexp_matches(name, '^.{2,}[大小甲乙男女]$') then right(name, 1) end as last_character
    from numbered
), compared as (
    select *,
        -- 张伟大 and 张伟小 on one sheet are two of a name: the teacher's mark is no character of it.
        case when min(last_character) over namesakes || max(last_character) over namesakes in ('大小', '乙甲', '女男') then last_character end as mark_beside,
        sum(case when kind_alone = 'truncated' then 1 else 0 end) over (partition by delivery_id) as truncated_in_file,
        count(sex_code) over (partition by delivery_id) as sexes_in_file,
        count(id_written) over (partition by delivery_id) as numbers_in_file
    from sorted_out
    window namesakes as (partition by delivery_id, sheet, grade_code, class_code, name_stem)
), judged as (
    -- A valid number ending in 000 is one in a thousand; in a file where Excel has cut off others it is cut off too.
    select *, case when kind_alone = 'valid' and id like '%000' and truncated_in_file > 0 then 'truncated' else kind_alone end as kind_written
    from compared
), kinds as (
    -- An adult's number beside a child: the guardian's own, or one whose owner is no pupil's age. Unusable for the child.
    select *,
        case when kind_written = 'valid' and is_grown_up(id, school_year, cast(null as date), true) then 'guardian'
             else kind_written end as id_kind
    from judged
), known as (
    select *, id_prefix_of(id, id_kind) as id_prefix, id_birth_date(id_prefix_of(id, id_kind)) as birth_in_number
    from kinds
), named as (
    select * exclude (name, sex_written),
        case when mark_beside is not null then name_stem else name end as name,
        coalesce(mark_beside, name_remark(name_closed)) as remark_beside,
        coalesce(sex_written, case when coalesce(mark_beside, name_remark(name_closed)) in ('男', '女') then coalesce(mark_beside, name_remark(name_closed)) end)
            as sex_written
    from known
), graded as (
    select *,
        coalesce(
            grade_named(grade_code), grade_of_pair(grade_code), grade_bare(grade_code), grade_named(class_code),
            cohort_grade(coalesce(cohort_of(grade_code), cohort_of(class_code)), school_year,
                         coalesce(stage_in_words(grade_code), stage_in_words(class_code), stage_of_school(school_code, school_name)),
                         expected_grade(birth_in_number, school_year)),
            grade_of_pair(class_code)) as grade_written,
        coalesce(class_of(class_code), case when grade_of_pair(grade_code) is not null or grade_code like '%班%' then class_of(grade_code) end) as class_no
    from named
)
select
    r.period, r.district_code, r.record_id, r.delivery_id, r.sheet, r.row_no,
    r.school_name,
    r.school_name_raw,
    r.school_code,
    r.school_code_raw,
    case when r.grade_written <= 3 and stage_of_school(r.school_code, r.school_name) = 'junior' and coalesce(r.grade_code, '') not like '%小学%'
             and coalesce(expected_grade(r.birth_in_number, r.school_year), 7) >= 6 then r.grade_written + 6
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
    coalesce(r.remarks, r.remark_beside) as remarks,
    r.remarks_raw,
    list_filter([
        case when has_unreadable(r.name) then 'name:name_unreadable' end,
        case when r.name <> r.name_closed then 'name:name_decorated' end,
        case when regexp_matches(r.name_raw, '[^ -~][\s\x{A0}\x{3000}]+[^ -~]') then 'name:name_spaced' end,
        case when r.name like '%·%' and regexp_matches(r.name_raw, '[•・‧∙⋅．.●･]') then 'name:name_dot' end,
        case when r.id_kind not in ('valid', 'blank') then 'id_number:id_' || r.id_kind end,
        case when r.id_kind <> 'other' and length(r.id_written) = 18 and r.id_written <> regexp_replace(r.id_number_raw, '^[''\s]+|\s+$', '', 'g') then 'id_number:number_cleaned' end,
        -- A class sheet need not have a column of citizen numbers: one without it has none left blank.
        case when r.from_pupil_no and r.numbers_in_file > 0 then 'id_number:id_from_pupil_no' end,
        case when r.sex_written is null and r.sex_code is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and r.sex_code is null and r.sexes_in_file > 0 then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when r.grade_written is null and r.grade_code is not null then 'grade:not_understood' end,
        case when r.class_no is null and r.class_code is not null then 'class_name:class_not_numbered' end,
        case when r.month is null and r.month_code is not null then 'month:not_understood' end
    ], lambda note: note is not null) as notes
from graded as r
