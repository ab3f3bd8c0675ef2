-- The Fellegi–Sunter weights of the run: for every field and level, how often it is seen when two records are one child
-- (m) and when they are not (u), and log2 of their ratio.
-- One row per field and level. m comes from pairs confirmed by number (place, sex and family, where there are none, from
-- pairs likely by name and birth date), u from random pairs; the priors of link_priors count as three hundred pairs more,
-- and stand for what confirmed pairs cannot show (the number itself, school, grade).
-- Estimates are kept within a factor of eight of the prior (u of fifty: a guardian's number is shared by one pair of
-- strangers in a million), and m and u away from nought: a run of one small district must not learn certainties. Family
-- evidence is capped at twelve bits: twins share it.
with
    priors as (select field, level, cast(m as double) as m, cast(u as double) as u, coalesce(estimated, '') as estimated from link_priors),
    seen as (
        select kind, field, level, count(*) as pairs
        from (
            select kind, 'name' as field, name as level from pair_levels where kind in ('confirmed', 'random')
            union all select kind, 'birth_date' as field, birth_date as level from pair_levels where kind in ('confirmed', 'random')
            union all select case kind when 'likely' then 'confirmed' else kind end as kind, 'sex' as field, sex as level from pair_levels where kind in ('confirmed', 'likely', 'random')
            union all select case kind when 'likely' then 'confirmed' else kind end as kind, 'family' as field, family as level from pair_levels where kind in ('confirmed', 'likely', 'random')
            union all select case kind when 'likely' then 'confirmed' else kind end as kind, 'place' as field, place as level from pair_levels where kind in ('confirmed', 'likely', 'random')
        ) as observed
        where level <> 'blank'
        group by kind, field, level
    ),
    counted as (
        select
            p.field, p.level, p.m as prior_m, p.u as prior_u,
            coalesce(c.pairs, 0) as pairs_m, coalesce(r.pairs, 0) as pairs_u,
            sum(coalesce(c.pairs, 0)) over (partition by p.field) as all_m, sum(coalesce(r.pairs, 0)) over (partition by p.field) as all_u,
            p.estimated in ('m', 'both') as learns_m, p.estimated in ('u', 'both') as learns_u
        from priors as p
        left join seen as c on c.kind = 'confirmed' and c.field = p.field and c.level = p.level
        left join seen as r on r.kind = 'random' and r.field = p.field and r.level = p.level
    ),
    estimated as (
        select
            *,
            case when learns_m and all_m >= 300 then least(greatest((pairs_m + 300 * prior_m) / (all_m + 300), prior_m / 8), prior_m * 8, 0.999) else prior_m end as m,
            case when learns_u and all_u >= 300 then least(greatest((pairs_u + 300 * prior_u) / (all_u + 300), prior_u / 50), prior_u * 50, 0.999) else prior_u end as u
        from counted
    )
select
    $period as period, '000000' as district_code, field, level, m, u,
    least(log2(m / u), case when field = 'family' then 12 else 99 end) as weight,
    cast(pairs_m as bigint) as pairs_m, cast(pairs_u as bigint) as pairs_u,
    case when learns_m and all_m >= 300 then 'estimated' else 'prior' end as origin
from estimated
order by field, level
