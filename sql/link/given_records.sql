-- The records of two tables handed to `baoxue link` that are not settled at once.
-- One row per record; ids get a letter of their side, so that the two tables' never meet. The left table is read like a
-- registry and the right one like a household register.
select
    'registry' as side, 'l:' || g.record_id as record_id, g.name, g.former_name, g.id_number, g.birth_date, g.sex, g.district_code, g.township_code,
    g.school_code, g.grade, g.class_no, g.guardian_name, g.guardian_id_number, g.phone, g.address
from given_left as g left join settled_pairs as s on s.left_record_id = g.record_id
where s.left_record_id is null
union all
select
    'household' as side, 'r:' || g.record_id as record_id, g.name, g.former_name, g.id_number, g.birth_date, g.sex, g.district_code, g.township_code,
    g.school_code, g.grade, g.class_no, g.guardian_name, g.guardian_id_number, g.phone, g.address
from given_right as g left join settled_pairs as s on s.right_record_id = g.record_id
where s.right_record_id is null
