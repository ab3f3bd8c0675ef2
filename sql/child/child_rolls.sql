-- The roll entries of each child, the one its values are taken from first.
-- One row per registry record.
-- Rule: of two rolls in force the one whose school the child attends counts, so that a duplicate registration does
-- not look like an absence, of two attended ones in a month the one attended last (a pupil who moved); then the later entry.
select
    $period as period,
    child.child_id,
    record.record_id,
    record.district_code,
    record.school_code,
    record.grade,
    record.class_no,
    pupil.status,
    record.in_force,
    row_number() over (
        partition by child.child_id
        order by
            record.in_force desc,
            coalesce(here.days_present, 0) > 0 desc,
            here.last_present_on desc nulls last,
            coalesce(pupil.status, '在读') = '在读' desc,
            here.record_id is not null desc,
            pupil.entered_on desc nulls last,
            record.record_id
    ) as place
from registry_pupils as pupil
join person_records as record on record.record_id = pupil.record_id
join child_records as child on child.record_id = pupil.record_id
left join child_attendance as here
    on here.child_id = child.child_id and here.school_code = record.school_code
order by record.record_id
