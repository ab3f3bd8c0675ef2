-- The id of each child: the one it already had, else a keyed digest (HMAC-SHA256) of its seed, in hexadecimal and shortened.
-- One row per group of linked records.
-- Rule: without the key nobody can compute an id back to a number. An id that names another child already, of the period
-- before or of another seed, is never given again: its seed is then numbered.
with digested as materialized (
    select
        root_record_id, known_child_id, seed,
        case when known_child_id is null then left(keyed_digest($id_key_outer, $id_key_inner, seed), $id_length) end as child_id
    from child_identities
),
shared as (
    select child_id, min(seed) as first_seed from digested where child_id is not null
    group by child_id having count(*) > 1
),
refused as (
    select new.root_record_id, new.seed
    from digested as new
    join (select distinct child_id from previous_children) as used on used.child_id = new.child_id
    union
    select new.root_record_id, new.seed
    from digested as new
    join shared on shared.child_id = new.child_id and shared.first_seed <> new.seed
),
numbered as (
    select
        refused.root_record_id, tries.number,
        left(keyed_digest($id_key_outer, $id_key_inner, refused.seed || '~' || tries.number), $id_length) as child_id
    from refused
    cross join (select unnest(range(1, 100)) as number) as tries
),
free as (
    select numbered.root_record_id, arg_min(numbered.child_id, numbered.number) as child_id
    from numbered
    left join (select child_id from previous_children union select child_id from digested) as used
        on used.child_id = numbered.child_id
    where used.child_id is null
    group by numbered.root_record_id
)
select digested.root_record_id, coalesce(digested.known_child_id, free.child_id, digested.child_id) as child_id
from digested
left join free on free.root_record_id = digested.root_record_id
