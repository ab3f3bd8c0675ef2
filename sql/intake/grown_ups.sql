-- Which rows of a household extract, or of a list of need kept by household, are adults, whom the police and the
-- civil affairs office list with their children: declared no data.
-- One row per household or priority row that is an adult's.
-- Rule: born 22 years or more before the school year, where the relation says a grown-up or a good part of the
-- file is grown up (a file of whole households), and no valid number of a child's speaks against it. In a list of
-- children a grown-up's birth day is a mistake to be told, not a person to be left out. A list of need names no
-- relation: there a number that is the guardian's beside it is the child's row with a wrong number.
with people as (
    select period, district_code, record_id, delivery_id, relation, id_kind, birth_date, id_birth_date(id_prefix) as birth_in_number
    from household_read
    union all
    select period, district_code, record_id, delivery_id, cast(null as varchar), id_kind,
        coalesce(birth_date, case when id_kind = 'guardian' and id_number <> coalesce(guardian1_id_number, '') then id_birth_date(id_number) end),
        id_birth_date(id_prefix)
    from priority_read
), aged as (
    select period, district_code, record_id, delivery_id, relation,
        birth_date < make_date(school_year_of($period) - 21, 1, 1)
            and not coalesce(id_kind = 'valid' and birth_in_number >= make_date(school_year_of($period) - 21, 1, 1), false)
            as grown_up
    from people
), files as (
    select delivery_id, sum(case when grown_up then 1 else 0 end) as grown_ups, count(*) as people
    from aged
    group by delivery_id
)
select a.period, a.district_code, a.record_id, a.delivery_id
from aged as a
join files as f on f.delivery_id = a.delivery_id
where a.grown_up
  and (regexp_matches(coalesce(a.relation, ''), '户主|本人|夫|妻|配偶|父|母|祖|外公|外婆|爷|奶|姥|岳|婿|媳')
       or (f.grown_ups >= 3 and f.grown_ups >= 0.2 * f.people))
order by a.record_id
