-- Pairs of records with spelled names that share a trace, compared field by field; and a sample to learn from.
-- One row per pair and kind: cross (registry with household) and random (to estimate u).
-- Traces: the number, its first and its second half; the birth date; telephone; the whole name without its vowels; the bones of one
-- word of the name with the birth year, with month and day, or with a word of the address; two neighbouring words of the
-- address. A trace that makes more than 400 pairs is too common to be one.
with
    named as (
        select *, list_transform(words, lambda w: substr(w, 1, 1) || substr(regexp_replace(substr(w, 2), '[aeiouyhw]|[^a-z]', '', 'g'), 1, 3)) as bones
        from spelled_records
    ),
    traces as (
        select person_no, source, 'n' || number as trace from named where length(number) >= 5
        union select person_no, source, 'f' || substr(number, 1, length(number) // 2 + 1) from named where length(number) >= 6
        union select person_no, source, 'l' || right(number, length(number) // 2 + 1) from named where length(number) >= 6
        union select person_no, source, 'b' || birth from named
        union select person_no, source, 't' || phone from named
        union select person_no, source, 'w' || array_to_string(list_sort(bones), ' ') from named where length(bones) >= 2
        union select person_no, source, 'y' || bone || substr(birth, 1, 4) from (select person_no, source, birth, unnest(bones) as bone from named) as each_bone
        union select person_no, source, 'd' || bone || substr(birth, 5, 4) from (select person_no, source, birth, unnest(bones) as bone from named) as each_bone
        union select person_no, source, 'a' || word || ' ' || following
        from (
            select person_no, source, unnest(address_words[1:length(address_words) - 1]) as word, unnest(address_words[2:]) as following
            from named where length(address_words) >= 2
        ) as neighbours
        union select person_no, source, 'p' || bone || ' ' || word
        from (select person_no, source, bone, unnest(address_words) as word from (select person_no, source, address_words, unnest(bones) as bone from named) as each_bone) as both_words
    ),
    telling as (
        select trace from traces group by trace
        having count(*) filter (source = 'registry') * count(*) filter (source = 'household') between 1 and 400
    ),
    cross_pairs as (
        select distinct l.person_no as left_no, r.person_no as right_no
        from telling as t
        join traces as l on l.trace = t.trace and l.source = 'registry'
        join traces as r on r.trace = t.trace and r.source = 'household'
    ),
    registry as (select person_no, row_number() over (order by person_no) - 1 as place, count(*) over () as persons from named where source = 'registry'),
    household as (select person_no, row_number() over (order by person_no) - 1 as place, count(*) over () as persons from named where source = 'household'),
    random_pairs as (
        select distinct d.person_no as left_no, h.person_no as right_no
        from (select person_no, place, round_no from registry cross join (select unnest(range(1, 21)) as round_no) as rounds
              where place % greatest(1, (persons + 1999) // 2000) = 0) as d
        join (select max(persons) as persons from household) as n on true
        join household as h on h.place = (d.place * 7919 + d.round_no * 104729) % n.persons
    ),
    pairs as (
        select left_no, right_no, 'cross' as kind from cross_pairs
        union all select left_no, right_no, 'random' as kind from random_pairs
    ),
    beside as (
        select
            c.left_no, c.right_no, c.kind, l.words as left_words, r.words as right_words, list_intersect(l.words, r.words) as shared_words,
            l.whole_name = r.whole_name or l.name_in_order = r.name_in_order as same_letters,
            l.number as left_number, r.number as right_number, l.birth as left_birth, r.birth as right_birth,
            2.0 * length(list_intersect(l.pieces, r.pieces)) / (length(l.pieces) + length(r.pieces)) as address_share,
            l.sex as left_sex, r.sex as right_sex, l.phone as left_phone, r.phone as right_phone,
            l.guardian as left_guardian, r.guardian as right_guardian, l.has_family or r.has_family as has_family,
            l.place as left_place, r.place as right_place
        from pairs as c
        join spelled_records as l on l.person_no = c.left_no
        join spelled_records as r on r.person_no = c.right_no
    ),
    counted as (
        select *,
            length(left_words) as left_count, length(right_words) as right_count, length(shared_words) as same_words,
            length(list_filter(left_words, lambda a: not list_contains(shared_words, a)
                and length(list_filter(right_words, lambda b: not list_contains(shared_words, b) and words_near(a, b))) > 0)) as near_words
        from beside
    )
select
    left_no, right_no, kind, shared_words, has_family,
    case when least(left_count, right_count) = 0 then 'blank'
         when same_letters or same_words >= 2 and same_words = greatest(left_count, right_count) then case when greatest(left_count, right_count) = 1 then 'one_word' else 'same' end
         when least(left_count, right_count) >= 2 and same_words + near_words >= greatest(left_count, right_count) then 'near'
         when least(left_count, right_count) >= 2 and same_words + near_words >= 2 then 'near'
         when least(left_count, right_count) = 1 and same_words = 1 then 'one_word'
         when least(left_count, right_count) = 1 and near_words >= 1 then 'one_near'
         when same_words >= 1 then 'half'
         when near_words >= 1 then 'half_near'
         else 'differ' end as name,
    case when left_number is null or right_number is null then 'blank' else digits_level(left_number, right_number) end as id_number,
    case when left_birth is null or right_birth is null then 'blank'
         when left_birth = right_birth then 'same'
         when digits_level(left_birth, right_birth) = 'near' then 'near'
         when length(left_birth) = 8 and length(right_birth) = 8 and (
              substr(left_birth, 1, 4) = substr(right_birth, 1, 4) and substr(left_birth, 5, 2) = substr(right_birth, 7, 2) and substr(left_birth, 7, 2) = substr(right_birth, 5, 2))
              then 'near'
         when substr(left_birth, 1, 6) = substr(right_birth, 1, 6) or substr(left_birth, 5) = substr(right_birth, 5)
              or substr(left_birth, 1, 4) = substr(right_birth, 1, 4) and right(left_birth, 2) = right(right_birth, 2) then 'part'
         else 'differ' end as birth_date,
    case when address_share is null then 'blank' when address_share >= 0.85 then 'same' when address_share >= 0.55 then 'near'
         when address_share >= 0.35 then 'part' else 'differ' end as address,
    case when left_phone is null or right_phone is null then 'blank' else digits_level(left_phone, right_phone) end as phone,
    case when left_guardian is null or right_guardian is null then 'blank' when left_guardian = right_guardian then 'same'
         when words_near(left_guardian, right_guardian) then 'near' else 'differ' end as guardian,
    case when left_sex is null or right_sex is null then 'blank' when left_sex = right_sex then 'same' else 'differ' end as sex,
    case when left_place is null or right_place is null then 'blank' when left_place = right_place then 'same' else 'differ' end as place
from counted
