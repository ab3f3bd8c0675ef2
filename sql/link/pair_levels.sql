-- How far the two records of a pair agree, field by field.
-- One row per candidate pair and kind. Family evidence is one level (guardian, telephone and address together), so that
-- it never counts twice; two valid numbers that differ are two people, unless one of them is known to be another's:
-- carried by a third record of another name, or by a guardian (level others_number). A registry number of a child without
-- a citizen number (J or L, region, birth date, order) states the birth date a second time: one of the two may be mistyped.
-- On one and the same number a twin is to be feared only while it is not joined itself.
with
    disputed as (
        select left_no as person_no from number_pairs where not name_agrees(name_level)
        union select right_no from number_pairs where not name_agrees(name_level)
    ),
    involved as (select left_no as person_no from candidate_pairs union select right_no from candidate_pairs),
    -- What the pairs are about, fetched once: they are few beside all records.
    persons as (
        select
            p.person_no, p.source, p.name_key, p.former_name_key, p.name_sound, p.given, p.id_number, p.id_kind, p.id_prefix, p.birth_date,
            case when regexp_full_match(upper(p.pupil_no), '[JL][0-9]{17}[0-9X]') then id_birth_date(substr(p.pupil_no, 2)) end as birth_in_pupil_no,
            p.sex, p.guardian_name, p.guardian2_name, p.guardian_id_number, p.guardian2_id_number, p.phone, p.address, p.township_code, p.district_code,
            p.school_code, p.grade, k.id_number as known_number, d.person_no is not null as is_disputed, t.person_no is not null as is_twin,
            t.person_no is not null and not coalesce(t.others_joined, false) as has_open_twin
        from involved as i
        join person_records as p on p.person_no = i.person_no
        left join known_numbers as k on k.person_no = i.person_no
        left join disputed as d on d.person_no = i.person_no
        left join twins as t on t.person_no = i.person_no
    ),
    compared as materialized (
        select
            c.left_no, c.right_no, c.kind, l.source as left_source, r.source as right_source,
            name_level_at_sight(l.name_key, r.name_key, l.former_name_key, r.former_name_key, l.name_sound, r.name_sound, l.given, r.given) as name,
            case when l.known_number = r.known_number then 'same' else id_level_at_sight(l.id_number, r.id_number, l.id_kind, r.id_kind) end as id_number,
            l.is_disputed or r.is_disputed
                or coalesce(l.id_number in (r.guardian_id_number, r.guardian2_id_number, l.guardian_id_number, l.guardian2_id_number), false)
                or coalesce(r.id_number in (r.guardian_id_number, r.guardian2_id_number, l.guardian_id_number, l.guardian2_id_number), false) as is_others,
            case when l.birth_in_pupil_no = r.birth_date or r.birth_in_pupil_no = l.birth_date then 'same'
                 else birth_level(l.birth_date, r.birth_date) end as birth_date,
            case when l.sex is null or r.sex is null then 'blank' when l.sex = r.sex then 'same' else 'differ' end as sex,
            family_level(l.guardian_name, l.guardian2_name, l.guardian_id_number, l.guardian2_id_number, l.phone, l.address,
                         r.guardian_name, r.guardian2_name, r.guardian_id_number, r.guardian2_id_number, r.phone, r.address) as family,
            case when length(l.township_code) > 0 and l.township_code = r.township_code then 'township'
                 when l.district_code = r.district_code then 'district' else 'differ' end as place,
            case when l.school_code is null or r.school_code is null then 'blank' when l.school_code = r.school_code then 'same' else 'differ' end as school,
            case when l.grade is null or r.grade is null then 'blank' when l.grade = r.grade then 'same'
                 when abs(l.grade - r.grade) = 1 then 'near' else 'differ' end as grade,
            case when l.known_number = r.known_number then l.has_open_twin or r.has_open_twin else l.is_twin or r.is_twin end as twin
        from candidate_pairs as c
        join persons as l on l.person_no = c.left_no
        join persons as r on r.person_no = c.right_no
    ),
    -- Few pairs have names or numbers that must be looked at sign by sign; these are gathered, which is what makes it fast.
    unclear_names as materialized (select distinct left_no, right_no from compared where name is null),
    taken_apart as materialized (
        select p.person_no, p.name_key, p.given, string_split(p.name_shape, ' ') as glyphs, string_split(p.name_sound, ' ') as sounds
        from person_records as p
        join (select left_no as person_no from unclear_names union select right_no from unclear_names) as u on u.person_no = p.person_no
    ),
    names as (
        select
            u.left_no, u.right_no,
            name_level_closely(l.name_key, r.name_key, l.glyphs, r.glyphs, l.sounds, r.sounds, l.given, r.given) as name
        from unclear_names as u
        join taken_apart as l on l.person_no = u.left_no
        join taken_apart as r on r.person_no = u.right_no
    ),
    unclear_numbers as materialized (select distinct left_no, right_no from compared where id_number is null),
    numbers as (
        select u.left_no, u.right_no, id_level(l.id_number, r.id_number, l.id_kind, r.id_kind, l.id_prefix, r.id_prefix) as id_number
        from unclear_numbers as u
        join persons as l on l.person_no = u.left_no
        join persons as r on r.person_no = u.right_no
    ),
    told as (
        select c.* exclude (name, id_number), coalesce(c.name, n.name) as name, coalesce(c.id_number, i.id_number) as id_number
        from compared as c
        left join names as n on n.left_no = c.left_no and n.right_no = c.right_no
        left join numbers as i on i.left_no = c.left_no and i.right_no = c.right_no
    )
select
    left_no, right_no, kind, left_source, right_source, name,
    case when id_number = 'two_valid' and is_others then 'others_number' else id_number end as id_number,
    birth_date, sex, family, place, school, grade, twin
from told
