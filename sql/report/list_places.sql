-- Purpose: which office is told which finding, and where on its list the child stands.
-- One row per finding and office told. Kinds of office come from list_routes (expectations/recipients.py); the office
-- itself: the finding's school; the township of the address; the police station, where none is known the township's
-- own, else the county's; the county bureau; the bureau of the household's county where that is another one.
-- Rule: the gravest finding of the sheet first (never enrolled, suspected), then children of priority groups, then by
-- place; a child with two findings of one sheet has one place on it, under the gravest (people want one line a child).
with told as (
    select f.*, r.recipient, r.sheet_no, r.rank, r.finding_text,
        case r.recipient
            when 'school' then f.school_code
            when 'township' then f.township_code
            when 'police' then coalesce(f.police_station, f.township_code, f.district_code)
            when 'county' then f.district_code
            when 'elsewhere' then f.hukou_county end as unit_code,
        case r.recipient
            when 'school' then f.school_name
            when 'township' then f.township_name
            when 'police' then coalesce(f.police_station, f.township_name || '派出所', coalesce(own.name, f.district_code) || '公安机关')
            when 'county' then coalesce(own.name, f.district_code) || '教育局'
            when 'elsewhere' then coalesce(other.name, f.hukou_county) || '教育局' end as unit_name
    from list_facts f
    join list_routes r on r.finding = f.finding
    left join divisions own on own.code = f.district_code
    left join divisions other on other.code = f.hukou_county
),

asked as (
    select child_id, finding,
        string_agg(unit_name, '、' order by unit_name) filter (where recipient in ('school', 'township', 'police'))
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
        order by best_rank, priority = 0,
            case when recipient in ('county', 'elsewhere', 'school') then school_name end nulls last,
            case when recipient in ('county', 'elsewhere', 'school') then grade end nulls last,
            case when recipient in ('county', 'elsewhere', 'school') then class_no end nulls last,
            address nulls last, name nulls last, child_id))::int as row_no
from placed
order by child_id, finding, recipient
