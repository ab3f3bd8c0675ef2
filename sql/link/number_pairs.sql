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
    ),
    compared as materialized (
        select
            n.left_no, n.right_no, l.source as left_source, r.source as right_source,
            l.in_force as left_in_force, birth_level(l.birth_date, r.birth_date) as birth_date,
            name_level_at_sight(l.name_key, r.name_key, l.former_name_key, r.former_name_key, l.name_sound, r.name_sound, l.given, r.given) as name_level,
            coalesce(l.school_code = r.school_code and l.grade = r.grade and l.class_no = r.class_no, false) as same_class
        from pairs as n
        join person_records as l on l.person_no = n.left_no
        join person_records as r on r.person_no = n.right_no
    ),
    -- Few pairs have names that must be looked at sign by sign; these are gathered, which is what makes it fast.
    unclear as materialized (select left_no, right_no from compared where name_level is null),
    taken_apart as materialized (
        select p.person_no, p.name_key, p.given, string_split(p.name_shape, ' ') as glyphs, string_split(p.name_sound, ' ') as sounds
        from person_records as p
        join (select left_no as person_no from unclear union select right_no from unclear) as u on u.person_no = p.person_no
    ),
    names as (
        select
            u.left_no, u.right_no,
            name_level_closely(l.name_key, r.name_key, l.glyphs, r.glyphs, l.sounds, r.sounds, l.given, r.given) as name_level
        from unclear as u
        join taken_apart as l on l.person_no = u.left_no
        join taken_apart as r on r.person_no = u.right_no
    )
select
    c.left_no, c.right_no, c.left_source, c.right_source, c.left_in_force, c.birth_date, coalesce(c.name_level, n.name_level) as name_level, c.same_class
from compared as c
left join names as n on n.left_no = c.left_no and n.right_no = c.right_no
