-- Every accepted record of a person under common column names, before its name is taken apart.
-- One row per accepted record of registry, household, attendance, vocational, exempt and priority deliveries, and per
-- record of two tables handed to `baoxue link`, which are read like a registry and a household register.
-- In force: a roll entry that is not 转出, 退学, 毕业, 死亡 or 出国 (失踪 stays: the school must look for the child);
-- a vocational roster's pupil who did not leave, go missing or stay away (未到校);
-- a household entry without a leaving date. School names of exemptions and priority lists are resolved like any other.
with
    school_texts as (
        select district_code, school_text, min(school_code) as school_code from school_aliases where school_code is not null group by all
    ),
    school_names as (
        select district_code, school_name, min(school_code) as school_code from schools group by all having count(distinct school_code) = 1
    ),
    townships as (
        select district_code, township_name, min(township_code) as township_code from household_children
        where township_name is not null and township_code is not null
        group by district_code, township_name having count(distinct township_code) = 1
    ),
    -- Step by step, because one macro inside another is written out as often as it is used.
    given_texts as (
        select
            side, record_id, district_code, blank_to_null(name) as name, blank_to_null(former_name) as former_name, id_text_read(id_number) as id_number,
            date_read(birth_date) as birth_date, upper(trim(sex)) as sex, grade, class_no, long_text(school_code) as school_code,
            long_text(township_code) as township_code, blank_to_null(guardian_name) as guardian_name,
            id_text_read(guardian_id_number) as guardian_id_number, long_text(phone) as phone, long_text(address) as address
        from given_records
    ),
    given_kinds as (
        select * exclude (kind), id_kind_beside(id_number, kind, birth_date) as id_kind
        from (select *, id_kind_of(id_number) as kind from given_texts) as kinds
    )
select
    period, district_code, record_id, 'registry' as source, name, former_name, id_number, id_kind, id_prefix, birth_date, sex, grade, class_no,
    school_code, township_code, pupil_no,
    guardian1_name as guardian_name, guardian1_id_number as guardian_id_number,
    guardian2_name, guardian2_id_number, coalesce(phone, guardian1_phone, guardian2_phone) as phone, address, null as household_no,
    coalesce(status not in ('转出', '退学', '毕业', '死亡', '出国'), true) as in_force, null as sheet_order, null as days_away, null as days_accounted
from registry_pupils
union all by name
select
    period, district_code, record_id, 'household' as source, name, former_name, id_number, id_kind, id_prefix, birth_date, sex, null as grade,
    null as class_no, null as school_code, township_code, null as pupil_no,
    coalesce(guardian1_name, nullif(head_name, name)) as guardian_name,
    coalesce(guardian1_id_number, nullif(head_id_number, id_number)) as guardian_id_number,
    coalesce(guardian2_name, nullif(head_name, name)) as guardian2_name,
    coalesce(guardian2_id_number, nullif(head_id_number, id_number)) as guardian2_id_number,
    coalesce(phone, guardian1_phone, guardian2_phone) as phone, address, household_no,
    left_on is null and left_reason is null as in_force, null as sheet_order, null as days_away, null as days_accounted
from household_children
union all by name
select
    period, district_code, record_id, 'attendance' as source, name, null as former_name, id_number, id_kind, id_prefix, null as birth_date, sex, grade,
    class_no, school_code, null as township_code, pupil_no, null as guardian_name, null as guardian_id_number,
    null as guardian2_name, null as guardian2_id_number, null as phone, null as address, null as household_no, true as in_force,
    concat_ws(' ', delivery_id, sheet, month) as sheet_order, days_marked(marks, 'ASLXMsla') as days_away,
    days_marked(marks, 'PTEOSXsla') as days_accounted
from attendance_pupils
union all by name
select
    period, district_code, record_id, 'vocational' as source, name, former_name, id_number, id_kind, id_prefix, birth_date, sex, grade,
    null as class_no, school_code, null as township_code, pupil_no, guardian1_name as guardian_name, guardian1_id_number as guardian_id_number,
    null as guardian2_name, null as guardian2_id_number, coalesce(phone, guardian1_phone) as phone, address, null as household_no,
    coalesce(status not in ('转出', '退学', '毕业', '死亡', '出国', '失踪', '未到校'), true) as in_force, null as sheet_order, null as days_away, null as days_accounted
from vocational_pupils
union all by name
select
    e.period, e.district_code, e.record_id, 'exempt' as source, e.name, null as former_name, e.id_number, e.id_kind, e.id_prefix, e.birth_date, e.sex, e.grade,
    null as class_no, coalesce(t.school_code, n.school_code) as school_code, null as township_code, null as pupil_no,
    e.guardian1_name as guardian_name, e.guardian1_id_number as guardian_id_number,
    null as guardian2_name, null as guardian2_id_number, coalesce(e.phone, e.guardian1_phone) as phone, e.address, null as household_no,
    true as in_force, null as sheet_order, null as days_away, null as days_accounted
from exempt_children as e
left join school_texts as t on t.district_code = e.district_code and t.school_text = e.school_name
left join school_names as n on n.district_code = e.district_code and n.school_name = e.school_name
union all by name
select
    p.period, p.district_code, p.record_id, 'priority' as source, p.name, null as former_name, p.id_number, p.id_kind, p.id_prefix, p.birth_date, p.sex, p.grade,
    null as class_no, coalesce(t.school_code, n.school_code) as school_code, w.township_code, null as pupil_no,
    p.guardian1_name as guardian_name, p.guardian1_id_number as guardian_id_number,
    null as guardian2_name, null as guardian2_id_number, coalesce(p.phone, p.guardian1_phone) as phone, p.address, null as household_no,
    true as in_force, null as sheet_order, null as days_away, null as days_accounted
from priority_children as p
left join school_texts as t on t.district_code = p.district_code and t.school_text = p.school_name
left join school_names as n on n.district_code = p.district_code and n.school_name = p.school_name
left join townships as w on w.district_code = p.district_code and w.township_name = p.township_name
union all by name
select
    $period as period, case when regexp_full_match(g.district_code, '[0-9]{1,6}') then lpad(g.district_code, 6, '0') else '000000' end as district_code,
    g.record_id, g.side as source, g.name, g.former_name, g.id_number, g.id_kind, id_prefix_of(g.id_number, g.id_kind) as id_prefix,
    g.birth_date,
    coalesce(sex_of(g.sex), g.sex) as sex, try_cast(g.grade as int) as grade, try_cast(g.class_no as int) as class_no,
    g.school_code, g.township_code, null as pupil_no, g.guardian_name, g.guardian_id_number,
    null as guardian2_name, null as guardian2_id_number, g.phone, g.address, null as household_no,
    true as in_force, null as sheet_order, null as days_away, null as days_accounted
from given_kinds as g
