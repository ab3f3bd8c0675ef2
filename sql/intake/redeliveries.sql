-- Rows that a later delivery of the same thing replaces; the later wins, the earlier is kept in quarantine and marked.
-- One row per replaced row.
-- The same thing is: the class and month of an attendance sheet, the roll of a school, the extract or list of a district's
-- office. It is delivered again only where nearly the same children stand in both files: parts of one school (two classes,
-- two grades, two police stations) share hardly any. Two sheets of a class that record different days are parts of a month.
-- Later is the file whose name says so (更正, 修订, 补正, 最新, v2, a copy number), then the later data date, then the
-- later path. A file that says it corrects and holds only some of the children replaces these alone.
with heads as (
    select h.period, h.district_code, h.source, h.record_id, h.delivery_id, h.marks, h.data_on,
        h.name || coalesce('|' || cast(h.birth_date as varchar), '') as pupil,
        concat_ws('|', coalesce(a.school_code, b.school_code, h.school_code, h.school_name), h.class_key, h.group_key) as part
    from record_heads as h
    left join school_aliases as a on a.district_code = h.district_code and a.school_text = h.school_code
    left join school_aliases as b on b.district_code = h.district_code and b.school_text = h.school_name
    where h.source <> 'answers' and h.name is not null
), files as (
    select delivery_id, path, regexp_extract(path, '[^/\\]*$') as file_name
    from delivery_facts
), versions as (
    select delivery_id, path,
        regexp_matches(file_name, '更正|修订|修改|订正|改正|勘误|补正|重报|更新|最新|最终|终稿|定稿') as says_so,
        case when regexp_matches(file_name, '更正|修订|修改|订正|改正|勘误|补正|重报|更新|最新|最终|终稿|定稿') then 100 else 0 end
        + coalesce(try_cast(nullif(regexp_extract(file_name, '(?:[vV]|版本|第)([0-9]{1,2})(?:版|[^0-9年月日级班周]|$)', 1), '') as int), 0)
        + coalesce(try_cast(nullif(regexp_extract(file_name, '[(（]([0-9]{1,2})[)）]\.[A-Za-z]+$', 1), '') as int), 0) as version_no
    from files
), parts as (
    select h.source, h.district_code, h.part, h.delivery_id, v.path, v.says_so, v.version_no,
        count(distinct h.pupil) as pupils, max(h.data_on) as data_on
    from heads as h
    join versions as v on v.delivery_id = h.delivery_id
    group by h.source, h.district_code, h.part, h.delivery_id, v.path, v.says_so, v.version_no
), pairs as (
    select e.source, e.district_code, e.part, e.delivery_id, l.delivery_id as later_delivery_id,
        e.pupils, l.pupils as later_pupils, l.says_so and l.version_no > e.version_no as corrects
    from parts as e
    join parts as l on l.source = e.source and l.district_code = e.district_code and l.part = e.part
                   and (l.version_no, coalesce(l.data_on, date '1900-01-01'), l.path) > (e.version_no, coalesce(e.data_on, date '1900-01-01'), e.path)
), common as (
    select p.source, p.district_code, p.part, p.delivery_id, p.later_delivery_id,
        count(distinct e.pupil) as pupils_in_both,
        sum(case when e.marks is null then 1
                 when length(list_filter(generate_series(1, 31), lambda d: substr(e.marks, d, 1) not in ('.', '-') and substr(l.marks, d, 1) not in ('.', '-'))) > 0 then 1
                 else 0 end) / count(*) as share_of_same_days
    from pairs as p
    join heads as e on e.source = p.source and e.district_code = p.district_code and e.part = p.part and e.delivery_id = p.delivery_id
    join heads as l on l.source = p.source and l.district_code = p.district_code and l.part = p.part
                   and l.delivery_id = p.later_delivery_id and l.pupil = e.pupil
    group by p.source, p.district_code, p.part, p.delivery_id, p.later_delivery_id
), judged as (
    select p.*,
        c.pupils_in_both >= 0.8 * greatest(p.pupils, p.later_pupils)
        or (p.source = 'attendance' and p.pupils >= 5 and c.pupils_in_both >= 0.6 * greatest(p.pupils, p.later_pupils)) 
        -- A roll of which every pupil stands in the later one has only grown.
        or (p.source = 'registry' and c.pupils_in_both = p.pupils) as replaces_all,
        p.corrects and c.pupils_in_both >= 0.8 * p.later_pupils as replaces_some
    from pairs as p
    join common as c on c.source = p.source and c.district_code = p.district_code and c.part = p.part
                    and c.delivery_id = p.delivery_id and c.later_delivery_id = p.later_delivery_id
    where c.share_of_same_days >= 0.5
)
select h.period, h.district_code, h.source, h.record_id, h.delivery_id, max(j.later_delivery_id) as later_delivery_id
from heads as h
join judged as j on j.source = h.source and j.district_code = h.district_code and j.part = h.part and j.delivery_id = h.delivery_id
left join heads as l on l.source = h.source and l.district_code = h.district_code and l.part = h.part
                    and l.delivery_id = j.later_delivery_id and l.pupil = h.pupil
where j.replaces_all or (j.replaces_some and l.pupil is not null)
group by h.period, h.district_code, h.source, h.record_id, h.delivery_id
