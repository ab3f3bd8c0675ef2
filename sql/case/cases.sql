-- Each finding about a child followed over time.
-- One row per case.
-- Rules: the state is the fold of the case's events over the declared transitions (expectations/case_states.py); an
-- event with no transition changes nothing. Answers are due $answer_days working days after the period's lists; a case
-- still open keeps its first due day, so that another term does not make it less overdue. Only 辍学 answers make a
-- dropout.
with recursive ordered as (
    select
        *,
        row_number() over (partition by case_no order by event_no) as step
    from case_events
),
folded as (
    select ordered.case_no, ordered.step, coalesce(taken.to_state, 'none') as state
    from ordered
    left join case_transitions as taken on taken.from_state = 'none' and taken.event = ordered.event
    where ordered.step = 1
    union all
    select ordered.case_no, ordered.step, coalesce(taken.to_state, folded.state)
    from folded
    join ordered on ordered.case_no = folded.case_no and ordered.step = folded.step + 1
    left join case_transitions as taken on taken.from_state = folded.state and taken.event = ordered.event
),
states as (
    select case_no, arg_max(state, step) as state from folded group by case_no
),
histories as (
    select
        case_no,
        min(period) as opened_period,
        max(period) filter (where event in ('opened', 'seen_again', 'reopened', 'expired', 'carried', 'waits'))
            as last_seen_period,
        max(period) filter (where event in ('opened', 'reopened', 'expired', 'contradicted')) as last_asked_period,
        -- an answer the children's presence contradicts stands no longer
        nullif(arg_max(case when event = 'contradicted' then '' else answer_code end, event_no)
            filter (where answer_code is not null), '') as answer_code,
        arg_max(happened_on, event_no) filter (where answer_code is not null) as answered_on,
        max(event_no) filter (where answer_code is not null) as answer_no,
        max(event_no) filter (where event = 'gone') as gone_no,
        max(happened_on) filter (where event = 'escalated') as escalated_on
    from case_events
    group by case_no
),
subjects as (
    select case_no, child_id, finding, district_code, school_code, township_code from case_findings
    union all
    select
        before.case_no, before.child_id, before.finding, coalesce(child.district_code, before.district_code),
        coalesce(child.school_code, before.school_code), coalesce(child.township_code, before.township_code)
    from previous_cases as before
    left join children as child on child.child_id = before.child_id
    left join case_findings as candidate on candidate.case_no = before.case_no
    where candidate.case_no is null
),
-- An explanation ends with what it explained: who was back at school and is missing again is asked about anew.
standing as (
    select history.case_no, history.answer_code, history.answered_on,
        history.answered_on + try_cast(outcome.valid_days as int) as answer_valid_until
    from histories as history
    join outcomes as outcome on outcome.code = history.answer_code
    where not (outcome.event = 'explained' and coalesce(history.gone_no > history.answer_no, false))
),
dated as (
    select
        subject.*, states.state, history.opened_period, history.last_seen_period, standing.answer_code,
        standing.answered_on, standing.answer_valid_until,
        case when coalesce(history.last_asked_period <> $period, true) and before.due_on is not null then before.due_on
             else coalesce(of_school.answer_due_on, of_county.answer_due_on, $answer_due_on) end as due_on,
        history.escalated_on
    from subjects as subject
    join states on states.case_no = subject.case_no
    join histories as history on history.case_no = subject.case_no
    left join standing on standing.case_no = subject.case_no
    left join previous_cases as before on before.case_no = subject.case_no
    left join opening_days as of_school on of_school.unit_code = subject.school_code
    left join opening_days as of_county on of_county.unit_code = subject.district_code
)
select
    $period as period,
    district_code,
    case_no,
    child_id,
    finding,
    school_code,
    township_code,
    state,
    opened_period,
    last_seen_period,
    answer_code,
    answered_on,
    answer_valid_until,
    due_on,
    state = 'open' and $as_of > due_on as overdue,
    state = 'open' and coalesce(escalated_on >= due_on, false) as escalated
from dated
order by case_no
