-- The verdict on every scored pair of registry and household records: link, review or neither.
-- One row per such pair whose probability reaches $review_probability, and per pair of one name, sex and birth date that is the best of
-- both sides, however improbable its two numbers make it: nobody is said to be on no roll while one who is called so and was
-- born on that day stands there unclaimed.
-- Second entries are judged first; then the entries of one child are one candidate (its first entry, the head) in the
-- comparison of rolls with households. The probability is that of the pair against everything else its two children could
-- be: two candidates equally good leave each one half, and that neither has a counterpart at all is as rare as the records
-- of their districts, with or without a number, that the sure pairs of a first round leave alone. A link is the best of both
-- sides at $link_probability and over, or at
-- $sole_link_probability where neither number nor sex disagrees and nobody else comes into question (others lower its probability by less
-- than a fiftieth, or it is the twin, whose name is another). Beside that, whatever the weight, people decide where twins could
-- be meant (a name only similar beside another sex is a sister's; a homophone of the very birth day, sex and family, no number
-- speaking, is the one of the two that sounds so: did
-- both, each would leave the other one half); where only part of a name agrees without a number (one character may differ
-- where birth day, sex and a guardian or telephone agree and no number speaks); and where an equal number carries
-- another name without family evidence and the same birth date (of two characters one may differ where the township agrees).
-- Two entries of one source whose names differ are for people even on an equal number: twins get each other's; and whose
-- birth dates differ, without one: an entry made anew copies the date.
-- Parents do not name two children alike: a homophone on an equal number in one family is one child, whatever birth date is
-- written.
with
    doubted as (
        select
            *, power(2, greatest(least(weight + prior, 60), -60)) as odds,
            case when name = 'one_of_two' and not (id_number in ('same', 'same_text') and birth_date = 'same' and sex <> 'differ' and not twin
                      and (family not in ('blank', 'differ') or place = 'township')) then 'name_differs'
                 when name = 'different' and not (id_number in ('same', 'same_text') and family in ('number', 'two', 'guardian', 'address') and birth_date <> 'differ' and sex <> 'differ' and not twin) then 'name_differs'
                 when name in ('alike', 'one_character') and twin then 'twins'
                 when name in ('sound', 'alike', 'one_character') and sex = 'differ' and id_number not in ('same', 'same_text') then 'twins'
                 when name = 'sound' and twin and not (kind = 'cross' and id_number = 'blank' and birth_date = 'same' and sex = 'same' and family in ('number', 'two', 'guardian')) then 'twins'
                 when name = 'one_character' and id_number not in ('same', 'same_text', 'near', 'near_text', 'partly')
                      and not (birth_date = 'same' and sex = 'same' and family in ('number', 'two', 'guardian', 'phone') and id_number = 'blank') then 'name_similar'
                 when id_number = 'same' and not name_agrees(name) and birth_date in ('differ', 'near') then 'number_conflict'
                 when id_number = 'same' and name not in ('exact', 'former') and birth_date = 'differ'
                      and not (name = 'sound' and family not in ('blank', 'differ') and sex <> 'differ' and not twin) then 'number_conflict'
                 when id_number = 'two_valid' and not (name in ('exact', 'former', 'sound') and birth_date = 'same' and family in ('number', 'two')) then 'two_numbers'
                 when kind = 'duplicate' and name not in ('exact', 'former', 'sound', 'alike') then 'name_similar'
                 when kind = 'duplicate' and birth_date = 'differ' and id_number not in ('same', 'same_text', 'near', 'partly') then 'birth_differs'
            end as doubt
        -- What is so much less likely than not is no rival to anything, nor a link where nobody else is left.
        from scored_pairs where kind in ('cross', 'duplicate') and weight + prior > -16
    ),
    -- Kept whole: DuckDB 2.0 loses rows of a numbered set that is joined with a part of itself.
    duplicates as materialized (
        select *, odds / (1 + odds) as probability, row_number() over (partition by right_no order by weight desc, left_no) as right_place
        from doubted where kind = 'duplicate'
    ),
    second_entries as materialized (
        select left_no, right_no from duplicates where doubt is null and probability >= $link_probability and right_place = 1
    ),
    heads as (
        select a.right_no as person_no, coalesce(c.left_no, b.left_no, a.left_no) as head_no
        from second_entries as a
        left join second_entries as b on b.right_no = a.left_no
        left join second_entries as c on c.right_no = b.left_no
    ),
    headed as (
        select d.*, coalesce(l.head_no, d.left_no) as left_head, coalesce(r.head_no, d.right_no) as right_head
        from doubted as d
        left join heads as l on l.person_no = d.left_no
        left join heads as r on r.person_no = d.right_no
        where d.kind = 'cross'
    ),
    still_open as materialized (
        select h.*, l.district_code as left_district, l.is_numbered as left_is_numbered, r.district_code as right_district, r.is_numbered as right_is_numbered
        from headed as h
        join open_records as l on l.person_no = h.left_head
        join open_records as r on r.person_no = h.right_head
    ),
    -- Numbered and summed up without all that is said of the pairs: wide rows are slow to put in order.
    best as materialized (
        select
            left_no, right_no, left_head, right_head, weight, odds,
            row_number() over (partition by left_head, right_head order by doubt is not null, weight desc, left_no, right_no) as turn
        from still_open
    ),
    places as materialized (
        select
            left_no, right_no, greatest(sum(odds) over (partition by left_head), sum(odds) over (partition by right_head)) as all_odds,
            row_number() over (partition by left_head order by weight desc, right_head) = 1
                and row_number() over (partition by right_head order by weight desc, left_head) = 1 as is_best
        from best where turn = 1
    ),
    ranked as materialized (
        select s.*, p.all_odds, p.is_best from still_open as s join places as p on p.left_no = s.left_no and p.right_no = s.right_no
    ),
    first_round as (
        select left_head, right_head from ranked where doubt is null and is_best and odds / (1 + all_odds) >= $link_probability
    ),
    alone as (
        select o.source, coalesce(o.district_code, '') as district, o.is_numbered, (count(*) filter (f.person_no is null) + 1.0) / (count(*) + 1) as share
        from open_records as o
        left join (select left_head as person_no from first_round union all select right_head from first_round) as f on f.person_no = o.person_no
        group by o.source, district, o.is_numbered
    ),
    crossed as (
        select p.*, l.share * r.share as neither, odds / (l.share * r.share + all_odds) as probability
        from ranked as p
        join alone as l on l.source = 'registry' and l.district = coalesce(p.left_district, '') and l.is_numbered = p.left_is_numbered
        join alone as r on r.source = 'household' and r.district = coalesce(p.right_district, '') and r.is_numbered = p.right_is_numbered
    ),
    judged as (
        select left_head as left_no, right_head as right_no, kind, left_source, right_source, name, id_number, birth_date, sex, family, place, school, grade,
            twin, weight, probability, odds, doubt,
            case when doubt is null and is_best
                      and (probability >= $link_probability
                           or probability >= $sole_link_probability and id_number not in ('two_valid', 'others_number', 'differ') and sex <> 'differ'
                              and (probability >= 0.98 * odds / (neither + odds) or name = 'exact' and twin and birth_date = 'same'))
                 then 'link' else 'review' end as verdict,
            id_number in ('two_valid', 'others_number', 'differ') and name in ('exact', 'former') and birth_date = 'same' and sex <> 'differ' and is_best
                as only_numbers_differ
        from crossed
        union all
        select left_no, right_no, kind, left_source, right_source, name, id_number, birth_date, sex, family, place, school, grade,
            twin, weight, probability, odds, doubt,
            case when doubt is null and probability >= $link_probability and right_place = 1 then 'link' else 'review' end as verdict,
            false as only_numbers_differ
        from duplicates
    )
select left_no, right_no, kind, left_source, right_source, name, id_number, birth_date, sex, family, place, school, grade, twin, weight, probability, odds, doubt, verdict
from judged
where (probability >= $review_probability or only_numbers_differ) and (doubt is null or doubt <> 'name_differs' or id_number in ('same', 'same_text', 'near'))
