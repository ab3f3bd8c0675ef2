-- Records known by one and the same number, valid or of another document, compared by name.
-- One row per pair of records with an equal number; left is nearer the roll, inside one source the entry in force.
-- A number that more than eight records of one source carry is a stop-gap, not a number, and makes no pairs.
with
    numbered as (
        select
            p.person_no, k.id_number, p.source, p.in_force,
            case p.source when 'registry' then 1 when 'household' then 2 when 'attendance' then 3 when 'vocational' then 4 when 'exempt' then 5 else 6 end as nearness
        from known_numbers as k join person_records as p on p.person_no = k.person_no
    ),
    stop_gaps as (
        select distinct id_number from numbered where source <> 'attendance' group by id_number, source having count(*) > 8
    ),
    -- Paired by number alone; names are fetched for the pairs.
    pairs as (
        select l.person_no as left_no, r.person_no as right_no
        from numbered as l
        join numbered as r
            on r.id_number = l.id_number
            and (l.nearness < r.nearness
                 or l.nearness = r.nearness and l.source <> 'attendance'
                    and (l.in_force and not r.in_force or l.in_force = r.in_force and l.person_no < r.person_no))
        where l.id_number not in (select id_number from stop_gaps)
            and not (l.source = 'attendance')
    )
select
    n.left_no, n.right_no, l.source as left_source, r.source as right_source,
    l.in_force as left_in_force, birth_level(l.birth_date, r.birth_date) as birth_date,
    name_level(l.name_key, r.name_key, l.former_name_key, r.former_name_key, l.name_shape, r.name_shape, l.name_sound, r.name_sound, l.given, r.given) as name_level,
    coalesce(l.school_code = r.school_code and l.grade = r.grade and l.class_no = r.class_no, false) as same_class
from pairs as n
join person_records as l on l.person_no = n.left_no
join person_records as r on r.person_no = n.right_no
