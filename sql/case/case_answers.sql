-- Which answer goes to which case: to the one it names and to the others of the same matter of that child.
-- One row per answer and case.
-- Rules: the number must be a case's, the outcome one of A1–E2, and a name written beside it the child's (a masked
-- name 张*丰 fits); an answer that breaks one of these is in answer_issues and changes nothing. The same answer handed
-- in twice counts once.
with known as (
    select case_no, child_id, finding, district_code, 'before' as origin from previous_cases
    union all
    select candidate.case_no, candidate.child_id, candidate.finding, candidate.district_code, 'now'
    from case_findings as candidate
    left join previous_cases as before on before.case_no = candidate.case_no
    where before.case_no is null
),
understood as (
    select
        answer.record_id, known.case_no, known.child_id, known.finding, kind.matter, outcome.code as answer_code,
        coalesce(answer.answered_on, $as_of) as answered_on, answer.evidence, answer.whereabouts,
        coalesce(answer.answered_on, $as_of) + try_cast(outcome.valid_days as int) as valid_until,
        outcome.explains = 'yes' as explains, outcome.event,
        row_number() over (
            partition by known.case_no, outcome.code, coalesce(answer.answered_on, $as_of) order by answer.record_id
        ) as place
    from answers as answer
    join known on known.case_no = case_number_written(answer.case_no)
    join outcomes as outcome on outcome.code = outcome_written(answer.code) or outcome.wording = trim(answer.code)
    join finding_kinds as kind on kind.finding = known.finding
    left join children as child on child.child_id = known.child_id
    where is_same_written_name(answer.name, child.name)
)
select
    answer.record_id,
    settled.district_code,
    settled.case_no,
    settled.child_id,
    settled.finding,
    answer.answer_code,
    answer.answered_on,
    answer.evidence,
    answer.whereabouts,
    answer.valid_until,
    answer.explains,
    answer.event,
    settled.case_no = answer.case_no as direct
from understood as answer
join known as settled on settled.child_id = answer.child_id
join finding_kinds as kind on kind.finding = settled.finding and kind.matter = answer.matter
where answer.place = 1
order by answer.record_id, settled.case_no
