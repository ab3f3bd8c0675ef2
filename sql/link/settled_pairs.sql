-- Of the sure pairs, those nothing more has to be compared with: they are linked, and the stages that follow see only the
-- rest, which makes a million records a matter of a tenth of them.
-- One row per such pair. Examples stay, and so does a pair of whose name and birth day another record of its own table
-- is still open: that may be the same child entered twice.
with
    rest as (
        select g.name, try_cast(regexp_replace(g.birth_date, '[^0-9]', '', 'g') as bigint) as birth
        from given_numbers as g left join sure_pairs as s on s.left_row = g.row_no
        where g.side = 'left' and s.left_row is null
        union all
        select g.name, try_cast(regexp_replace(g.birth_date, '[^0-9]', '', 'g') as bigint) as birth
        from given_numbers as g left join sure_pairs as s on s.right_row = g.row_no
        where g.side = 'right' and s.right_row is null
    )
select s.left_row, s.right_row, s.left_record_id, s.right_record_id, s.name
from sure_pairs as s
left join rest as o on o.name = s.name and o.birth = s.birth
where not s.is_example and o.name is null
