-- Of the sure pairs, those nothing more has to be compared with: they are linked, and the stages that follow see only the
-- rest, which makes a million records a matter of a tenth of them.
-- One row per such pair. Examples stay, and so does a pair of whose name and birth day another record of its own table
-- is still open: that may be the same child entered twice.
with
    rest as (
        select g.name, g.birth_date
        from given_numbers as g left join sure_pairs as s on s.left_row = g.row_no
        where g.side = 'left' and s.left_row is null
        union all
        select g.name, g.birth_date
        from given_numbers as g left join sure_pairs as s on s.right_row = g.row_no
        where g.side = 'right' and s.right_row is null
    ),
    born as (
        select name,
            try_cast(case when birth_date like '____-__-__' then replace(birth_date, '-', '') else regexp_replace(birth_date, '[^0-9]', '', 'g') end as bigint) as birth
        from rest
    )
select s.left_row, s.right_row, s.left_record_id, s.right_record_id, s.name
from sure_pairs as s
left join born as o on o.name = s.name and o.birth = s.birth
where not s.is_example and o.name is null
