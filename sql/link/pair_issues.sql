-- Decisions on pairs that an office has to look at again.
-- One row per answer and kind of fault: a number that names no pair of the district; answers that contradict each other, or that say
-- otherwise than a later one; two that would join two records of one register or sheet; 同一人 for two records with
-- different valid numbers, which is followed, but one of the numbers is wrong; and another decision than in an earlier period,
-- which is followed too.
with
    checked as (
        select a.*, d.decision as standing, d.fault, e.decision as earlier,
            length(case_number_bare(a.pair_no)) = 8
                and case_check(substr(case_number_bare(a.pair_no), 1, 7)) = substr(case_number_bare(a.pair_no), 8) as number_is_whole
        from pair_answers as a
        left join pair_decisions as d on d.pair_key = a.pair_key
        left join previous_pair_decisions as e on e.pair_key = a.pair_key and e.fault is null
    ),
    two_numbers as (
        select distinct p.pair_key
        from link_proposals as p
        join person_records as l on l.person_no = p.left_no
        join person_records as r on r.person_no = p.right_no
        where l.id_kind = 'valid' and r.id_kind = 'valid' and l.id_number <> r.id_number
    ),
    wrong as (
        select *, 'unknown_pair' as code,
            case when number_is_whole then '核对编号不在核对名单中，可能填错了行，或这两条记录的材料已经更正；如已更正，不必再填'
                 else '核对编号不完整或有误，请按核对表原样填写' end as sentence
        from checked where pair_key is null
        union all
        select *, 'contradicting_decision' as code, '同一对记录另有相反的答复，两个答复都没有采用，请核实后只填一个' as sentence
        from checked where fault = 'contradicted' and decision <> 'unsure'
        union all
        select *, 'overruled_decision' as code, '同一对记录有日期更晚的相反答复，以更晚的为准，请核对' as sentence
        from checked where fault is null and decision <> 'unsure' and decision <> standing
        union all
        select *, 'joins_two_records' as code, '几个“同一人”的答复会把同一份名册中的两条记录并成一人，都没有采用，请核实哪一个才是' as sentence
        from checked where fault = 'joins_two' and decision = 'same'
        union all
        select c.*, 'differing_numbers' as code, '已按答复认定为同一人，但两条记录的身份证号都有效而不相同，必有一个不是本人的，请查清更正' as sentence
        from checked as c join two_numbers as n on n.pair_key = c.pair_key
        where c.fault is null and c.decision = 'same' and c.standing = 'same'
        union all
        select *, 'changed_decision' as code, '这个答复与以前的答复相反，已按本次答复处理，请确认' as sentence
        from checked where fault is null and decision <> 'unsure' and standing = decision and earlier <> decision
    )
select $period as period, district_code, record_id, delivery_id, sheet, row_no, code, sentence
from wrong
order by record_id, code
