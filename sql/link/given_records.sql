-- The records of two tables handed to `baoxue link` that are not settled at once.
-- One row per record; ids get a letter of their side, so that the two tables' never meet. The left table is read like a
-- registry and the right one like a household register.
with
    settled as (select left_row, right_row from sure_pairs where is_settled),
    open_left as (
        select n.row_no from given_numbers as n left join settled as s on s.left_row = n.row_no where n.side = 'left' and s.left_row is null
    ),
    open_right as (
        select n.row_no from given_numbers as n left join settled as s on s.right_row = n.row_no where n.side = 'right' and s.right_row is null
    )
select
    'registry' as side, 'l:' || g.record_id as record_id, g.name, g.former_name, g.id_number, g.birth_date, g.sex, g.district_code, g.township_code,
    g.school_code, g.grade, g.class_no, g.guardian_name, g.guardian_id_number, g.phone, g.address
from given_left as g join open_left as o on o.row_no = g.row_no
union all
select
    'household' as side, 'r:' || g.record_id as record_id, g.name, g.former_name, g.id_number, g.birth_date, g.sex, g.district_code, g.township_code,
    g.school_code, g.grade, g.class_no, g.guardian_name, g.guardian_id_number, g.phone, g.address
from given_right as g join open_right as o on o.row_no = g.row_no
