-- Answers handed in with the period as understood: case number, code A1–E2 and day.
-- One row per delivered answer that says something new.
-- Rules: an answer already told of its case in an earlier period is not an answer again, so that lists handed in a
-- second time neither renew an answer nor bring back one that was contradicted; one without a day counts from the day it
-- was taken in, or is the earlier one where it says the same; no answer counts from a day still to come.
with told as (
    select distinct case_no, answer_code, happened_on
    from previous_case_events
    where answer_code is not null and event <> 'contradicted'
)
select
    answer.record_id,
    answer.district_code,
    case_number_written(answer.case_no) as case_no,
    outcome.code as answer_code,
    least(coalesce(answer.answered_on, $as_of), $as_of) as answered_on,
    least(coalesce(answer.answered_on, $as_of), $as_of) + try_cast(outcome.valid_days as int) as valid_until,
    outcome.explains = 'yes' as explains,
    outcome.contradicted_by,
    outcome.event,
    answer.name,
    answer.evidence,
    answer.whereabouts
from answers as answer
join outcomes as outcome on outcome.code = outcome_written(answer.code) or outcome.wording = trim(answer.code)
left join told
    on told.case_no = case_number_written(answer.case_no) and told.answer_code = outcome.code
    and (answer.answered_on is null or told.happened_on = answer.answered_on)
where told.case_no is null
order by answer.record_id
