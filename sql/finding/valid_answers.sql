-- Which matters of a child a still-valid answer explains, answers to the cases of this very period included.
-- One row per child and matter; the latest answer counts.
with every_answer as (
    select child_id, matter, answer_code, answered_on, valid_until, '' as record_id, 'yes' as explains from carried_answers
    union all
    select
        number.child_id, kind.matter, outcome.code, coalesce(answer.answered_on, $as_of),
        coalesce(answer.answered_on, $as_of) + try_cast(outcome.valid_days as int), answer.record_id, outcome.explains
    from answers as answer
    join case_numbers as number on number.case_no = case_number_written(answer.case_no)
    join finding_kinds as kind on kind.finding = number.finding
    join outcomes as outcome on outcome.code = outcome_written(answer.code) or outcome.wording = trim(answer.code)
    join children as child on child.child_id = number.child_id
    where is_same_written_name(answer.name, child.name)
),
ordered as (
    select
        *,
        row_number() over (
            partition by child_id, matter order by answered_on desc, record_id desc, answer_code
        ) as place
    from every_answer
)
select child_id, matter, answer_code, answered_on, valid_until
from ordered
where place = 1 and explains = 'yes' and coalesce(valid_until >= $as_of, true)
order by child_id, matter
