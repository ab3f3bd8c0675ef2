-- The Fellegi–Sunter weights of spelled names for the run: m, u and log2 of their ratio for every field and level.
-- One row per field and level. u comes from random pairs. m of a field comes from the pairs that agree wholly in at least
-- two of number, name, birth date, telephone and address without it: what the others confirm, each field is measured by. Priors
-- (spelled_priors) count as a hundred pairs, and stand alone where a run has too little to learn from; a level no random
-- pair shows is taken to be as rare as the prior says, not rarer.
with
    priors as (select field, level, cast(m as double) as m, cast(u as double) as u from spelled_priors),
    marked as (
        select *, case when id_number = 'same' then 1 else 0 end + case when name = 'same' then 1 else 0 end
            + case when birth_date = 'same' then 1 else 0 end + case when address = 'same' then 1 else 0 end + case when phone = 'same' then 1 else 0 end as agreeing
        from spelled_pairs
    ),
    seen as (
        select kind, field, level, count(*) as pairs
        from (
            select kind, 'name' as field, name as level from marked where kind = 'random' or agreeing - case when name = 'same' then 1 else 0 end >= 2
            union all select kind, 'id_number', id_number from marked where kind = 'random' or agreeing - case when id_number = 'same' then 1 else 0 end >= 2
            union all select kind, 'birth_date', birth_date from marked where kind = 'random' or agreeing - case when birth_date = 'same' then 1 else 0 end >= 2
            union all select kind, 'address', address from marked where kind = 'random' or agreeing - case when address = 'same' then 1 else 0 end >= 2
            union all select kind, 'phone', phone from marked where kind = 'random' or agreeing - case when phone = 'same' then 1 else 0 end >= 2
            union all select kind, 'guardian', guardian from marked where kind = 'random' or agreeing >= 2
            union all select kind, 'sex', sex from marked where kind = 'random' or agreeing >= 2
            union all select kind, 'place', place from marked where kind = 'random' or agreeing >= 2
        ) as observed
        where level <> 'blank'
        group by kind, field, level
    ),
    counted as (
        select
            p.field, p.level, p.m as prior_m, p.u as prior_u, coalesce(c.pairs, 0) as pairs_m, coalesce(r.pairs, 0) as pairs_u,
            sum(coalesce(c.pairs, 0)) over (partition by p.field) as all_m, sum(coalesce(r.pairs, 0)) over (partition by p.field) as all_u
        from priors as p
        left join seen as c on c.kind = 'cross' and c.field = p.field and c.level = p.level
        left join seen as r on r.kind = 'random' and r.field = p.field and r.level = p.level
    ),
    estimated as (
        select *,
            case when all_m >= 100 then (pairs_m + 100 * prior_m) / (all_m + 100) else prior_m end as m,
            case when all_u >= 100 then greatest((pairs_u + 100 * prior_u) / (all_u + 100), least(prior_u, 1.0 / all_u)) else prior_u end as u
        from counted
    )
select
    field, level, m, u, log2(m / u) as weight, cast(pairs_m as bigint) as pairs_m, cast(pairs_u as bigint) as pairs_u,
    case when all_m >= 100 then 'estimated' else 'prior' end as origin
from estimated
