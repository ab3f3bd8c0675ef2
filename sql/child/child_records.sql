-- Which child each delivered record belongs to: nothing accepted is lost, nothing is counted twice.
-- One row per delivered record.
select
    $period as period,
    record.district_code,
    child.child_id,
    record.record_id,
    record.source
from record_roots as root
join child_keys as child on child.root_record_id = root.root_record_id
join person_records as record on record.record_id = root.record_id
order by record.record_id
