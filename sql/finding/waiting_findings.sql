-- Findings held back: a possible link of the child still waits for people, a still-valid answer explains it, or a roll the
-- child may stand on could not be read.
-- One row per child and finding held back.
-- Rules: nobody is accused on an open match, but only a record that could undo the finding holds it back (declared in
-- expectations/findings.py: changed_by), or a pupil of the same name on no roll (namesakes), who may be the one said to be at
-- no school. Nobody is asked again what an answer still explains. Nobody is said to be on no roll while a registry file of the district could not be read, or rows
-- of that name were set aside from one that could, or most of those of the township and age stand on a roll that is missing
-- (unread_places); nor to be at no school while a class sheet's row of that name was set
-- aside in the district (a school whose roll did not arrive is unknown, and so are its pupils), or, of such a school in another
-- district, in about the grade of the child's age.
with pairs as (
    select left_record_id as record_id, right_record_id as other_record_id, right_source as other_source from review_pairs
    union all
    select right_record_id, left_record_id, left_source from review_pairs
),
-- The other record brings all records of its child with it.
brought as (
    select pairs.record_id, pairs.other_source
    from pairs
    union
    select pairs.record_id, kin.source
    from pairs
    join child_records as other on other.record_id = pairs.other_record_id
    join child_records as kin on kin.child_id = other.child_id
),
open_matches as (
    select distinct child.child_id, changed.finding
    from brought
    join child_records as child on child.record_id = brought.record_id
    join finding_changed_by as changed on changed.source = brought.other_source
    union
    select child_id, unnest(['suspected_dropout', 'not_enrolled']) from namesakes
),
unread_names as (
    select district_code, name_bare(name_closed(half_width(json_extract_string(row_text, '$.name')))) as name
    from quarantine
    where source = 'registry' and not regexp_matches(codes, '^(superseded|repeated_row|duplicate_file)$')
    union
    select district_code, name_bare(name_closed(half_width(unnest(string_split(json_extract_string(row_text, '$.remarks'), ' | ')))))
    from quarantine
    where source = 'registry' and json_extract_string(row_text, '$.name') is null
),
rolls_unread as (
    select candidate.child_id, candidate.finding
    from finding_candidates as candidate
    join children as child on child.child_id = candidate.child_id
    left join (select distinct district_code from unread_rolls) as file on file.district_code = candidate.district_code
    left join unread_names as line on line.district_code = candidate.district_code and line.name = child.name
    where (candidate.finding in ('not_enrolled', 'attends_unregistered') or candidate.reason = 'left_the_roll')
      and (file.district_code is not null or line.name is not null)
    group by candidate.child_id, candidate.finding
    union
    select candidate.child_id, candidate.finding
    from finding_candidates as candidate
    join children as child on child.child_id = candidate.child_id
    join unread_attenders as line
        on line.name = child.name
        and (line.district_code = candidate.district_code
             or abs(line.grade_without_roll - (age_on(child.birth_date, $cutoff_on) - $entry_age + 1)) <= 1)
    where candidate.finding = 'not_enrolled' or candidate.reason = 'left_the_roll'
    union
    select candidate.child_id, candidate.finding
    from finding_candidates as candidate
    join children as child on child.child_id = candidate.child_id
    join unread_places as place
        on place.district_code = child.district_code and place.township_code = child.township_code and place.age = age_on(child.birth_date, $cutoff_on)
    where candidate.finding = 'not_enrolled' or candidate.reason = 'left_the_roll'
)
select
    candidate.period, candidate.district_code, candidate.school_code, candidate.township_code, candidate.child_id,
    candidate.finding, candidate.reason, candidate.explanation, candidate.first_period,
    case when answer.child_id is not null then 'answer' when pending.child_id is not null then 'review' else 'roll' end as waits_for
from finding_candidates as candidate
left join valid_answers as answer on answer.child_id = candidate.child_id and answer.matter = candidate.matter
left join open_matches as pending on pending.child_id = candidate.child_id and pending.finding = candidate.finding
left join rolls_unread as unread on unread.child_id = candidate.child_id and unread.finding = candidate.finding
where answer.child_id is not null or pending.child_id is not null or unread.child_id is not null
order by candidate.child_id, candidate.finding
