-- What people have decided about pairs of records, in this period and before it.
-- One row per pair decided. The latest answer counts; 不能确定 decides nothing; an earlier period's decision stands until another
-- is given. A decision that cannot be followed says why in `fault` and has no effect: two answers of one day against each
-- other (contradicted), or two that would make one child of two records of one register or sheet which nothing else joins
-- (joins_two): then people are asked again (pair_issues).
with
    -- Kept whole: DuckDB 2.0 loses rows of a numbered set that is joined with a part of itself.
    given as materialized (
        select pair_key, decision, answered_on, record_id,
            row_number() over (partition by pair_key order by answered_on desc nulls last, record_id desc) as turn,
            min(decision) over (partition by pair_key, answered_on) <> max(decision) over (partition by pair_key, answered_on) as contradicted
        from pair_answers where pair_key is not null and decision <> 'unsure'
    ),
    standing as (
        select pair_key, decision, answered_on as decided_on, $period as decided_period, contradicted from given where turn = 1
        union all
        select p.pair_key, p.decision, p.decided_on, p.decided_period, false as contradicted
        from previous_pair_decisions as p left join (select distinct pair_key from given) as g on g.pair_key = p.pair_key
        where g.pair_key is null and p.fault is null
    ),
    joined as materialized (
        select distinct s.pair_key, p.left_no, p.right_no, l.source as left_source, r.source as right_source, r.sheet_order
        from standing as s
        join link_proposals as p on p.pair_key = s.pair_key
        join person_records as l on l.person_no = p.left_no
        join person_records as r on r.person_no = p.right_no
        where s.decision = 'same' and not s.contradicted
    ),
    second_entries as (
        select left_no, right_no from person_links where left_source = right_source
        union select right_no as left_no, left_no as right_no from person_links where left_source = right_source
        union select left_no, right_no from joined where left_source = right_source
        union select right_no as left_no, left_no as right_no from joined where left_source = right_source
    ),
    two_lefts as (
        select a.pair_key
        from joined as a join joined as b on b.right_no = a.right_no and b.left_source = a.left_source and b.left_no <> a.left_no
        left join second_entries as e on e.left_no = a.left_no and e.right_no = b.left_no
        where a.left_source <> a.right_source and b.left_source <> b.right_source and e.left_no is null
    ),
    two_rights as (
        select a.pair_key
        from joined as a join joined as b
            on b.left_no = a.left_no and b.right_source = a.right_source and b.right_no <> a.right_no and coalesce(b.sheet_order, '') = coalesce(a.sheet_order, '')
        left join second_entries as e on e.left_no = a.right_no and e.right_no = b.right_no
        where a.left_source <> a.right_source and a.right_source in ('registry', 'household', 'attendance') and e.left_no is null
    ),
    joining_two as (select pair_key from two_lefts union select pair_key from two_rights),
    homes as (
        select p.pair_key, min(r.district_code) as district_code
        from link_proposals as p join standing as s on s.pair_key = p.pair_key join person_records as r on r.person_no = p.right_no
        group by p.pair_key
        union
        select p.pair_key, p.district_code from previous_pair_decisions as p
        left join link_proposals as l on l.pair_key = p.pair_key where l.pair_key is null
    ),
    settled as (
        select s.*, coalesce(h.district_code, a.district_code) as district_code,
            case when s.contradicted then 'contradicted' when j.pair_key is not null then 'joins_two' end as fault
        from standing as s
        left join joining_two as j on j.pair_key = s.pair_key
        left join (select pair_key, min(district_code) as district_code from homes group by pair_key) as h on h.pair_key = s.pair_key
        left join (select pair_key, min(district_code) as district_code from pair_answers group by pair_key) as a on a.pair_key = s.pair_key
    )
select $period as period, district_code, pair_key, pair_number(pair_key) as pair_no, decision, decided_on, decided_period, fault
from settled
order by pair_key
