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
    min(coalesce(of_school.listed_on, of_county.listed_on, $listed_on)) as due_on,
    greatest(date_diff('day', min(coalesce(of_school.listed_on, of_county.listed_on, $listed_on)), $as_of), 0)
        as days_overdue
from children
left join opening_days as of_school on of_school.unit_code = children.school_code
left join opening_days as of_county on of_county.unit_code = children.district_code
where on_roll and should_attend and not class_delivered and school_code is not null
group by school_code, coalesce(grade, 0), class_no
order by school_code, grade, class_no
