-- Rows of vocational rosters as understood, the raw text beside each value.
-- One row per data row of a vocational school's roster. Cohorts count from grade 10.
-- A column or a remark that says the pupil did not come (未报到) goes before a state that only says it is enrolled.
with spaced as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        school_name as school_name_raw,
        school_code as school_code_raw,
        pupil_no as pupil_no_raw,
        name as name_raw,
        former_name as former_name_raw,
        sex as sex_raw,
        birth_date as birth_date_raw,
        id_number as id_number_raw,
        grade as grade_raw,
        class_name as class_name_raw,
        programme as programme_raw,
        entered_on as entered_on_raw,
        status as status_raw,
        arrival as arrival_raw,
        guardian1_name as guardian1_name_raw,
        guardian1_relation as guardian1_relation_raw,
        guardian1_id_number as guardian1_id_number_raw,
        guardian1_phone as guardian1_phone_raw,
        phone as phone_raw,
        address as address_raw,
        remarks as remarks_raw,
        one_blank(school_name) as school_name,
        one_blank(school_code) as school_code,
        one_blank(pupil_no) as pupil_no,
        one_blank(name) as name,
        one_blank(former_name) as former_name,
        one_blank(sex) as sex,
        one_blank(birth_date) as birth_date,
        one_blank(id_number) as id_number,
        one_blank(grade) as grade,
        one_blank(class_name) as class_name,
        one_blank(programme) as programme,
        one_blank(entered_on) as entered_on,
        one_blank(status) as status,
        one_blank(arrival) as arrival,
        one_blank(guardian1_name) as guardian1_name,
        one_blank(guardian1_relation) as guardian1_relation,
        one_blank(guardian1_id_number) as guardian1_id_number,
        one_blank(guardian1_phone) as guardian1_phone,
        one_blank(phone) as phone,
        one_blank(address) as address,
        one_blank(remarks) as remarks
    from vocational_rows
), halved as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        school_name_raw,
        school_code_raw,
        pupil_no_raw,
        name_raw,
        former_name_raw,
        sex_raw,
        birth_date_raw,
        id_number_raw,
        grade_raw,
        class_name_raw,
        programme_raw,
        entered_on_raw,
        status_raw,
        arrival_raw,
        guardian1_name_raw,
        guardian1_relation_raw,
        guardian1_id_number_raw,
        guardian1_phone_raw,
        phone_raw,
        address_raw,
        remarks_raw,
        school_name,
        bare_code(half_width(school_code)) as school_code,
        bare_code(half_width(pupil_no)) as pupil_no,
        name_closed(half_width(name)) as name,
        name_closed(half_width(former_name)) as former_name,
        bare_code(half_width(sex)) as sex,
        bare_code(half_width(birth_date)) as birth_date,
        bare_code(half_width(id_number)) as id_number,
        bare_code(half_width(grade)) as grade,
        class_name,
        bare_code(half_width(class_name)) as class_code,
        programme,
        bare_code(half_width(entered_on)) as entered_on,
        bare_code(half_width(status)) as status,
        bare_code(half_width(arrival)) as arrival,
        name_closed(half_width(guardian1_name)) as guardian1_name,
        guardian1_relation,
        bare_code(half_width(guardian1_id_number)) as guardian1_id_number,
        bare_code(half_width(guardian1_phone)) as guardian1_phone,
        bare_code(half_width(phone)) as phone,
        address,
        remarks
    from spaced
), written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        school_name_raw,
        school_code_raw,
        pupil_no_raw,
        name_raw,
        former_name_raw,
        sex_raw,
        birth_date_raw,
        id_number_raw,
        grade_raw,
        class_name_raw,
        programme_raw,
        entered_on_raw,
        status_raw,
        arrival_raw,
        guardian1_name_raw,
        guardian1_relation_raw,
        guardian1_id_number_raw,
        guardian1_phone_raw,
        phone_raw,
        address_raw,
        remarks_raw,
        name as name_closed,
        blank_to_null(school_name) as school_name,
        without_point_zero(blank_to_null(school_code)) as school_code,
        without_point_zero(blank_to_null(pupil_no)) as pupil_no,
        id_of_code(blank_to_null(pupil_no)) as number_in_pupil_no,
        blank_to_null(name_bare(name)) as name,
        blank_to_null(name_bare(former_name)) as former_name,
        sex_of(sex) as sex_written,
        blank_to_null(sex) as sex_code,
        date_of_code(blank_to_null(birth_date)) as birth_date_text,
        id_of_code(blank_to_null(id_number)) as id_written,
        without_point_zero(blank_to_null(grade)) as grade_code,
        blank_to_null(class_name) as class_name,
        without_point_zero(blank_to_null(class_code)) as class_code,
        blank_to_null(programme) as programme,
        date_of_code(blank_to_null(entered_on)) as entered_on_text,
        blank_to_null(status) as status_code,
        blank_to_null(arrival) as arrival,
        blank_to_null(name_bare(guardian1_name)) as guardian1_name,
        blank_to_null(guardian1_relation) as guardian1_relation,
        id_of_code(blank_to_null(guardian1_id_number)) as guardian1_id_number,
        phone_of(blank_to_null(guardian1_phone)) as guardian1_phone,
        blank_to_null(guardian1_phone) as guardian1_phone_code,
        phone_of(blank_to_null(phone)) as phone,
        blank_to_null(phone) as phone_code,
        blank_to_null(address) as address,
        blank_to_null(remarks) as remarks,
        school_year_of($period) as school_year
    from halved
), numbered as (
    select *,
        id_written is null and is_valid_id(number_in_pupil_no) as from_pupil_no,
        case when id_written is null and is_valid_id(number_in_pupil_no) then number_in_pupil_no else id_written end as id,
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
                         'senior',
                         expected_grade(birth_date, school_year)),
            grade_of_pair(class_code)) as grade_written,
        coalesce(class_of(class_code), case when grade_of_pair(grade_code) is not null or grade_code like '%班%' then class_of(grade_code) end) as class_no
    from dated
), status_words as (
    -- The longest known word the vendor's word holds; one that denies it (未…, 非…, 不…) must be known whole.
    select w.status_code, s.status
    from (select distinct status_code from written where status_code is not null) as w
    join statuses as s on contains(w.status_code, s.word)
    where w.status_code = s.word or not regexp_matches(w.status_code, '^[未非不]')
    qualify row_number() over (partition by w.status_code order by length(s.word) desc, s.word) = 1
)
select
    r.period, r.district_code, r.record_id, r.delivery_id, r.sheet, r.row_no,
    r.school_name,
    r.school_name_raw,
    r.school_code,
    r.school_code_raw,
    r.pupil_no,
    r.pupil_no_raw,
    r.name,
    r.name_raw,
    r.former_name,
    r.former_name_raw,
    coalesce(r.sex_written, case when r.id_kind = 'valid' then id_sex(r.id) end) as sex,
    r.sex_raw,
    r.birth_date,
    r.birth_date_raw,
    r.birth_month_only,
    case when r.id_kind in ('valid', 'checksum', 'truncated', 'masked', 'guardian') and length(r.id) = 18 then r.id end as id_number,
    r.id_number_raw,
    r.id_kind,
    r.id_prefix,
    case when r.grade_written <= 3 then r.grade_written + 9 else r.grade_written end as grade,
    r.grade_raw,
    r.class_name,
    r.class_name_raw,
    r.programme,
    r.programme_raw,
    date_of(r.entered_on_text) as entered_on,
    r.entered_on_raw,
    case when coalesce(s.status, '其他') in ('在读', '其他')
              and (regexp_matches(r.arrival, '^(否|[×xX✗N0]$)|[未没]|^不[在来到]') or regexp_matches(r.remarks, '[未没]来?(报到|到校|入学)|放弃(报到|入学|就读)'))
              then '未到校'
         when r.status_code is null then '在读' else coalesce(s.status, '其他') end as status,
    r.status_raw,
    r.arrival,
    r.arrival_raw,
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
        case when r.from_pupil_no then 'id_number:id_from_pupil_no' end,
        case when r.birth_written is null and r.birth_date_text is not null then 'birth_date:not_understood' end,
        case when r.birth_written is null and r.birth_date is not null and (r.birth_date_text is not null or r.births_in_file > 0) then 'birth_date:birth_from_number' end,
        case when r.birth_by_month then 'birth_date:month_only' end,
        case when is_date_serial(r.birth_date_text) then 'birth_date:date_serial' end,
        case when r.id_kind = 'valid' and case when r.birth_by_month then date_trunc('month', r.birth_date) <> date_trunc('month', r.birth_in_number)
              else r.birth_date <> r.birth_in_number end then 'birth_date:birth_differs_from_number' end,
        case when r.sex_written is null and r.sex_code is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and r.sex_code is null and r.sexes_in_file > 0 then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when date_of(r.entered_on_text) is null and r.entered_on_text is not null then 'entered_on:not_understood' end,
        case when r.grade_written is null and r.grade_code is not null then 'grade:not_understood' end,
        case when r.class_no is null and r.class_code is not null then 'class_name:class_not_numbered' end,
        case when r.phone is null and r.phone_code is not null then 'phone:not_understood' end,
        case when r.guardian1_phone is null and r.guardian1_phone_code is not null then 'guardian1_phone:not_understood' end,
        case when r.status_code is not null and s.status is null then 'status:not_understood' end
    ], lambda note: note is not null) as notes
from graded as r
left join status_words as s on s.status_code = r.status_code
