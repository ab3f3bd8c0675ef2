-- Purpose: how the records of a district were linked, as figures of the link report; no row says anything of a child.
-- One row per district, part, name and measure. Parts: stage (by tier: links and review pairs, and the sum of their
-- probabilities, from which precision and recall are estimated), weight (pairs by whole bits of match weight) and source (its
-- records: joined to another, shown to people only, alone; and of those alone the ones nothing could join: without a
-- usable number, birth date, guardian and telephone). A record counts where it was delivered, a pair where its right record was.
with
    -- Probabilities are added as decimals: a sum of floats differs with the order the threads come in.
    stages as (
        select district_code, tier as name, count(*) as links, sum(cast(probability as decimal(18, 12))) as links_expected, 0 as reviews, 0 as reviews_expected from links group by district_code, tier
        union all
        select district_code, tier as name, 0 as links, 0 as links_expected, count(*) as reviews, sum(cast(probability as decimal(18, 12))) as reviews_expected from review_pairs group by district_code, tier
    ),
    weights as (
        select district_code, least(greatest(floor(weight), -10), 40) as bits, count(*) as links, 0 as reviews from links where weight is not null group by all
        union all
        select district_code, least(greatest(floor(weight), -10), 40) as bits, 0 as links, count(*) as reviews from review_pairs where weight is not null group by all
    ),
    joined as (select left_record_id as record_id from links union select right_record_id as record_id from links),
    shown as (select left_record_id as record_id from review_pairs union select right_record_id as record_id from review_pairs),
    sources as (
        select
            p.district_code, p.source as name, count(*) as records, count(j.record_id) as joined,
            count(*) filter (j.record_id is null and s.record_id is not null) as shown,
            count(*) filter (j.record_id is null and s.record_id is null) as alone,
            count(*) filter (
                j.record_id is null and s.record_id is null and p.source <> 'attendance' and p.id_kind <> 'valid' and p.birth_date is null
                and p.guardian_name is null and p.guardian_id_number is null and p.phone is null) as unlinkable
        from person_records as p
        left join joined as j on j.record_id = p.record_id
        left join shown as s on s.record_id = p.record_id
        group by p.district_code, p.source
    ),
    figures as (
        select district_code, 'stage' as part, name, 'links' as measure, sum(links) as value from stages group by all
        union all select district_code, 'stage' as part, name, 'links_expected' as measure, sum(links_expected) as value from stages group by all
        union all select district_code, 'stage' as part, name, 'reviews' as measure, sum(reviews) as value from stages group by all
        union all select district_code, 'stage' as part, name, 'reviews_expected' as measure, sum(reviews_expected) as value from stages group by all
        union all select district_code, 'weight' as part, cast(cast(bits as int) as varchar) as name, 'links' as measure, sum(links) as value from weights group by all
        union all select district_code, 'weight' as part, cast(cast(bits as int) as varchar) as name, 'reviews' as measure, sum(reviews) as value from weights group by all
        union all select district_code, 'source' as part, name, 'records' as measure, records as value from sources
        union all select district_code, 'source' as part, name, 'joined' as measure, joined as value from sources
        union all select district_code, 'source' as part, name, 'shown' as measure, shown as value from sources
        union all select district_code, 'source' as part, name, 'alone' as measure, alone as value from sources
        union all select district_code, 'source' as part, name, 'unlinkable' as measure, unlinkable as value from sources
    )
select $period as period, district_code, part, name, measure, cast(value as double) as value
from figures
order by district_code, part, name, measure
