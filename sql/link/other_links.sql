-- Which registry or household child a vocational, exempt or priority record without a usable number belongs to.
-- One row per such record and child it may belong to, with the verdict.
-- The records of one child are one candidate, so that its roll and its household entry do not compete; the candidates'
-- weights are set against each other as everywhere.
with
    roots as (
        select p.person_no, coalesce(c.left_no, b.left_no, a.left_no, p.person_no) as root_no
        from person_records as p
        left join person_links as a on a.right_no = p.person_no
        left join person_links as b on b.right_no = a.left_no
        left join person_links as c on c.right_no = b.left_no
        where p.source in ('registry', 'household')
    ),
    best as (
        select s.*, r.root_no, power(2, greatest(least(s.weight + s.prior, 60), -60)) as odds,
            row_number() over (partition by s.right_no, r.root_no order by s.weight desc, s.left_no) as record_turn
        from scored_pairs as s join roots as r on r.person_no = s.left_no
        where s.kind = 'other'
    ),
    against as (
        select *, odds / (1 + sum(odds) over (partition by right_no)) as probability,
            row_number() over (partition by right_no order by weight desc, left_no) as turn
        from best where record_turn = 1
    ),
    judged as (
        select *,
            case when name = 'different' then 'name_differs'
                 when name in ('sound', 'alike', 'one_character', 'one_of_two') and twin then 'twins'
                 when name in ('one_character', 'one_of_two') and not (id_number = 'same' and birth_date <> 'differ' and sex <> 'differ') then 'name_similar'
                 when id_number = 'two_valid' and not (name in ('exact', 'former', 'sound') and birth_date = 'same' and family in ('number', 'two')) then 'two_numbers'
            end as doubt
        from against
    )
select
    left_no, right_no, left_source, right_source, name, id_number, birth_date, sex, family, place, school, grade, twin,
    turn, weight, probability, doubt,
    case when doubt is null and turn = 1 and probability >= $link_probability then 'link' else 'review' end as verdict
from judged
where probability >= $review_probability and coalesce(doubt, '') <> 'name_differs'
