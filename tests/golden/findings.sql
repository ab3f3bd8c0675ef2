-- What the golden run compares: every finding with the child it is about, told without keyed ids.
select
    finding, reason, findings.district_code, findings.school_code, findings.township_code, grade, class_no, name,
    birth_date, findings.explanation
from findings
join children using (child_id)
order by all
