-- Pairs of records that may be one child and are left to people.
-- One row per pair, best first for each record; pairs people have decided already, and pairs of a record that a decision
-- has joined elsewhere, are not asked again.
with
    answered as (
        select p.right_no from link_proposals as p join pair_decisions as d on d.pair_no = p.pair_no where d.decision = 'same'
    )
select
    l.period, r.district_code, l.record_id as left_record_id, r.record_id as right_record_id, l.source as left_source, r.source as right_source,
    p.tier, p.weight, p.probability, p.evidence,
    case p.doubt
        when 'twins' then '可能是双胞胎或兄弟姐妹，姓名不完全相同'
        when 'name_similar' then '姓名只是相近，没有可用的身份证号佐证'
        when 'name_differs' then '身份证号相同但姓名不同，可能是误用他人号码'
        when 'number_conflict' then '身份证号相同但姓名、出生日期不一致'
        when 'two_numbers' then '两边都有有效身份证号但号码不同'
        when 'weight' then '相符的信息不足以认定是同一人'
        else coalesce(p.doubt, '相符的信息不足以认定是同一人') end as reason,
    p.pair_no
from link_proposals as p
join person_records as l on l.person_no = p.left_no
join person_records as r on r.person_no = p.right_no
left join pair_decisions as d on d.pair_no = p.pair_no
left join (select distinct right_no from answered) as a on a.right_no = p.right_no
where p.verdict = 'review' and d.pair_no is null and a.right_no is null
order by left_record_id, right_record_id
