-- Each finding about a child followed over time.
-- One row per case.
-- Rules: state, dates and answer are the fold of the case's events (case_steps): the history alone gives them again. An
-- answer is due on the day the last event that asked for it names, so that another term does not make an open case less
-- overdue. Only 辍学 answers make a dropout.
with states as (
    select case_no, arg_max(state, event_no) as state from case_steps group by case_no
),
histories as (
    select
        case_no,
        min(period) as opened_period,
        max(period) filter (where event in ('opened', 'seen_again', 'reopened', 'expired', 'carried', 'waits', 'contradicted'))
            as last_seen_period,
        -- an answer the deliveries contradict stands no longer
        nullif(arg_max(case when event = 'contradicted' then '' else answer_code end, event_no)
            filter (where answer_code is not null), '') as answer_code,
        arg_max(happened_on, event_no) filter (where answer_code is not null) as answered_on,
        max(event_no) filter (where answer_code is not null) as answer_no,
        max(event_no) filter (where event in ('gone', 'cleared', 'ended')) as gone_no,
        arg_max(due_on, event_no) filter (where due_on is not null) as due_on
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
    where not (outcome.event in ('explained', 'at_school') and coalesce(history.gone_no > history.answer_no, false))
)
select
    $period as period,
    subject.district_code,
    subject.case_no,
    subject.child_id,
    subject.finding,
    subject.school_code,
    subject.township_code,
    states.state,
    history.opened_period,
    history.last_seen_period,
    standing.answer_code,
    standing.answered_on,
    standing.answer_valid_until,
    coalesce(history.due_on, before.due_on) as due_on,
    states.state = 'open' and coalesce($as_of > coalesce(history.due_on, before.due_on), false) as overdue,
    states.state = 'open' and coalesce($as_of > coalesce(history.due_on, before.due_on) + $escalate_days, false) as escalated
from subjects as subject
join states on states.case_no = subject.case_no
join histories as history on history.case_no = subject.case_no
left join standing on standing.case_no = subject.case_no
-- the first release did not write the due day into the event
left join previous_cases as before on before.case_no = subject.case_no
order by case_no
