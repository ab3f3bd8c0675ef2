-- Records with a brother or sister born the same day in their own source: only an exact name tells these apart.
-- One row per such record. Same family = same guardian number, same household number, or same guardian name and telephone.
with
    families as (
        select person_no, source, birth_date, name_key, guardian_id_number as family from person_records where birth_date is not null and guardian_id_number is not null
        union all select person_no, source, birth_date, name_key, household_no as family from person_records where birth_date is not null and household_no is not null
        union all select person_no, source, birth_date, name_key, concat(guardian_name, phone) as family from person_records
        where birth_date is not null and guardian_name is not null and phone is not null
    ),
    several as (
        select source, birth_date, family from families group by source, birth_date, family having min(name_key) <> max(name_key)
    )
select distinct f.person_no
from families as f
join several as s on s.source = f.source and s.birth_date = f.birth_date and s.family = f.family
