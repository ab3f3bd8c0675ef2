-- The verdict on every scored pair: link, review or neither.
-- One row per scored pair whose probability reaches $review_probability.
-- The probability is that of the pair against everything else its two records could be joined to: two candidates equally
-- good leave each one half. A link is the best of both its records at $link_probability and over; beside that, whatever
-- the weight, people decide where twins could be meant and where an equal number carries another name without family
-- evidence and the same birth date.
with
    odds as (
        select
            *, power(2, greatest(least(weight + prior, 60), -60)) as odds
        from scored_pairs
    ),
    against as (
        select
            *,
            case when kind = 'cross' then greatest(sum(odds) over (partition by kind, left_no), sum(odds) over (partition by kind, right_no)) else odds end as rival_odds,
            row_number() over (partition by kind, left_no order by weight desc, right_no) as left_place,
            row_number() over (partition by kind, right_no order by weight desc, left_no) as right_place
        from odds
    ),
    judged as (
        select *, odds / (1 + rival_odds) as probability,
            case when name = 'different' and not (id_number = 'same' and family in ('number', 'two', 'guardian') and birth_date <> 'differ' and sex <> 'differ' and not twin) then 'name_differs'
                 when name not in ('exact', 'former') and twin then 'twins'
                 when name in ('one_character') and id_number not in ('same', 'near', 'partly') then 'name_similar'
                 when id_number = 'same' and not name_agrees(name) and birth_date in ('differ', 'near') then 'number_conflict'
                 when id_number = 'two_valid' and not (name in ('exact', 'former', 'sound') and birth_date = 'same' and family in ('number', 'two')) then 'two_numbers'
                 when kind = 'duplicate' and name not in ('exact', 'former', 'sound', 'alike') and id_number <> 'same' then 'name_similar'
            end as doubt
        from against
    )
select
    left_no, right_no, kind, left_source, right_source, name, id_number, birth_date, sex, family, place, school, grade, twin,
    weight, probability, odds, doubt,
    case when doubt is null and probability >= $link_probability and (kind <> 'cross' or left_place = 1 and right_place = 1) and (kind <> 'duplicate' or right_place = 1) then 'link'
         else 'review' end as verdict
from judged
where probability >= $review_probability and (doubt is null or doubt <> 'name_differs' or id_number in ('same', 'near'))
