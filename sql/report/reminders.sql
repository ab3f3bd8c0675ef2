-- Purpose: which answers each office still owes on a day after a run: due within $remind_days days, or overdue.
-- One row per office and case. An office is reminded of the cases on its own list (expectations/recipients.py), as of the
-- day asked about; who answered 待续查 still looks and is not reminded. The name is masked: the case number is what is
-- talked about (domain.md, Personal data).
with told as (
    select 'school' as recipient, district_code, unit_code, unit_name, case_no, name, class_text as place from school_list
    union all
    select 'township', district_code, unit_code, unit_name, case_no, name, school_name from township_list
    union all
    select 'police', district_code, unit_code, unit_name, case_no, name, null from police_list
    union all
    select 'elsewhere', district_code, unit_code, unit_name, case_no, name, school_name from elsewhere_list
)
select
    k.period, t.district_code, t.recipient, t.unit_code, min(t.unit_name) as unit_name, k.case_no,
    min(f.chinese) as problem,
    min(mask_name(t.name)) as name_masked,
    min(t.place) as place,
    k.due_on,
    case when k.due_on < $as_of then date_diff('day', k.due_on, $as_of)::int end as days_overdue
from told t
join cases k on k.case_no = t.case_no
join finding_kinds f on f.finding = k.finding
where k.state = 'open' and date_diff('day', $as_of, k.due_on) <= $remind_days
group by k.period, t.district_code, t.recipient, t.unit_code, k.case_no, k.due_on
order by t.recipient, t.district_code, t.unit_code, k.case_no
