-- Records with a brother or sister born the same day in their own source: only an exact name tells these apart.
-- One row per such record. Same family = same guardian number, same household number, or same guardian name and telephone.
-- Once the others of the family are joined by number and name to the other register (others_joined), a number on this record is
-- not theirs.
with
    families as (
        select person_no, source, birth_date, name_key, guardian_id_number as family from person_records where birth_date is not null and guardian_id_number is not null
        union all select person_no, source, birth_date, name_key, household_no as family from person_records where birth_date is not null and household_no is not null
        union all select person_no, source, birth_date, name_key, concat(guardian_name, phone) as family from person_records
        where birth_date is not null and guardian_name is not null and phone is not null
    ),
    -- Counted first: names are compared only where a family has several born that day.
    shared as (select source, birth_date, family from families group by source, birth_date, family having count(*) > 1),
    relatives as (
        select f.* from families as f join shared as s on s.source = f.source and s.birth_date = f.birth_date and s.family = f.family
    ),
    several as (
        select source, birth_date, family from relatives group by source, birth_date, family having min(name_key) <> max(name_key)
    ),
    members as (
        select r.* from relatives as r join several as s on s.source = r.source and s.birth_date = r.birth_date and s.family = r.family
    ),
    joined as (
        select left_no as person_no from number_links where left_source = 'registry' and right_source = 'household' and name_level = 'exact'
        union select right_no from number_links where left_source = 'registry' and right_source = 'household' and name_level = 'exact'
    ),
    unjoined as (
        select m.* from members as m left join joined as j on j.person_no = m.person_no where j.person_no is null
    ),
    with_others as (
        select distinct m.person_no
        from members as m
        join unjoined as u on u.source = m.source and u.birth_date = m.birth_date and u.family = m.family and u.name_key <> m.name_key
    )
select m.person_no, w.person_no is null as others_joined
from (select distinct person_no from members) as m left join with_others as w on w.person_no = m.person_no
