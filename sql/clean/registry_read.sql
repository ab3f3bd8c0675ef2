-- School-registry rows as understood, the raw text beside each value.
-- One row per data row of a registry delivery.
-- A number column left blank is filled from a national registry number (G + number) or a bare number standing in the
-- registry-number column (real exports do this); J and L numbers are not citizen numbers. A birth day or sex left blank is
-- taken from a usable number; where both are written and disagree the written one stays and the note says so.
with written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        school_name as school_name_raw,
        school_code as school_code_raw,
        pupil_no as pupil_no_raw,
        name as name_raw,
        former_name as former_name_raw,
        sex as sex_raw,
        birth_date as birth_date_raw,
        ethnicity as ethnicity_raw,
        nationality as nationality_raw,
        id_type as id_type_raw,
        id_number as id_number_raw,
        hukou_code as hukou_code_raw,
        hukou_type as hukou_type_raw,
        entered_on as entered_on_raw,
        entry_mode as entry_mode_raw,
        attend_mode as attend_mode_raw,
        grade as grade_raw,
        class_name as class_name_raw,
        pupil_origin as pupil_origin_raw,
        address as address_raw,
        phone as phone_raw,
        left_behind as left_behind_raw,
        migrant as migrant_raw,
        orphan as orphan_raw,
        boarding_aid as boarding_aid_raw,
        aid_wanted as aid_wanted_raw,
        inclusive as inclusive_raw,
        disability as disability_raw,
        status as status_raw,
        guardian1_name as guardian1_name_raw,
        guardian1_relation as guardian1_relation_raw,
        guardian1_id_number as guardian1_id_number_raw,
        guardian1_phone as guardian1_phone_raw,
        guardian2_name as guardian2_name_raw,
        guardian2_relation as guardian2_relation_raw,
        guardian2_id_number as guardian2_id_number_raw,
        guardian2_phone as guardian2_phone_raw,
        remarks as remarks_raw,
        plain_text(school_name) as school_name,
        without_point_zero(plain_code(school_code)) as school_code,
        without_point_zero(plain_code(pupil_no)) as pupil_no,
        plain_name(name) as name,
        plain_name(former_name) as former_name,
        sex_of(sex) as sex_written,
        date_text(birth_date) as birth_date_text,
        plain_text(ethnicity) as ethnicity,
        plain_text(nationality) as nationality,
        plain_text(id_type) as id_type,
        id_text(id_number) as id_written,
        division_of(hukou_code) as hukou_code,
        plain_text(hukou_type) as hukou_type,
        date_text(entered_on) as entered_on_text,
        plain_text(entry_mode) as entry_mode,
        plain_text(attend_mode) as attend_mode,
        without_point_zero(plain_code(grade)) as grade_code,
        plain_text(class_name) as class_name,
        without_point_zero(plain_code(class_name)) as class_code,
        plain_text(pupil_origin) as pupil_origin,
        plain_text(address) as address,
        phone_of(phone) as phone,
        flag_of(left_behind) as left_behind,
        flag_of(migrant) as migrant,
        flag_of(orphan) as orphan,
        flag_of(boarding_aid) as boarding_aid,
        flag_of(aid_wanted) as aid_wanted,
        plain_text(inclusive) as inclusive,
        plain_text(disability) as disability,
        plain_code(status) as status_code,
        plain_name(guardian1_name) as guardian1_name,
        plain_text(guardian1_relation) as guardian1_relation,
        id_text(guardian1_id_number) as guardian1_id_number,
        phone_of(guardian1_phone) as guardian1_phone,
        plain_name(guardian2_name) as guardian2_name,
        plain_text(guardian2_relation) as guardian2_relation,
        id_text(guardian2_id_number) as guardian2_id_number,
        phone_of(guardian2_phone) as guardian2_phone,
        plain_text(remarks) as remarks,
        id_text(pupil_no) as number_in_pupil_no,
        school_year_of($period) as school_year
    from registry_rows
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
        case when kind_written = 'valid' and is_grown_up(id, school_year, date_of(birth_date_text), true) then 'guardian'
             when kind_written = 'valid' and is_of_age(id, school_year) and (id = guardian1_id_number or id = guardian2_id_number) then 'guardian'
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
                         coalesce(stage_in_words(grade_code), stage_in_words(class_code), stage_of_school(school_code, school_name)),
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
    r.ethnicity,
    r.ethnicity_raw,
    r.nationality,
    r.nationality_raw,
    r.id_type,
    r.id_type_raw,
    case when r.id_kind in ('valid', 'checksum', 'truncated', 'masked', 'guardian') and length(r.id) = 18 then r.id end as id_number,
    r.id_number_raw,
    r.id_kind,
    r.id_prefix,
    r.hukou_code,
    r.hukou_code_raw,
    township_of(r.hukou_code) as township_code,
    r.hukou_type,
    r.hukou_type_raw,
    date_of(r.entered_on_text) as entered_on,
    r.entered_on_raw,
    r.entry_mode,
    r.entry_mode_raw,
    r.attend_mode,
    r.attend_mode_raw,
    case when r.grade_written <= 3 and stage_of_school(r.school_code, r.school_name) = 'junior' and coalesce(r.grade_code, '') not like '%小学%'
             and coalesce(expected_grade(r.birth_date, r.school_year), 7) >= 6 then r.grade_written + 6
         else r.grade_written end as grade,
    r.grade_raw,
    r.class_no,
    r.class_name,
    r.class_name_raw,
    r.pupil_origin,
    r.pupil_origin_raw,
    r.address,
    r.address_raw,
    r.phone,
    r.phone_raw,
    r.left_behind,
    r.left_behind_raw,
    r.migrant,
    r.migrant_raw,
    r.orphan,
    r.orphan_raw,
    r.boarding_aid,
    r.boarding_aid_raw,
    r.aid_wanted,
    r.aid_wanted_raw,
    r.inclusive,
    r.inclusive_raw,
    r.disability,
    r.disability_raw,
    case when r.status_code is null then '在读' else coalesce(s.status, '其他') end as status,
    r.status_raw,
    r.guardian1_name,
    r.guardian1_name_raw,
    r.guardian1_relation,
    r.guardian1_relation_raw,
    r.guardian1_id_number,
    r.guardian1_id_number_raw,
    r.guardian1_phone,
    r.guardian1_phone_raw,
    r.guardian2_name,
    r.guardian2_name_raw,
    r.guardian2_relation,
    r.guardian2_relation_raw,
    r.guardian2_id_number,
    r.guardian2_id_number_raw,
    r.guardian2_phone,
    r.guardian2_phone_raw,
    coalesce(r.remarks, name_remark(r.name_raw)) as remarks,
    r.remarks_raw,
    list_filter([
        case when has_unreadable(r.name) then 'name:name_unreadable' end,
        case when r.name <> name_closed(r.name_raw) then 'name:name_decorated' end,
        case when regexp_matches(half_width(one_blank(r.name_raw)), '[^ -~] | [^ -~]') then 'name:name_spaced' end,
        case when r.name like '%·%' and regexp_matches(r.name_raw, '[•・‧∙⋅．.●･]') then 'name:name_dot' end,
        case when r.id_kind not in ('valid', 'blank', 'other') or (r.id_kind = 'other' and coalesce(r.id_type, '身份证') like '%身份证%') then 'id_number:id_' || r.id_kind end,
        case when r.id_kind <> 'other' and length(r.id_written) = 18 and r.id_written <> r.id_number_raw then 'id_number:number_cleaned' end,
        case when r.from_pupil_no then 'id_number:id_from_pupil_no' end,
        case when date_of(r.birth_date_text) is null and r.birth_date_text is not null then 'birth_date:not_understood' end,
        case when date_of(r.birth_date_text) is null and r.birth_date is not null then 'birth_date:birth_from_number' end,
        case when is_month_only(r.birth_date_text) then 'birth_date:month_only' end,
        case when is_date_serial(r.birth_date_text) then 'birth_date:date_serial' end,
        case when r.id_kind = 'valid' and case when is_month_only(r.birth_date_text) then substr(cast(r.birth_date as varchar), 1, 7) <> substr(cast(id_birth_date(r.id_prefix) as varchar), 1, 7)
              else r.birth_date <> id_birth_date(r.id_prefix) end then 'birth_date:birth_differs_from_number' end,
        case when r.sex_written is null and plain_text(r.sex_raw) is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and plain_text(r.sex_raw) is null then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when date_of(r.entered_on_text) is null and r.entered_on_text is not null then 'entered_on:not_understood' end,
        case when r.grade_written is null and r.grade_code is not null then 'grade:not_understood' end,
        case when r.class_no is null and r.class_code is not null then 'class_name:class_not_numbered' end,
        case when r.left_behind is null and plain_text(r.left_behind_raw) is not null then 'left_behind:not_understood' end,
        case when r.migrant is null and plain_text(r.migrant_raw) is not null then 'migrant:not_understood' end,
        case when r.orphan is null and plain_text(r.orphan_raw) is not null then 'orphan:not_understood' end,
        case when r.boarding_aid is null and plain_text(r.boarding_aid_raw) is not null then 'boarding_aid:not_understood' end,
        case when r.aid_wanted is null and plain_text(r.aid_wanted_raw) is not null then 'aid_wanted:not_understood' end,
        case when r.hukou_code is null and plain_text(r.hukou_code_raw) is not null then 'hukou_code:not_understood' end,
        case when r.phone is null and plain_text(r.phone_raw) is not null then 'phone:not_understood' end,
        case when r.guardian1_phone is null and plain_text(r.guardian1_phone_raw) is not null then 'guardian1_phone:not_understood' end,
        case when r.guardian2_phone is null and plain_text(r.guardian2_phone_raw) is not null then 'guardian2_phone:not_understood' end,
        case when r.status_code is not null and s.status is null then 'status:not_understood' end
    ], lambda note: note is not null) as notes
from graded as r
left join status_words as s on s.status_code = r.status_code
