-- Pairs of records that may be one child and are left to people.
-- One row per pair, best first for each record; pairs people have decided already, and pairs of a record that a decision
-- has joined elsewhere, are not asked again. pair_no is short enough to be read over the telephone.
with
    in_force as (select pair_key, decision from pair_decisions where fault is null),
    answered as (
        select p.left_no, p.right_no, l.source as left_source, r.source as right_source
        from link_proposals as p
        join in_force as d on d.pair_key = p.pair_key and d.decision = 'same'
        join person_records as l on l.person_no = p.left_no
        join person_records as r on r.person_no = p.right_no
    )
select
    l.period, r.district_code, l.record_id as left_record_id, r.record_id as right_record_id, l.source as left_source, r.source as right_source,
    p.tier, p.weight, p.probability, p.evidence,
    case p.doubt
        when 'twins' then '可能是双胞胎或兄弟姐妹，姓名不完全相同'
        when 'name_similar' then '姓名只是相近，没有可用的身份证号佐证'
        when 'birth_differs' then '同一来源中姓名和家庭相符，但出生日期不同，可能是两名儿童'
        when 'name_differs' then '身份证号相同但姓名不同，可能是误用他人号码'
        when 'number_conflict' then '身份证号相同但姓名、出生日期不一致'
        when 'two_numbers' then '两边都有有效身份证号但号码不同'
        when 'weight' then '相符的信息不足以认定是同一人'
        else coalesce(p.doubt, '相符的信息不足以认定是同一人') end as reason,
    pair_number(p.pair_key) as pair_no, p.pair_key
from link_proposals as p
join person_records as l on l.person_no = p.left_no
join person_records as r on r.person_no = p.right_no
left join in_force as d on d.pair_key = p.pair_key
left join (select distinct right_no from answered) as a on a.right_no = p.right_no
left join (
    select distinct left_no from answered where left_source = 'registry' and right_source = 'household'
) as b on b.left_no = p.left_no and r.source = 'household'
where p.verdict = 'review' and d.pair_key is null and a.right_no is null and b.left_no is null
order by left_record_id, right_record_id
