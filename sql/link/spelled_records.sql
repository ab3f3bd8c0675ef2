-- Registry and household records whose names are written in Latin letters, with what a typing error leaves of them.
-- One row per such record, and per record without a name. Latin names have neither sound nor glyph tables, numbers of other papers no check character, so
-- every field is compared as text that may hold an error: the words of the name in any order, the digits of the birth date
-- as written (a day that is none may be two digits swapped), the number, the address by its three-letter pieces (word
-- order, missing blanks and single wrong letters change few of them). A record may have a family in the registers where
-- another of its own register shares address, telephone or guardian, or where more than one in a hundred do; too few
-- records cannot tell.
with
    latin as (
        select p.*, g.birth_date as written
        from person_records as p left join given_records as g on g.record_id = p.record_id
        where p.source in ('registry', 'household')
            and (regexp_full_match(p.name, '[\p{Latin} .,''’·-]*\p{Latin}{2}[\p{Latin} .,''’·-]*') or p.name is null)
    ),
    texts as (
        select
            person_no, source, coalesce(regexp_extract_all(lower(name), '\p{Latin}+'), []) as words,
            nullif(regexp_replace(upper(id_number), '[^0-9A-Z]', '', 'g'), '') as number,
            coalesce(strftime(birth_date, '%Y%m%d'), nullif(regexp_replace(written, '[^0-9]', '', 'g'), '')) as birth,
            regexp_extract_all(lower(address), '[\p{Latin}\p{Han}]+|[0-9]+') as address_words,
            regexp_replace(lower(address), '[^\p{Latin}\p{Han}0-9]', '', 'g') as squeezed,
            sex, phone, lower(guardian_name) as guardian, coalesce(township_code, district_code) as place
        from latin
    ),
    -- What two records of one register share is a household's.
    marks as (
        select person_no, source, 'a' || squeezed as mark from texts where length(squeezed) >= 5
        union all select person_no, source, 't' || phone as mark from texts where phone is not null
        union all select person_no, source, 'g' || guardian as mark from texts where guardian is not null
    ),
    shared_marks as (select source, mark from marks group by source, mark having count(*) > 1),
    housed as (select distinct m.person_no from marks as m join shared_marks as s on s.source = m.source and s.mark = m.mark),
    households as (
        select count(*) < 300 or count(h.person_no) > 0.01 * count(*) as are_seen
        from texts as t left join housed as h on h.person_no = t.person_no
    )
select
    t.person_no, t.source, t.words, nullif(array_to_string(list_sort(t.words), ''), '') as whole_name, nullif(array_to_string(t.words, ''), '') as name_in_order,
    t.number, t.birth, t.address_words,
    case when length(t.squeezed) >= 5
         then list_distinct(list_transform(range(1, length(t.squeezed) - 1), lambda i: substr(t.squeezed, i, 3))) end as pieces,
    t.sex, t.phone, t.guardian, t.place, a.are_seen or h.person_no is not null as has_family
from texts as t
join households as a on true
left join housed as h on h.person_no = t.person_no
