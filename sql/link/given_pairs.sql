-- The answer of `baoxue link`: which records of the left and the right table are one person, or may be.
-- One row per pair of a left and a right record; a record is in one link at most. A pair left open is for people.
select substr(l.record_id, 3) as left_record_id, substr(r.record_id, 3) as right_record_id, p.tier, p.weight, p.probability, p.verdict as decision
from link_proposals as p
join person_records as l on l.person_no = p.left_no
join person_records as r on r.person_no = p.right_no
where l.source = 'registry' and r.source = 'household'
union all
select a.left_record_id, a.right_record_id, s.tier, log2(cast(s.probability as double) / (1 - cast(s.probability as double))) as weight,
    cast(s.probability as double) as probability, 'link' as decision
from sure_pairs as a join link_steps as s on s.step = 'number_exact'
where a.is_settled
