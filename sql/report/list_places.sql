-- Purpose: which office is told which finding, and where on its list the child stands.
-- One row per finding and office told. Kinds of office come from list_routes (expectations/recipients.py); the office
-- itself: the finding's school; the township of the address, if it is one of the county's own; the police station, else
-- that township's, else the county's police; the county bureau; the bureau of the household's county where that is
-- another one. district_code is whose outbox it lies in: of a school and of a police station their own district's, so that
-- each has one folder, whichever district its pupils' findings are counted in. A bureau writes to its own townships and police only: another county's go through that county's bureau.
-- Rule: the gravest finding of the sheet first (never enrolled, suspected); for the police first who has no number in
-- the household register; then children of priority groups, then by place. A child with two findings of one sheet has
-- one place on it, under the gravest (people want one line a child). Whose answer the class sheets contradict is a matter
-- of the school and of the county: the child is there, so no family is visited and no other county asked to look for it.
with located as (
    select f.*,
        case when not regexp_full_match(f.township_code, '[0-9]{9,12}') or left(f.township_code, 6) = f.district_code
             then f.township_code end as own_township,
        coalesce(own.name, f.district_code) as district_name,
        coalesce(station.name, f.station_district) as station_district_name,
        coalesce(other.name, f.hukou_county) as hukou_name
    from list_facts f
    left join division_names own on own.code = f.district_code
    left join division_names other on other.code = f.hukou_county
    left join division_names station on station.code = f.station_district
),

told as (
    select
        f.* exclude (district_code, own_township, district_name, hukou_name, station_district_name),
        coalesce(case r.recipient when 'school' then f.school_district when 'police' then f.station_district end,
            f.district_code) as district_code,
        r.recipient, r.sheet_no, r.rank,
        case when f.reason = 'contradicted' then '答复与考勤矛盾' else r.finding_text end as finding_text,
        case r.recipient
            when 'school' then f.school_code
            when 'township' then f.own_township
            when 'police' then coalesce(f.police_station, f.own_township, f.station_district, f.district_code)
            when 'county' then f.district_code
            when 'elsewhere' then f.hukou_county end as unit_code,
        case r.recipient
            when 'school' then f.school_name
            when 'township' then f.township_name
            when 'police' then coalesce(f.police_station,
                case when f.own_township is not null then f.township_name || '派出所' end, coalesce(f.station_district_name, f.district_name) || '公安局')
            when 'county' then f.district_name || '教育局'
            when 'elsewhere' then f.hukou_name || '教育局' end as unit_name
    from located f
    join list_routes r on r.finding = f.finding
    where r.recipient in ('school', 'county') or coalesce(f.reason <> 'contradicted', true)
),

asked as (
    select child_id, finding,
        string_agg(unit_name, '、' order by unit_name) filter (where recipient <> 'county')
            as asked_of
    from told
    where unit_code is not null
    group by child_id, finding
),

placed as (
    select t.*,
        coalesce(a.asked_of, '县级') as asked_of,
        row_number() over (one_child order by t.rank) as part_no,
        min(t.rank) over one_child as best_rank,
        string_agg(t.finding_text, '、') over (
            one_child order by t.rank rows between unbounded preceding and unbounded following) as problem
    from told t
    left join asked a on a.child_id = t.child_id and a.finding = t.finding
    where t.unit_code is not null
    window one_child as (partition by t.recipient, t.district_code, t.unit_code, t.sheet_no, t.child_id)
)

select
    * exclude (part_no, rank, finding_text, unit_name),
    min(unit_name) over (partition by recipient, district_code, unit_code) as unit_name,
    part_no::int as part_no,
    (dense_rank() over (
        partition by recipient, district_code, unit_code, sheet_no
        order by best_rank,
            case when recipient = 'police' then household_id_number is not null else false end,
            priority = 0, groups is null,
            case when recipient in ('county', 'elsewhere', 'school') then school_name end nulls last,
            case when recipient in ('county', 'elsewhere', 'school') then grade end nulls last,
            case when recipient in ('county', 'elsewhere', 'school') then class_no end nulls last,
            address nulls last, name nulls last, child_id))::int as row_no
from placed
order by child_id, finding, recipient
