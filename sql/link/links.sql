-- Which two records are one child. People's decisions win over the machine (tier answer).
-- One row per joined record (right) and the record nearer the roll it is joined to (left): a record is the right side of
-- one link at most, so following right to left ends at one record per child. Every row of a class sheet is joined by its
-- attender; attenders nobody knows are joined among themselves (tier duplicate).
with
    in_force as (select pair_key, decision from pair_decisions where fault is null),
    -- A roll entry people have given its household record has no other.
    claimed as (
        select distinct p.left_no
        from link_proposals as p
        join in_force as d on d.pair_key = p.pair_key and d.decision = 'same'
        join person_records as l on l.person_no = p.left_no and l.source = 'registry'
        join person_records as r on r.person_no = p.right_no and r.source = 'household'
    ),
    rivals as (
        select p.left_no, p.right_no
        from link_proposals as p
        join claimed as c on c.left_no = p.left_no
        join person_records as r on r.person_no = p.right_no and r.source = 'household'
    ),
    decided as (
        select p.*, d.decision,
            row_number() over (partition by p.right_no order by case when d.decision = 'same' then 0 else 1 end, p.probability desc, p.left_no) as turn
        from link_proposals as p left join in_force as d on d.pair_key = p.pair_key
        left join rivals as c on c.left_no = p.left_no and c.right_no = p.right_no
        where d.decision = 'same' or p.verdict = 'link' and d.decision is null and c.left_no is null
    ),
    chosen as (
        select left_no, right_no, case when decision = 'same' then 'answer' else tier end as tier, weight,
            case when decision = 'same' then 1 else probability end as probability, evidence
        from decided where turn = 1
    ),
    spread as (
        select c.left_no, coalesce(a.person_no, c.right_no) as right_no, c.tier, c.weight, c.probability, c.evidence
        from chosen as c left join attenders as a on a.attender_no = c.right_no
        union all
        select a.attender_no, a.person_no, 'duplicate' as tier, 12 as weight, 0.9998 as probability, 'name=exact; class=same' as evidence
        from attenders as a left join chosen as c on c.right_no = a.attender_no
        where c.right_no is null and a.person_no <> a.attender_no
    )
select
    l.period, r.district_code, l.record_id as left_record_id, r.record_id as right_record_id, l.source as left_source, r.source as right_source,
    s.tier, s.weight, s.probability, s.evidence
from spread as s
join person_records as l on l.person_no = s.left_no
join person_records as r on r.person_no = s.right_no
order by left_record_id, right_record_id
