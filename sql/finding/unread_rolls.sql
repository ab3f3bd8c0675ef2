-- Registry files nobody could read, of schools whose roll did not arrive in another file.
-- One row per file.
-- Rule: whose roll could not be read is not off the roll. A file that was read and holds nobody (empty, a header alone, a
-- covering letter) or another source's rows hides no pupil, and one whose name begins a word with a school whose roll was read since is made good.
with refused as (
    select d.district_code, d.delivery_id, d.path, regexp_extract(d.path, '[^/\\]*$') as file_name
    from deliveries as d
    anti join issues as i on i.delivery_id = d.delivery_id and i.code in ('wrong_source', 'empty_file', 'no_rows', 'no_list')
    where d.source = 'registry' and d.verdict = 'refused'
), named as (
    select district_code, school_name as school_text from schools where kind = 'registry'
    union
    select a.district_code, a.school_text
    from school_aliases as a
    join schools as s on s.district_code = a.district_code and s.school_code = a.school_code
    where s.kind = 'registry' and a.method in ('name', 'code')
), made_good as (
    select distinct r.delivery_id
    from refused as r
    join named as n on n.district_code = r.district_code and length(n.school_text) >= 4
                   and strpos(r.file_name, n.school_text) > 0
    where strpos(r.file_name, n.school_text) = 1
       or not regexp_matches(substr(r.file_name, strpos(r.file_name, n.school_text) - 1, 1), '[\x{4E00}-\x{9FFF}]')
)
select r.district_code, r.delivery_id, r.path
from refused as r
anti join made_good as m on m.delivery_id = r.delivery_id
order by r.delivery_id
