-- Lists of children who need help first as understood, the raw text beside each value.
-- One row per data row. A list of one group often names it only in its title or file name.
with written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no, sheet_title, file_name,
        name as name_raw,
        sex as sex_raw,
        birth_date as birth_date_raw,
        id_number as id_number_raw,
        group_name as group_name_raw,
        school_name as school_name_raw,
        grade as grade_raw,
        class_name as class_name_raw,
        disability as disability_raw,
        township_name as township_name_raw,
        guardian1_name as guardian1_name_raw,
        guardian1_relation as guardian1_relation_raw,
        guardian1_id_number as guardian1_id_number_raw,
        guardian1_phone as guardian1_phone_raw,
        phone as phone_raw,
        address as address_raw,
        remarks as remarks_raw,
        plain_name(name) as name,
        sex_of(sex) as sex_written,
        date_text(birth_date) as birth_date_text,
        id_text(id_number) as id_written,
        plain_text(group_name) as group_name,
        plain_text(school_name) as school_name,
        without_point_zero(plain_code(grade)) as grade_code,
        plain_text(class_name) as class_name,
        without_point_zero(plain_code(class_name)) as class_code,
        plain_text(disability) as disability,
        plain_text(township_name) as township_name,
        plain_name(guardian1_name) as guardian1_name,
        plain_text(guardian1_relation) as guardian1_relation,
        id_text(guardian1_id_number) as guardian1_id_number,
        phone_of(guardian1_phone) as guardian1_phone,
        phone_of(phone) as phone,
        plain_text(address) as address,
        plain_text(remarks) as remarks,
        school_year_of($period) as school_year
    from priority_rows
), numbered as (
    select *,
        id_written as id
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
        case when kind_written = 'valid' and is_grown_up(id, school_year, date_of(birth_date_text), true) then 'guardian'
             when kind_written = 'valid' and is_of_age(id, school_year) and (id = guardian1_id_number) then 'guardian'
             else kind_written end as id_kind
    from judged
), known as (
    select *, id_prefix_of(id, id_kind) as id_prefix
    from kinds
), dated as (
    select *,
        case when date_of(birth_date_text) is null then id_birth_date(id_prefix)
             when is_month_only(birth_date_text) and id_kind = 'valid'
                  and substr(cast(date_of(birth_date_text) as varchar), 1, 7) = substr(cast(id_birth_date(id_prefix) as varchar), 1, 7)
             then id_birth_date(id_prefix)
             else date_of(birth_date_text) end as birth_date
    from known
), graded as (
    select *,
        coalesce(
            grade_named(grade_code), grade_of_pair(grade_code), grade_bare(grade_code), grade_named(class_code),
            cohort_grade(coalesce(cohort_of(grade_code), cohort_of(class_code)), school_year,
                         coalesce(stage_in_words(grade_code), stage_in_words(class_code), stage_of_school(cast(null as varchar), school_name)),
                         expected_grade(birth_date, school_year)),
            grade_of_pair(class_code)) as grade_written,
        coalesce(class_of(class_code), case when grade_of_pair(grade_code) is not null or grade_code like '%班%' then class_of(grade_code) end) as class_no
    from dated
), group_texts as (
    select record_id,
        coalesce(plain_code(group_name),
                 case when disability is not null and not regexp_matches(disability, '^(否|非|不)') then '残疾' end) as group_code,
        plain_code(coalesce(sheet_title, '') || ' ' || sheet || ' ' || file_name) as title_code
    from written
), group_words as (
    select w.text, g.group_name
    from (select group_code as text from group_texts union select title_code from group_texts) as w
    join priority_groups as g on contains(w.text, g.word)
    qualify row_number() over (partition by w.text order by length(g.word) desc, g.word) = 1
)
select
    r.period, r.district_code, r.record_id, r.delivery_id, r.sheet, r.row_no,
    r.name,
    r.name_raw,
    coalesce(r.sex_written, case when r.id_kind = 'valid' then id_sex(r.id) end) as sex,
    r.sex_raw,
    r.birth_date,
    r.birth_date_raw,
    case when r.id_kind in ('valid', 'checksum', 'truncated', 'masked', 'guardian') and length(r.id) = 18 then r.id end as id_number,
    r.id_number_raw,
    r.id_kind,
    r.id_prefix,
    coalesce(g.group_name, h.group_name, '其他') as group_name,
    r.group_name_raw,
    r.school_name,
    r.school_name_raw,
    case when r.grade_written <= 3 and stage_of_school(null, r.school_name) = 'junior' and coalesce(r.grade_code, '') not like '%小学%'
             and coalesce(expected_grade(r.birth_date, r.school_year), 7) >= 6 then r.grade_written + 6
         else r.grade_written end as grade,
    r.grade_raw,
    r.class_name,
    r.class_name_raw,
    r.disability,
    r.disability_raw,
    r.township_name,
    r.township_name_raw,
    r.guardian1_name,
    r.guardian1_name_raw,
    r.guardian1_relation,
    r.guardian1_relation_raw,
    r.guardian1_id_number,
    r.guardian1_id_number_raw,
    r.guardian1_phone,
    r.guardian1_phone_raw,
    r.phone,
    r.phone_raw,
    r.address,
    r.address_raw,
    coalesce(r.remarks, name_remark(r.name_raw)) as remarks,
    r.remarks_raw,
    list_filter([
        case when has_unreadable(r.name) then 'name:name_unreadable' end,
        case when r.name <> name_closed(r.name_raw) then 'name:name_decorated' end,
        case when regexp_matches(half_width(one_blank(r.name_raw)), '[^ -~] | [^ -~]') then 'name:name_spaced' end,
        case when r.name like '%·%' and regexp_matches(r.name_raw, '[•・‧∙⋅．.●･]') then 'name:name_dot' end,
        case when r.id_kind not in ('valid', 'blank') then 'id_number:id_' || r.id_kind end,
        case when r.id_kind <> 'other' and length(r.id_written) = 18 and r.id_written <> r.id_number_raw then 'id_number:number_cleaned' end,
        case when date_of(r.birth_date_text) is null and r.birth_date_text is not null then 'birth_date:not_understood' end,
        case when date_of(r.birth_date_text) is null and r.birth_date is not null then 'birth_date:birth_from_number' end,
        case when is_month_only(r.birth_date_text) then 'birth_date:month_only' end,
        case when is_date_serial(r.birth_date_text) then 'birth_date:date_serial' end,
        case when r.id_kind = 'valid' and case when is_month_only(r.birth_date_text) then substr(cast(r.birth_date as varchar), 1, 7) <> substr(cast(id_birth_date(r.id_prefix) as varchar), 1, 7)
              else r.birth_date <> id_birth_date(r.id_prefix) end then 'birth_date:birth_differs_from_number' end,
        case when r.sex_written is null and plain_text(r.sex_raw) is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and plain_text(r.sex_raw) is null then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when r.grade_written is null and r.grade_code is not null then 'grade:not_understood' end,
        case when r.class_no is null and r.class_code is not null then 'class_name:class_not_numbered' end,
        case when r.phone is null and plain_text(r.phone_raw) is not null then 'phone:not_understood' end,
        case when r.guardian1_phone is null and plain_text(r.guardian1_phone_raw) is not null then 'guardian1_phone:not_understood' end,
        case when g.group_name is null and x.group_code is not null then 'group_name:not_understood' end,
        case when x.group_code is null and h.group_name is not null then 'group_name:group_from_title' end,
        case when x.group_code is null and h.group_name is null then 'group_name:group_unknown' end
    ], lambda note: note is not null) as notes
from graded as r
join group_texts as x on x.record_id = r.record_id
left join group_words as g on g.text = x.group_code
left join group_words as h on h.text = x.title_code
