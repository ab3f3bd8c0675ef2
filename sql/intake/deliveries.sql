-- What became of every file of the period.
-- One row per file found in the inbox.
-- A file is refused where reading refused it, or where not one of its rows could be used; superseded where a later
-- delivery replaces all of them; a duplicate where the same content came before under another name (its rows are declared
-- no data: nothing is wrong with them, they are counted once). Adults of a household extract are declared no data too.
with accepted as (
    select delivery_id from registry_pupils
    union all select delivery_id from household_children
    union all select delivery_id from attendance_pupils
    union all select delivery_id from vocational_pupils
    union all select delivery_id from exempt_children
    union all select delivery_id from priority_children
    union all select delivery_id from answers
), accepted_rows as (
    select delivery_id, count(*) as rows_accepted from accepted group by delivery_id
), aside as (
    select delivery_id, count(distinct record_id) as rows_set_aside,
        count(distinct case when code = 'superseded' then record_id end) as rows_superseded
    from set_aside
    group by delivery_id
), grown_up as (
    select delivery_id, count(*) as rows_grown_up from grown_ups group by delivery_id
), troubles as (
    select delivery_id, count(*) as issue_count,
        min(case when severity = 'critical' then issue_no end) as first_critical
    from issues
    group by delivery_id
), judged as (
    select f.*, coalesce(a.rows_accepted, 0) as rows_accepted, coalesce(q.rows_set_aside, 0) as rows_set_aside,
        coalesce(u.rows_grown_up, 0) as rows_grown_up,
        case when f.duplicate_of is not null then 'duplicate'
             when f.refusal is not null then 'refused'
             when coalesce(a.rows_accepted, 0) = 0 and q.rows_superseded = q.rows_set_aside then 'superseded'
             when coalesce(a.rows_accepted, 0) = 0 then 'refused'
             when t.issue_count > 0 then 'accepted_with_issues'
             else 'accepted' end as verdict,
        t.first_critical
    from delivery_facts as f
    left join accepted_rows as a on a.delivery_id = f.delivery_id
    left join aside as q on q.delivery_id = f.delivery_id
    left join grown_up as u on u.delivery_id = f.delivery_id
    left join troubles as t on t.delivery_id = f.delivery_id
)
select
    j.period, j.district_code, j.delivery_id, j.source, j.path, j.content_hash, j.size_bytes, j.format, j.encoding,
    j.verdict,
    case when j.verdict in ('duplicate', 'superseded') then i.sentence
         when j.verdict = 'refused' then coalesce(j.refusal, c.sentence, case when j.rows_grown_up > 0 and j.rows_set_aside = 0 then '表中全是成年人，没有适龄儿童，请核对后重新报送' end, '所有数据行都有问题，全部搁置，请按问题清单更正后重新报送') end as reason,
    j.sheets_read, j.rows_read, j.rows_accepted, j.rows_set_aside, j.rows_not_data + j.rows_grown_up as rows_not_data, j.understood_as
from judged as j
left join issues as c on c.delivery_id = j.delivery_id and c.issue_no = j.first_critical
left join (
    select delivery_id, min(sentence) as sentence from issues where code in ('superseded', 'duplicate_file') group by delivery_id
) as i on i.delivery_id = j.delivery_id
order by j.delivery_id
