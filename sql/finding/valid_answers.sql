-- Which matters of a child a still-valid answer explains, answers to the cases of this very period included.
-- One row per child and matter; the latest answer counts.
-- Rule: as for those carried over (carried_answers): valid on the day of the run, and not contradicted by the rolls or
-- the class sheets.
with every_answer as (
    select child_id, matter, answer_code, answered_on, valid_until, '' as record_id, true as explains from carried_answers
    union all
    select
        number.child_id, kind.matter, answer.answer_code, answer.answered_on, answer.valid_until, answer.record_id,
        answer.explains
            and not coalesce(answer.contradicted_by = 'no_roll' and not child.on_roll
                             and answer.answered_on + $transfer_days < $as_of, false)
            and not coalesce(answer.contradicted_by = 'attendance' and child.seen, false)
    from new_answers as answer
    join case_numbers as number on number.case_no = answer.case_no
    join finding_kinds as kind on kind.finding = number.finding
    join children as child on child.child_id = number.child_id
    left join child_names as called on called.child_id = number.child_id
    where is_same_written_name(answer.name, called.names)
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
where place = 1 and explains and coalesce(valid_until >= $as_of, true)
order by child_id, matter
