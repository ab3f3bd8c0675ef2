-- Which matters of a child an answer still explains: never ask twice what is already known.
-- One row per child and matter.
-- Rule (issue "answers carry over"; validity per code in data/reference/outcomes.csv): an answer explains its case for
-- its validity, counted from the day of verification; the latest answer of a matter counts, so a later D or E ends it.
-- It holds no longer once the deliveries contradict it (outcomes.csv: contradicted_by): no_roll where $transfer_days have
-- passed and the child is on no roll of the city, so the transfer did not arrive; attendance where a child said to be
-- dead, abroad or nobody is present on a class sheet.
-- One answer settles all findings of the same matter: absent and suspected are one question to the same office.
with every_answer as (
    select
        earlier.child_id, earlier.finding, earlier.case_no, answer.answer_code, answer.answered_on, answer.record_id
    from new_answers as answer
    join previous_cases as earlier on earlier.case_no = answer.case_no
    left join child_names as called on called.child_id = earlier.child_id
    -- a name beside the number that is another child's is an issue, not an answer (answer_issues)
    where is_same_written_name(answer.name, called.names)
    union all
    select child_id, finding, case_no, answer_code, answered_on, '' as record_id
    from previous_cases
    where answer_code is not null
),
understood as (
    select
        answer.child_id, kind.matter, outcome.code as answer_code, answer.answered_on,
        outcome.explains, outcome.contradicted_by, answer.answered_on + try_cast(outcome.valid_days as int) as valid_until,
        row_number() over (
            partition by answer.child_id, kind.matter
            order by answer.answered_on desc, answer_turn(outcome.event), answer.record_id desc, outcome.code, answer.case_no
        ) as place
    from every_answer as answer
    join finding_kinds as kind on kind.finding = answer.finding
    join outcomes as outcome on outcome.code = answer.answer_code
),
present as (
    select distinct child_id from child_attendance where days_present > 0
)
select understood.child_id, matter, answer_code, answered_on, valid_until
from understood
left join child_rolls as roll on roll.child_id = understood.child_id and roll.place = 1 and roll.in_force
left join present on present.child_id = understood.child_id
where understood.place = 1 and explains = 'yes' and coalesce(valid_until >= $as_of, true)
    and not coalesce(contradicted_by = 'no_roll' and roll.child_id is null and answered_on + $transfer_days < $as_of, false)
    and not coalesce(contradicted_by = 'attendance' and present.child_id is not null, false)
order by understood.child_id, matter
