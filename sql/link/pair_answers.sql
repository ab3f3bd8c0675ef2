-- The decisions on pairs of records in the answers of the period, each with the pair it is about.
-- One row per such answer and pair; pair_key is null where the number names no pair of the office's district, neither of this
-- run nor of the lists of the period before. Numbers are read as people write them, in small letters and with any dash.
with
    answered as (
        select
            record_id, district_code, delivery_id, sheet, row_no, answered_on, case_number_written(case_no) as pair_no,
            case when code in ('同一人', 'SAME') then 'same' when code in ('不是同一人', 'DIFFERENT') then 'different' else 'unsure' end as decision
        from answers
        where code in ('同一人', 'SAME', '不是同一人', 'DIFFERENT', '不能确定', 'UNSURE')
    ),
    answering as (select distinct district_code from answered),
    shown as (
        select distinct r.district_code, p.pair_key, pair_number(p.pair_key) as pair_no
        from link_proposals as p
        join person_records as r on r.person_no = p.right_no
        join answering as d on d.district_code = r.district_code
        union
        select p.district_code, p.pair_key, p.pair_no
        from previous_review_pairs as p join answering as d on d.district_code = p.district_code
    )
select a.record_id, a.district_code, a.delivery_id, a.sheet, a.row_no, a.pair_no, s.pair_key, a.decision, a.answered_on
from answered as a
left join shown as s on s.district_code = a.district_code and s.pair_no = a.pair_no
