-- Purpose: everything any office may be told about a finding, in one place, so that all lists say the same.
-- One row per finding (child and code), and per case whose answer the deliveries of the period contradict though it is no
-- finding any more: a child answered dead who is at school is nobody's absence, but somebody has to say who it is. Left
-- joins throughout: a finding is never lost for want of a detail.
-- Rule: of several roll or household entries the one in force, then the first, is compared by the police; the county
-- of the household counts as another one only where a division code is known (domain: hukou_code, first six digits).
with asked as materialized (
    select period, district_code, child_id, finding, reason, explanation, school_code, township_code
    from findings
    union all
    select
        k.period, k.district_code, k.child_id, k.finding, 'contradicted', e.note, coalesce(k.school_code, c.school_code),
        k.township_code
    from cases k
    join case_events e on e.case_no = k.case_no and e.period = k.period and e.event = 'contradicted'
    left join children c on c.child_id = k.child_id
    left join findings f on f.child_id = k.child_id and f.finding = k.finding
    where k.state = 'open' and f.child_id is null
),

-- Details are sought of these only: most of a city's children have no finding.
listed as materialized (
    select distinct child_id from asked
),

listed_records as materialized (
    select r.child_id, r.record_id
    from listed l
    join child_records r on r.child_id = l.child_id
),

registry_entry as (
    select r.child_id, p.name as registry_name, p.sex as registry_sex, p.birth_date as registry_birth_date,
        p.id_number as registry_id_number
    from listed_records r
    join registry_pupils p using (record_id)
    qualify row_number() over (
        partition by r.child_id order by coalesce(p.status in ('在读', '休学'), false) desc, p.record_id) = 1
),

household_entry as (
    select r.child_id, h.name as household_name, h.sex as household_sex, h.birth_date as household_birth_date,
        h.id_number as household_id_number
    from listed_records r
    join household_children h using (record_id)
    qualify row_number() over (partition by r.child_id order by h.left_on is not null, h.record_id) = 1
),

-- A case is one finding of one child; should a reopened one stand beside it, the latest speaks.
latest_case as (
    select child_id, finding, case_no, state, due_on, overdue, escalated, answer_code, answered_on
    from cases
    qualify row_number() over (partition by child_id, finding order by last_seen_period desc, case_no) = 1
),

-- The county the household is registered in: the household code's, else the township's.
homes as (
    select child_id,
        nullif(regexp_extract(coalesce(hukou_code, township_code), '^([1-9][0-9]{5})([0-9]{3}|[0-9]{6})?$', 1), '') as home_county
    from children
    where child_id in (select child_id from listed)
),

named_stations as (
    select distinct left(township_code, 6) as county, police_station
    from townships
    where police_station is not null and regexp_full_match(township_code, '[0-9]{9,12}')
),

-- Stations of one name lie in different counties: it is the one of the address's county, where that has one so called.
kept_by as (
    select c.child_id,
        coalesce(station_name(c.police_station), t.police_station) as police_station,
        n.county as station_district
    from children c
    left join townships t on t.township_code = c.township_code
    left join named_stations n on n.county = left(c.township_code, 6)
        and n.police_station = coalesce(station_name(c.police_station), t.police_station)
    where c.child_id in (select child_id from listed)
)

select
    f.period, f.district_code, f.child_id, f.finding, f.reason, f.explanation,
    f.school_code,
    coalesce(s.school_name, c.school_name, c.attends_school_name, f.school_code) as school_name,
    f.township_code,
    coalesce(n.township_name, c.township_name,
        case when regexp_full_match(f.township_code, '[0-9]{9,12}') then '乡镇街道' || f.township_code else f.township_code end)
        as township_name,
    p.police_station,
    coalesce(s.district_code, f.district_code) as school_district,
    case when p.station_district in (select district_code from deliveries) then p.station_district
        else f.district_code end as station_district,
    case when home_county <> f.district_code then home_county end as hukou_county,
    c.name, c.sex, c.birth_date, c.id_number,
    nullif(class_label(c.grade, c.class_no), '') as class_text,
    c.grade, c.class_no,
    c.attends_school_name, c.groups,
    coalesce(c.priority, 0) as priority,
    c.guardian_name, c.phone, c.address,
    registry_name, registry_sex, registry_birth_date, registry_id_number,
    household_name, household_sex, household_birth_date, household_id_number,
    k.case_no, k.state, k.due_on, k.overdue, k.escalated,
    k.answer_code || coalesce(' ' || o.wording, '')
        || coalesce('（' || strftime(k.answered_on, '%Y-%m-%d') || '）', '') as last_answer
from asked f
left join children c using (child_id)
left join homes using (child_id)
left join townships n on n.township_code = f.township_code
left join registry_entry using (child_id)
left join household_entry using (child_id)
left join latest_case k using (child_id, finding)
left join school_homes s on s.school_code = f.school_code
left join kept_by p using (child_id)
left join outcomes o on o.code = k.answer_code
order by f.child_id, f.finding
