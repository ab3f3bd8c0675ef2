-- Lists of children who need help first as understood, the raw text beside each value.
-- One row per data row. A list of one group often names it only in its title or file name.
with spaced as (
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
        one_blank(name) as name,
        one_blank(sex) as sex,
        one_blank(birth_date) as birth_date,
        one_blank(id_number) as id_number,
        one_blank(group_name) as group_name,
        one_blank(school_name) as school_name,
        one_blank(grade) as grade,
        one_blank(class_name) as class_name,
        one_blank(disability) as disability,
        one_blank(township_name) as township_name,
        one_blank(guardian1_name) as guardian1_name,
        one_blank(guardian1_relation) as guardian1_relation,
        one_blank(guardian1_id_number) as guardian1_id_number,
        one_blank(guardian1_phone) as guardian1_phone,
        one_blank(phone) as phone,
        one_blank(address) as address,
        one_blank(remarks) as remarks
    from priority_rows
), halved as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no, sheet_title, file_name,
        name_raw,
        sex_raw,
        birth_date_raw,
        id_number_raw,
        group_name_raw,
        school_name_raw,
        grade_raw,
        class_name_raw,
        disability_raw,
        township_name_raw,
        guardian1_name_raw,
        guardian1_relation_raw,
        guardian1_id_number_raw,
        guardian1_phone_raw,
        phone_raw,
        address_raw,
        remarks_raw,
        name_closed(half_width(name)) as name,
        bare_code(half_width(sex)) as sex,
        bare_code(half_width(birth_date)) as birth_date,
        bare_code(half_width(id_number)) as id_number,
        group_name,
        bare_code(half_width(group_name)) as group_code,
        school_name,
        bare_code(half_width(grade)) as grade,
        class_name,
        bare_code(half_width(class_name)) as class_code,
        disability,
        township_name,
        name_closed(half_width(guardian1_name)) as guardian1_name,
        guardian1_relation,
        bare_code(half_width(guardian1_id_number)) as guardian1_id_number,
        bare_code(half_width(guardian1_phone)) as guardian1_phone,
        bare_code(half_width(phone)) as phone,
        address,
        remarks,
        -- The office a list comes from, in brackets (乡村振兴部门提供), is no group.
        regexp_replace(bare_code(half_width(one_blank(coalesce(sheet_title, '') || ' ' || sheet || ' ' || file_name))),
                       '[(][^()]*(提供|报送|汇总|制表)[)]', '', 'g') as title_code
    from spaced
), written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        name_raw,
        sex_raw,
        birth_date_raw,
        id_number_raw,
        group_name_raw,
        school_name_raw,
        grade_raw,
        class_name_raw,
        disability_raw,
        township_name_raw,
        guardian1_name_raw,
        guardian1_relation_raw,
        guardian1_id_number_raw,
        guardian1_phone_raw,
        phone_raw,
        address_raw,
        remarks_raw,
        name as name_closed,
        blank_to_null(name_bare(name)) as name,
        sex_of(sex) as sex_written,
        blank_to_null(sex) as sex_code,
        date_of_code(blank_to_null(birth_date)) as birth_date_text,
        id_of_code(blank_to_null(id_number)) as id_written,
        blank_to_null(group_name) as group_name,
        blank_to_null(group_code) as group_code,
        blank_to_null(school_name) as school_name,
        without_point_zero(blank_to_null(grade)) as grade_code,
        blank_to_null(class_name) as class_name,
        without_point_zero(blank_to_null(class_code)) as class_code,
        blank_to_null(disability) as disability,
        blank_to_null(township_name) as township_name,
        blank_to_null(name_bare(guardian1_name)) as guardian1_name,
        blank_to_null(guardian1_relation) as guardian1_relation,
        id_of_code(blank_to_null(guardian1_id_number)) as guardian1_id_number,
        phone_of(blank_to_null(guardian1_phone)) as guardian1_phone,
        blank_to_null(guardian1_phone) as guardian1_phone_code,
        phone_of(blank_to_null(phone)) as phone,
        blank_to_null(phone) as phone_code,
        blank_to_null(address) as address,
        blank_to_null(remarks) as remarks,
        title_code,
        school_year_of($period) as school_year
    from halved
), numbered as (
    select *,
        id_written as id,
        date_of(birth_date_text) as birth_written, is_month_only(birth_date_text) as birth_by_month
    from written
), sorted_out as (
    select *, id_kind_of(id) as kind_alone
    from numbered
), compared as (
    select *,
        sum(case when kind_alone = 'truncated' then 1 else 0 end) over (partition by delivery_id) as truncated_in_file,
        count(sex_code) over (partition by delivery_id) as sexes_in_file,
        count(birth_date_text) over (partition by delivery_id) as births_in_file
    from sorted_out
), judged as (
    -- A valid number ending in 000 is one in a thousand; in a file where Excel has cut off others it is cut off too.
    select *, case when kind_alone = 'valid' and id like '%000' and truncated_in_file > 0 then 'truncated' else kind_alone end as kind_written
    from compared
), kinds as (
    -- An adult's number beside a child: the guardian's own, or one whose owner is no pupil's age. Unusable for the child.
    select *,
        case when kind_written = 'valid' and is_grown_up(id, school_year, birth_written, true) then 'guardian'
             when kind_written = 'valid' and is_of_age(id, school_year) and (id = guardian1_id_number) then 'guardian'
             else kind_written end as id_kind
    from judged
), known as (
    select *, id_prefix_of(id, id_kind) as id_prefix, id_birth_date(id_prefix_of(id, id_kind)) as birth_in_number
    from kinds
), dated as (
    select *,
        case when birth_written is null then birth_in_number
             when birth_by_month and id_kind = 'valid' and date_trunc('month', birth_written) = date_trunc('month', birth_in_number) then birth_in_number
             else birth_written end as birth_date,
        birth_by_month and not coalesce(id_kind = 'valid' and date_trunc('month', birth_written) = date_trunc('month', birth_in_number), false) as birth_month_only
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
        coalesce(group_code,
                 case when disability is not null and not regexp_matches(disability, '^(否|非|不)') then '残疾' end) as group_code,
        title_code
    from written
), group_words as (
    select w.text, g.group_name
    from (select distinct group_code as text from group_texts) as w
    join priority_groups as g on contains(w.text, g.word)
    qualify row_number() over (partition by w.text order by length(g.word) desc, g.word) = 1
), title_words as (
    select w.title_code, w.sheet, words_named(w.title_code, k.words) as named
    from (select distinct title_code, sheet from written) as w
    cross join (select list(struct_pack(word := word, meaning := group_name) order by word) as words from priority_groups) as k
), title_groups as (
    -- A title that names several groups (低保、特困、残疾) says nothing of a row; the sheet's own name may.
    select title_code, sheet, coalesce(sole_meaning(named), sole_meaning(words_named(sheet, named))) as group_name from title_words
)
select
    r.period, r.district_code, r.record_id, r.delivery_id, r.sheet, r.row_no,
    r.name,
    r.name_raw,
    coalesce(r.sex_written, case when r.id_kind = 'valid' then id_sex(r.id) end) as sex,
    r.sex_raw,
    r.birth_date,
    r.birth_date_raw,
    r.birth_month_only,
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
    coalesce(r.remarks, name_remark(r.name_closed)) as remarks,
    r.remarks_raw,
    list_filter([
        case when has_unreadable(r.name) then 'name:name_unreadable' end,
        case when r.name <> r.name_closed then 'name:name_decorated' end,
        case when regexp_matches(r.name_raw, '[^ -~][\s\x{A0}\x{3000}]+[^ -~]') then 'name:name_spaced' end,
        case when r.name like '%·%' and regexp_matches(r.name_raw, '[•・‧∙⋅．.●･]') then 'name:name_dot' end,
        case when r.id_kind not in ('valid', 'blank') then 'id_number:id_' || r.id_kind end,
        case when r.id_kind <> 'other' and length(r.id_written) = 18 and r.id_written <> regexp_replace(r.id_number_raw, '^[''\s]+|\s+$', '', 'g') then 'id_number:number_cleaned' end,
        case when r.birth_written is null and r.birth_date_text is not null then 'birth_date:not_understood' end,
        case when r.birth_written is null and r.birth_date is not null and (r.birth_date_text is not null or r.births_in_file > 0) then 'birth_date:birth_from_number' end,
        case when r.birth_by_month then 'birth_date:month_only' end,
        case when is_date_serial(r.birth_date_text) then 'birth_date:date_serial' end,
        case when r.id_kind = 'valid' and case when r.birth_by_month then date_trunc('month', r.birth_date) <> date_trunc('month', r.birth_in_number)
              else r.birth_date <> r.birth_in_number end then 'birth_date:birth_differs_from_number' end,
        case when r.sex_written is null and r.sex_code is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and r.sex_code is null and r.sexes_in_file > 0 then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when r.grade_written is null and r.grade_code is not null then 'grade:not_understood' end,
        case when r.class_no is null and r.class_code is not null then 'class_name:class_not_numbered' end,
        case when r.phone is null and r.phone_code is not null then 'phone:not_understood' end,
        case when r.guardian1_phone is null and r.guardian1_phone_code is not null then 'guardian1_phone:not_understood' end,
        case when g.group_name is null and x.group_code is not null then 'group_name:not_understood' end,
        case when x.group_code is null and h.group_name is not null then 'group_name:group_from_title' end,
        case when x.group_code is null and h.group_name is null then 'group_name:group_unknown' end
    ], lambda note: note is not null) as notes
from graded as r
join group_texts as x on x.record_id = r.record_id
left join group_words as g on g.text = x.group_code
left join title_groups as h on h.title_code = x.title_code and h.sheet = r.sheet
