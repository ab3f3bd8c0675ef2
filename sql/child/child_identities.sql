-- What names each child for good: the id it already had, else the seed a new id is computed from.
-- One row per group of linked records.
-- Rule (design: data rules; issue "across periods"): a child keeps the id of the child of the period before it is
-- recognised as (known_children). A new child's seed is its valid number, else name and birth date, else name and
-- school: never the row's place in a file, so another order of files or a corrected file gives the same ids. Equal
-- seeds are told apart by a running number.
with seeds as (
    select
        *,
        case when id_number is not null then 'number|' || id_number
             when birth_date is not null then concat_ws('|', 'birth', name, birth_date, sex)
             else concat_ws('|', 'school', name, school_code) end as seed
    from root_identities
),
numbered as (
    select
        *,
        row_number() over (
            partition by seed
            order by name, birth_date, sex, school_code, grade, class_no, guardian_name, phone, root_record_id
        ) as seed_no
    from seeds
)
select
    numbered.root_record_id,
    known.child_id as known_child_id,
    numbered.seed || case when numbered.seed_no > 1 then '#' || numbered.seed_no else '' end as seed
from numbered
left join known_children as known on known.root_record_id = numbered.root_record_id
