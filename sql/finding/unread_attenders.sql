-- Names on class sheets and vocational rosters whose rows were set aside unread: each may be a child not seen elsewhere.
-- One row per source, district, name and grade.
-- The grade is told where the school stands on no roll: then its pupils may live, or be on rolls, in any district.
select distinct
    source, district_code,
    blank_to_null(name_bare(name_closed(half_width(json_extract_string(row_text, '$.name'))))) as name,
    case when contains(codes, 'school_unknown') then grade_named(bare_code(half_width(json_extract_string(row_text, '$.grade')))) end
        as grade_without_roll
from quarantine
where source in ('attendance', 'vocational') and not regexp_matches(codes, '^(superseded|repeated_row|duplicate_file)$')
order by all
