-- Which classes handed in no readable attendance sheet for the month: a chase list, not a list of absent children.
-- One row per class on the roll.
-- Rule: "no delivery is not absence" (design). Due with the period's lists: in the month of opening by the school's
-- check (+10 working days, the notice), else by the end of the month. Only where the district handed in a roll.
select
    $period as period,
    min(district_code) as district_code,
    school_code,
    max(school_name) as school_name,
    coalesce(grade, 0) as grade,
    class_no,
    count(*) as pupils,
    $listed_on as due_on,
    greatest(date_diff('day', $listed_on, $as_of), 0) as days_overdue
from children
where on_roll and should_attend and not class_delivered and school_code is not null
group by school_code, coalesce(grade, 0), class_no
order by school_code, grade, class_no
