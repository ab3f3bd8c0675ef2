-- The verdict on pairs of records with spelled names that nothing before has joined: link, review or neither.
-- One row per pair whose probability reaches $review_probability.
-- A shared word of the name weighs by its own frequency. Address, telephone, guardian and place are evidence of a household and are
-- capped at twelve bits together, so that brothers and sisters stay two; a name that differs beside another birth date (a
-- number used by two of a family) or beside the same household and another number (twins) is for people. Registers in
-- which nobody shares an address need neither. The prior is
-- that of the records still open, one of two of which is expected to have its other half; what the first round leaves is
-- judged once more, among far fewer. A link is the best of both sides at $link_probability and over.
with
    joined as (
        select left_no, right_no from number_links where left_source = 'registry' and right_source = 'household'
        union all select left_no, right_no from judged_pairs where verdict = 'link' and kind = 'cross'
    ),
    open_registry as (
        select s.person_no from spelled_records as s left join (select distinct left_no from joined) as j on j.left_no = s.person_no
        where s.source = 'registry' and j.left_no is null
    ),
    open_household as (
        select s.person_no from spelled_records as s left join (select distinct right_no from joined) as j on j.right_no = s.person_no
        where s.source = 'household' and j.right_no is null
    ),
    words as (select word, count(*) as bearers from (select unnest(words) as word from spelled_records) as each_word group by word),
    all_words as (select sum(bearers) as bearers, sum(cast(bearers as double) * bearers) as squares from words),
    -- Kept whole: DuckDB 2.0 loses rows of a numbered set that is joined with a part of itself.
    pairs as materialized (
        select p.*, row_number() over (order by p.left_no, p.right_no) as pair_no
        from spelled_pairs as p
        join open_registry as l on l.person_no = p.left_no
        join open_household as r on r.person_no = p.right_no
        where p.kind = 'cross'
    ),
    rarity as (
        select e.pair_no, sum(least(greatest(log2(a.squares / a.bearers / w.bearers), -4), 4)) as bits
        from (select pair_no, unnest(shared_words) as word from pairs) as e
        join words as w on w.word = e.word
        join all_words as a on true
        group by e.pair_no
    ),
    weighed as materialized (
        select
            p.*,
            coalesce(wn.weight, 0) + coalesce(f.bits, 0) + coalesce(wi.weight, 0) + coalesce(wb.weight, 0) + coalesce(ws.weight, 0)
                + least(coalesce(wa.weight, 0) + coalesce(wt.weight, 0) + coalesce(wg.weight, 0) + coalesce(wp.weight, 0), case when p.has_family then 12 else 99 end) as weight,
            case when not p.has_family then null
                 when p.name in ('differ', 'half', 'half_near') and p.birth_date not in ('same', 'near') and not (p.id_number in ('same', 'near') and p.name <> 'differ') then 'name_differs'
                 when p.name in ('differ', 'half', 'half_near') and p.id_number not in ('same', 'near') and p.address in ('same', 'near') then 'twins' end as doubt
        from pairs as p
        left join rarity as f on f.pair_no = p.pair_no
        left join spelled_weights as wn on wn.field = 'name' and wn.level = p.name
        left join spelled_weights as wi on wi.field = 'id_number' and wi.level = p.id_number
        left join spelled_weights as wb on wb.field = 'birth_date' and wb.level = p.birth_date
        left join spelled_weights as ws on ws.field = 'sex' and ws.level = p.sex
        left join spelled_weights as wa on wa.field = 'address' and wa.level = p.address
        left join spelled_weights as wt on wt.field = 'phone' and wt.level = p.phone
        left join spelled_weights as wg on wg.field = 'guardian' and wg.level = p.guardian
        left join spelled_weights as wp on wp.field = 'place' and wp.level = p.place
    ),
    at_first as (
        select log2(0.5 * least(l.records, r.records) / (cast(l.records as double) * r.records)) as prior
        from (select greatest(count(*), 1) as records from open_registry) as l
        cross join (select greatest(count(*), 1) as records from open_household) as r
    ),
    first_odds as (select w.*, power(2, greatest(least(w.weight + x.prior, 60), -60)) as odds from weighed as w join at_first as x on true),
    -- Kept whole: DuckDB 2.0 loses rows of a set that is joined with a part of itself.
    first_round as materialized (
        select *,
            odds / (1 + greatest(sum(odds) over (partition by left_no), sum(odds) over (partition by right_no))) as probability,
            row_number() over (partition by left_no order by weight desc, right_no) as left_place,
            row_number() over (partition by right_no order by weight desc, left_no) as right_place
        from first_odds
    ),
    found as materialized (
        select left_no, right_no from first_round
        where doubt is null and probability >= $link_probability and left_place = 1 and right_place = 1
    ),
    left_over as (
        select f.* exclude (odds, probability, left_place, right_place)
        from first_round as f
        left join found as l on l.left_no = f.left_no
        left join found as r on r.right_no = f.right_no
        where l.left_no is null and r.right_no is null
    ),
    at_last as (
        select log2(0.5 * least(l.records, r.records) / (cast(l.records as double) * r.records)) as prior
        from (select greatest(count(*) - (select count(*) from found), 1) as records from open_registry) as l
        cross join (select greatest(count(*) - (select count(*) from found), 1) as records from open_household) as r
    ),
    last_odds as (select w.*, power(2, greatest(least(w.weight + x.prior, 60), -60)) as odds from left_over as w join at_last as x on true),
    last_round as (
        select *,
            odds / (1 + greatest(sum(odds) over (partition by left_no), sum(odds) over (partition by right_no))) as probability,
            row_number() over (partition by left_no order by weight desc, right_no) as left_place,
            row_number() over (partition by right_no order by weight desc, left_no) as right_place
        from last_odds
    )
select f.left_no, f.right_no, f.name, f.id_number, f.birth_date, f.address, f.phone, f.guardian, f.sex, f.place, f.weight, f.probability, f.doubt, 'link' as verdict
from first_round as f join found as d on d.left_no = f.left_no and d.right_no = f.right_no
union all
select left_no, right_no, name, id_number, birth_date, address, phone, guardian, sex, place, weight, probability, doubt,
    case when doubt is null and probability >= $link_probability and left_place = 1 and right_place = 1 then 'link' else 'review' end as verdict
from last_round
where probability >= $review_probability
