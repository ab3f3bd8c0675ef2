-- Which answer goes to which case: to the one it names and to the others of the same matter of that child.
-- One row per answer and case.
-- Rules: the number must be a case's, the outcome one of A1–E2, and a name written beside it the child's (a masked
-- name 张*丰 fits); an answer that breaks one of these is in answer_issues and changes nothing. Nor does one that is
-- older than the answer the case has. The same answer handed in twice, or by two offices, counts once; of two offices that say
-- otherwise on one day one counts (answer_turn), and the other is told.
with known as (
    select case_no, child_id, finding, district_code from previous_cases
    union all
    select candidate.case_no, candidate.child_id, candidate.finding, candidate.district_code
    from case_findings as candidate
    left join previous_cases as before on before.case_no = candidate.case_no
    where before.case_no is null
),
understood as (
    select answer.*, known.child_id, kind.matter
    from new_answers as answer
    join known on known.case_no = answer.case_no
    join finding_kinds as kind on kind.finding = known.finding
    left join child_names as called on called.child_id = known.child_id
    where is_same_written_name(answer.name, called.names)
),
given as (
    select
        answer.record_id, settled.district_code, settled.case_no, settled.child_id, settled.finding, answer.answer_code,
        answer.answered_on, answer.evidence, answer.whereabouts, answer.valid_until, answer.explains, answer.event,
        settled.case_no = answer.case_no as direct,
        row_number() over (
            partition by settled.case_no, answer.answer_code, answer.answered_on
            order by settled.case_no <> answer.case_no, answer.record_id
        ) as place
    from understood as answer
    join known as settled on settled.child_id = answer.child_id
    join finding_kinds as kind on kind.finding = settled.finding and kind.matter = answer.matter
    left join previous_cases as before on before.case_no = settled.case_no
    where coalesce(answer.answered_on >= before.answered_on, true)
),
once as (
    select *, min(answer_turn(event)) over (partition by case_no, answered_on) as first_turn
    from given
    where place = 1
)
select
    record_id, district_code, case_no, child_id, finding, answer_code, answered_on, evidence, whereabouts, valid_until,
    explains, event, direct
from once
where answer_turn(event) = first_turn
order by record_id, case_no
