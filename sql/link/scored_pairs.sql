-- The match weight of every candidate pair, in bits, with the prior that a pair of its kind is one child.
-- One row per candidate pair of the kinds cross, duplicate and other.
-- Names weigh by their own frequency (a shared rare name says more). Where family evidence agrees the alternative is a
-- brother or sister, who shares the surname and often a character: then a name that is only similar says little, and next
-- to nothing where that could be a twin.
-- An equal birth date tells nothing beside an equal number, which contains it. The prior of cross pairs is the number of children
-- expected among the open records (by the share of numbered children found on the other side) over the pairs possible.
with
    aside as (select count(*) as pairs from sure_pairs where is_settled),
    known as (select count(*) filter (source = 'registry') as registry, count(*) filter (source = 'household') as household from person_records where name_key is not null),
    total as (
        select greatest(k.registry + k.household + 2 * a.pairs, 1) as records, greatest(k.registry + a.pairs, 1) as registry, greatest(k.household + a.pairs, 1) as household
        from known as k join aside as a on true
    ),
    by_name as (select name_key, sum(records) as records from person_names group by name_key),
    by_sound as (select name_sound, sum(records) as records from person_names group by name_sound),
    by_head as (select coalesce(surname, substr(name_key, 1, 2)) as head, sum(records) as records from person_names group by head),
    by_given as (select given, sum(records) as records from person_names group by given),
    with_number as (
        select count(*) filter (source = 'registry') as registry, count(*) filter (source = 'household') as household
        from person_records where id_kind = 'valid' and in_force
    ),
    numbered as (select n.registry + a.pairs as registry, n.household + a.pairs as household from with_number as n join aside as a on true),
    by_number as (select count(*) as pairs from number_links where left_source = 'registry' and right_source = 'household'),
    found as (select n.pairs + a.pairs as pairs from by_number as n join aside as a on true),
    waiting as (
        select
            count(*) filter (p.source = 'registry') as registry, count(*) filter (p.source = 'household') as household,
            count(*) filter (p.source = 'registry' and p.id_kind <> 'valid') as registry_blank,
            count(*) filter (p.source = 'household' and p.id_kind <> 'valid') as household_blank
        from open_records as o join person_records as p on p.person_no = o.person_no
    ),
    expected as (
        select
            greatest(w.registry, 1) as registry, greatest(w.household, 1) as household,
            greatest(least(
                w.registry_blank * case when n.registry >= 100 then f.pairs * 1.0 / n.registry else 0.85 end
                + w.household_blank * case when n.household >= 100 then f.pairs * 1.0 / n.household else 0.85 end,
                0.95 * least(w.registry, w.household)), 0.05 * least(w.registry, w.household), 0.5) as children
        from waiting as w join numbered as n on true join found as f on true
    ),
    -- Kept whole: the many joins to short tables that follow share the work among processors only over rows already gathered.
    named as materialized (
        select
            p.*, l.in_force as left_in_force, r.in_force as right_in_force, l.name_key as left_name,
            case p.name
                when 'exact' then bn.records / t.records
                when 'former' then bn.records / t.records
                when 'sound' then bs.records / t.records
                when 'alike' then greatest(bs.records / t.records, bh.records / t.records * case when length(l.name_key) = 2 then 0.02 else 0.0004 end)
                when 'given' then bg.records / t.records
                when 'cut' then 2 / t.records + 0.000002
                when 'one_character' then bh.records / t.records * 0.02
                when 'one_of_two' then bh.records / t.records * 0.2
                else 0.998 end as chance,
            case when p.family in ('blank', 'differ') then 0
                 else case p.name when 'sound' then 0.02 when 'alike' then 0.03 when 'one_character' then 0.25 when 'one_of_two' then 0.25 when 'different' then 0.7 else 0 end
                      -- Who was born on the day besides would be a twin, and no twin of either is known.
                      * case when p.birth_date = 'same' and not p.twin and p.name in ('sound', 'alike', 'one_character') then 0.1 else 1 end
            end as chance_in_family,
            log2(case p.kind when 'cross' then e.children / (cast(e.registry as double) * e.household)
                             when 'other' then 0.9 / greatest(t.registry, t.household)
                             else 0.01 / case when p.left_source = 'registry' then t.registry when p.left_source = 'household' then t.household else 1000 end end) as prior,
            p.id_number = 'same' and not name_agrees(p.name) and p.family not in ('blank', 'differ') as in_family_by_number
        from pair_levels as p
        join person_records as l on l.person_no = p.left_no
        join person_records as r on r.person_no = p.right_no
        join total as t on true
        join expected as e on true
        left join by_name as bn on bn.name_key = l.name_key
        left join by_sound as bs on bs.name_sound = l.name_sound
        left join by_head as bh on bh.head = coalesce(l.surname, substr(l.name_key, 1, 2))
        left join by_given as bg on bg.given = l.given
        where p.kind in ('cross', 'duplicate', 'other')
    ),
    weighed as (
        select
            n.*,
            log2(wn.m / least(greatest(n.chance, n.chance_in_family, 0.0000002), 0.999)) as name_weight,
            -- Brothers and sisters get each other's number: in one family it only rules out strangers, and the written birth
            -- date says more.
            case when n.in_family_by_number then greatest(-n.prior, 9) else coalesce(wi.weight, 0) end as id_weight,
            case when n.id_number = 'same' and n.birth_date = 'same' and n.in_family_by_number and not n.twin then case when n.name = 'different' then 8 else 11 end
                 when n.id_number = 'same' and n.birth_date = 'same' then 0
                 when n.id_number in ('near', 'partly') then least(coalesce(wb.weight, 0), 4) else coalesce(wb.weight, 0) end as birth_weight,
            coalesce(ws.weight, 0) as sex_weight,
            -- Brothers and sisters share the family but never the name: beside the very name the cap on family evidence is not needed.
            case when n.name in ('exact', 'former') and wf.weight > 0 and not n.twin then log2(wf.m / wf.u) else coalesce(wf.weight, 0) end as family_weight,
            case when n.kind = 'duplicate' then greatest(coalesce(wp.weight, 0), 0) else coalesce(wp.weight, 0) end as place_weight,
            case when n.kind <> 'duplicate' then coalesce(wc.weight, 0) + coalesce(wg.weight, 0) else 0 end as school_weight
        from named as n
        join link_weights as wn on wn.field = 'name' and wn.level = n.name
        left join link_weights as wi on wi.field = 'id_number' and wi.level = n.id_number
        left join link_weights as wb on wb.field = 'birth_date' and wb.level = n.birth_date
        left join link_weights as ws on ws.field = 'sex' and ws.level = n.sex
        left join link_weights as wf on wf.field = 'family' and wf.level = n.family
        left join link_weights as wp on wp.field = 'place' and wp.level = n.place
        left join link_weights as wc on wc.field = 'school' and wc.level = n.school
        left join link_weights as wg on wg.field = 'grade' and wg.level = n.grade
    )
select
    w.left_no, w.right_no, w.kind, w.left_source, w.right_source, w.left_in_force, w.right_in_force,
    w.name, w.id_number, w.birth_date, w.sex, w.family, w.place, w.school, w.grade, w.twin,
    w.name_weight + w.id_weight + w.birth_weight + w.sex_weight + w.family_weight + w.place_weight + w.school_weight as weight,
    w.prior
from weighed as w
