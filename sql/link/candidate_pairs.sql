-- The pairs worth comparing, and two samples to learn the weights from.
-- One row per pair and kind: cross (registry with household, both open), duplicate (an open record with another of its
-- source), other (an open vocational, exempt or priority record with registry or household), confirmed (joined by number;
-- a fixed share, to estimate m), likely (where none are) and random (to estimate u).
-- Blocks: a birth date few open records share, birth date with surname (names that plainly differ only where a former name
-- or a broken number could still speak for them), birth date with given name, name with guardian, telephone, township or school, a rare
-- name alone, guardian's number with surname, and an equal number whose names disagree. Pairs inside one source take the
-- strictest of these only, because brothers and sisters share the others, and an equal number. Second entries already found by number stand
-- behind their first.
with
    persons as (
        select
            p.person_no, p.source, p.in_force, p.name_key, p.name_sound, coalesce(p.surname, substr(p.name_key, 1, 2)) as head, p.given,
            p.birth_date, p.guardian_name, p.guardian_id_number, p.guardian2_id_number, p.phone, p.township_code, p.school_code, p.address,
            p.id_kind in ('checksum', 'short17', 'truncated', 'masked', 'short15') or p.former_name_key is not null as has_more,
            o.person_no is not null as is_open
        from person_records as p
        left join open_records as o on o.person_no = p.person_no
        left join number_links as d on d.right_no = p.person_no and d.left_source = d.right_source
        where d.right_no is null and p.source <> 'attendance' and p.name_key is not null
    ),
    left_side as (select * from persons where source in ('registry', 'household')),
    right_side as (select * from persons where is_open),
    -- The blocks below meet the two once each: kept, not told apart from the others anew for every one.
    open_registry as materialized (select * from left_side where source = 'registry' and is_open),
    open_households as materialized (select * from right_side where source = 'household'),
    open_others as (select * from right_side where source not in ('registry', 'household')),
    crowded_days as (
        select birth_date, head from open_households where birth_date is not null group by birth_date, head having count(*) > 300
        union
        select birth_date, head from open_registry where birth_date is not null group by birth_date, head having count(*) > 300
    ),
    quiet_days as (select birth_date from open_households where birth_date is not null group by birth_date having count(*) <= 5),
    rare_left as (select name_key from left_side group by name_key having count(*) <= 6),
    cross_pairs as (
        select l.person_no as left_no, r.person_no as right_no
        from open_registry as l join open_households as r on r.birth_date = l.birth_date and r.head = l.head
        left join crowded_days as c on c.birth_date = l.birth_date and c.head = l.head
        where l.name_sound = r.name_sound
            or c.head is null and (l.has_more or r.has_more or not names_clearly_differ(l.name_key, r.name_key))
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.birth_date = l.birth_date and r.given = l.given
        where l.head <> r.head
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.name_key = l.name_key and r.guardian_name = l.guardian_name
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.name_key = l.name_key and r.phone = l.phone
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.name_key = l.name_key and r.township_code = l.township_code
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.guardian_id_number = l.guardian_id_number and r.head = l.head
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.guardian2_id_number = l.guardian_id_number and r.head = l.head
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.guardian_id_number = l.guardian2_id_number and r.head = l.head
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.name_key = l.name_key
        join rare_left as n on n.name_key = l.name_key
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.address = l.address and r.birth_date = l.birth_date
        union select l.person_no, r.person_no from open_registry as l join open_households as r on r.birth_date = l.birth_date
        join quiet_days as q on q.birth_date = l.birth_date
        union select n.left_no, n.right_no from number_pairs as n
        join open_registry as l on l.person_no = n.left_no join open_households as r on r.person_no = n.right_no
    ),
    other_pairs as (
        select l.person_no as left_no, r.person_no as right_no
        from left_side as l join open_others as r on r.birth_date = l.birth_date and r.head = l.head
        union select l.person_no, r.person_no from left_side as l join open_others as r on r.birth_date = l.birth_date and r.given = l.given
        union select l.person_no, r.person_no from left_side as l join open_others as r on r.name_key = l.name_key and r.guardian_name = l.guardian_name
        union select l.person_no, r.person_no from left_side as l join open_others as r on r.name_key = l.name_key and r.phone = l.phone
        union select l.person_no, r.person_no from left_side as l join open_others as r on r.name_key = l.name_key and r.school_code = l.school_code
        union select l.person_no, r.person_no from left_side as l join open_others as r on r.guardian_id_number = l.guardian_id_number and r.head = l.head
        union select l.person_no, r.person_no from left_side as l join open_others as r on r.name_key = l.name_key
        join rare_left as n on n.name_key = l.name_key
        union select n.left_no, n.right_no from number_pairs as n
        join left_side as l on l.person_no = n.left_no join open_others as r on r.person_no = n.right_no
    ),
    same_source as (
        select l.person_no as left_no, r.person_no as right_no, l.is_open as both_open, l.in_force as left_in_force, r.in_force as right_in_force
        from persons as l join right_side as r on r.source = l.source and r.birth_date = l.birth_date and r.name_sound = l.name_sound
        where l.person_no <> r.person_no
        union select l.person_no, r.person_no, l.is_open, l.in_force, r.in_force
        from persons as l join right_side as r on r.source = l.source and r.name_key = l.name_key and r.guardian_id_number = l.guardian_id_number
        where l.person_no <> r.person_no
        union select l.person_no, r.person_no, l.is_open, l.in_force, r.in_force
        from persons as l join right_side as r on r.source = l.source and r.name_key = l.name_key and r.phone = l.phone
        where l.person_no <> r.person_no
        union select l.person_no, r.person_no, l.is_open, l.in_force, r.in_force
        from number_pairs as n join persons as l on l.person_no = n.left_no join right_side as r on r.person_no = n.right_no
        where n.left_source = n.right_source
    ),
    -- Where sure pairs are set aside, those kept as examples stand for them one in so many; the others are drawn as thinly.
    examples as (
        select p.person_no, s.share from sure_pairs as s join person_records as p on p.record_id = 'l:' || s.left_record_id where s.is_example and s.share > 1
    ),
    confirmed as (
        select n.left_no, n.right_no, e.person_no is not null as is_example,
            row_number() over (partition by e.person_no is not null order by n.right_no, n.left_no) as turn,
            coalesce(max(e.share) over (), count(*) over () // 40000) as share
        from number_pairs as n left join examples as e on e.person_no = n.left_no
        where n.left_source = 'registry' and n.right_source = 'household' and n.name_level <> 'different'
    ),
    -- Without numbers nothing is confirmed. A rare name with its birth day is nearly so, and shows at least how often place,
    -- sex and family agree.
    likely as (
        select l.person_no as left_no, r.person_no as right_no, row_number() over (order by l.person_no, r.person_no) as turn, count(*) over () as pairs
        from open_registry as l join open_households as r on r.name_key = l.name_key and r.birth_date = l.birth_date
        join rare_left as n on n.name_key = l.name_key
        join (select count(*) as pairs from confirmed) as c on c.pairs < 300
    ),
    registry as (select person_no, row_number() over (order by person_no) - 1 as place, count(*) over () as persons from persons where source = 'registry'),
    household as (select person_no, row_number() over (order by person_no) - 1 as place, count(*) over () as persons from persons where source = 'household'),
    drawn as (
        select person_no, place, round_no, persons from registry cross join (select unnest(range(1, 21)) as round_no) as rounds
        where place % greatest(1, (persons + 1999) // 2000) = 0
    ),
    random as (
        select d.person_no as left_no, h.person_no as right_no
        from drawn as d
        join (select max(persons) as persons from household) as n on true
        join household as h on h.place = (d.place * 7919 + d.round_no * 104729) % n.persons
    )
select left_no, right_no, 'cross' as kind from cross_pairs
union all select left_no, right_no, 'other' as kind from other_pairs
union all
select left_no, right_no, 'duplicate' as kind from same_source
where not both_open or left_in_force and not right_in_force or left_in_force = right_in_force and left_no < right_no
union all select left_no, right_no, 'confirmed' as kind from confirmed where is_example or turn % greatest(1, share) = 0
union all select left_no, right_no, 'likely' as kind from likely where turn % greatest(1, pairs // 20000) = 0
union all select left_no, right_no, 'random' as kind from random group by left_no, right_no
