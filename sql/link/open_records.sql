-- Records whose child is not yet settled by number, attendance apart (its names are looked for class by class).
-- One row per such record, with whether it has a usable number: one that has, and is open, mostly has no counterpart.
-- A registry record is open while no household record is joined to it and it is no second entry of another; the others
-- while they stand to the right of no link.
select p.person_no, p.source, p.district_code, p.id_kind = 'valid' as is_numbered
from person_records as p
left join (select distinct left_no from number_links where left_source = 'registry' and right_source = 'household') as paired
    on paired.left_no = p.person_no
left join number_links as joined on joined.right_no = p.person_no
where p.source <> 'attendance' and p.name_key is not null and paired.left_no is null and joined.right_no is null
