-- Which rows of a household extract are adults, whom the police list with their children: declared no data.
-- One row per household row that is an adult's.
-- Rule: born 22 years or more before the school year, where the relation says a grown-up or a good part of the
-- file is grown up (an extract of whole households), and no valid number of a child's speaks against it. In a list of
-- children a grown-up's birth day is a mistake to be told, not a person to be left out.
with aged as (
    select h.period, h.district_code, h.record_id, h.delivery_id, h.relation,
        h.birth_date < make_date(school_year_of($period) - 21, 1, 1)
            and not coalesce(h.id_kind = 'valid' and id_birth_date(h.id_prefix) >= make_date(school_year_of($period) - 21, 1, 1), false)
            as grown_up
    from household_read as h
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
