-- Everything that ever happened to each case, this period's events last.
-- One row per event; a case's state is the fold of its events (cases.sql), so its history replays to it.
-- Rules:
--  * opened where a finding has no case yet; a finding that waits for a match opens none, nor does one an earlier
--    answer explains; one answered in this very period does.
--  * seen_again, reopened (its case was closed) or expired (its answer holds no longer) where it was found again.
--  * carried where a valid answer explains it; waits where a match is open or a roll could not be read; unjudged where its district or class did
--    not deliver what it needs: no delivery is not the end of a case.
--  * contradicted where the answer says dead, abroad or nobody (outcomes.csv: contradicted_by) and a class sheet of the
--    period shows the child present.
--    So is 在校已注册学籍 (no_roll) where the child is found again, on no roll $transfer_days after the answer.
--  * escalated once for a due day: $escalate_days after it nobody has answered yet.
--  * gone where it could be judged and was not found; of a child that had come back followed_up, and settled after
--    $follow_up_checks periods. overdue once, on the day after the answer was due.
-- Opening events come before this period's answers, what was or was not found again comes after them.
with answered as (
    select case_no, count(*) as answers from case_answers group by case_no
),
happened as (
    select
        case_no,
        max(answer_code) filter (where event = 'contradicted') as contradicted_code,
        count(*) filter (where event = 'followed_up') as followed_up,
        max(happened_on) filter (where event = 'overdue') as overdue_on,
        max(happened_on) filter (where event = 'escalated') as escalated_on
    from previous_case_events
    group by case_no
),
opened as (
    select candidate.case_no, candidate.district_code, 'opened' as event, candidate.explanation as note
    from case_findings as candidate
    left join previous_cases as before on before.case_no = candidate.case_no
    left join answered on answered.case_no = candidate.case_no
    where before.case_no is null
        and (candidate.waits_for is null or (candidate.waits_for = 'answer' and answered.case_no is not null))
),
followed as (
    select
        before.case_no,
        coalesce(child.district_code, before.district_code) as district_code,
        case when candidate.case_no is null and before.state in ('explained', 'closed') and child.seen
                  and outcome.contradicted_by = 'attendance'
                  and coalesce(already.contradicted_code <> before.answer_code, true) then 'contradicted'
             when candidate.case_no is not null and candidate.waits_for is null and answered.case_no is null
                  and before.state = 'explained' and outcome.contradicted_by = 'no_roll'
                  and not coalesce(child.on_roll, false) and before.answered_on + $transfer_days < $as_of
                  then 'contradicted'
             when candidate.waits_for = 'answer' and before.state in ('explained', 'closed')
                  then 'carried'
             when candidate.waits_for in ('review', 'roll') then 'waits'
             when candidate.case_no is not null and before.state = 'closed' then 'reopened'
             when candidate.case_no is not null and before.state = 'explained' and answered.case_no is null then 'expired'
             when candidate.case_no is not null then 'seen_again'
             when off_here.finding is not null then 'unjudged'
             when before.finding in ('absent_from_school', 'suspected_dropout', 'attends_elsewhere', 'dropout_risk')
                  and child.on_roll and child.should_attend and not child.class_delivered and not child.seen then 'unjudged'
             when before.state = 'returned' and coalesce(already.followed_up, 0) + 1 >= $follow_up_checks then 'settled'
             when before.state = 'returned' then 'followed_up'
             else 'gone' end as event,
        case when candidate.case_no is null and child.seen and outcome.contradicted_by = 'attendance'
             then '曾答复“' || outcome.wording || '”，本期考勤显示在' || coalesce(child.attends_school_name, '') || '到校'
             when candidate.waits_for is null and before.state = 'explained' and outcome.contradicted_by = 'no_roll'
                  and not coalesce(child.on_roll, false) and before.answered_on + $transfer_days < $as_of
             then strftime(before.answered_on, '%Y-%m-%d') || '答复“' || outcome.wording || '”，已过' || $transfer_days
                  || '天仍未发现学籍；' || coalesce(candidate.explanation, '')
             else coalesce(candidate.explanation, child.explanation_text) end as note,
        before.answer_code as contradicted_code,
        before.state
    from previous_cases as before
    left join case_findings as candidate on candidate.case_no = before.case_no
    left join children as child on child.child_id = before.child_id
    left join (select distinct district_code, finding from findings_off) as off_here
        on off_here.district_code = coalesce(child.district_code, before.district_code) and off_here.finding = before.finding
    left join answered on answered.case_no = before.case_no
    left join outcomes as outcome on outcome.code = before.answer_code
    left join happened as already on already.case_no = before.case_no
),
fallen_due as (
    select before.case_no, before.district_code, before.due_on
    from previous_cases as before
    left join answered on answered.case_no = before.case_no
    left join happened as already on already.case_no = before.case_no
    where before.state = 'open' and before.due_on < $as_of and answered.case_no is null and coalesce(already.overdue_on <> before.due_on, true)
),
-- Noted the day it was reported, not the due day, so that it follows the overdue in the history.
raised as (
    select before.case_no, before.district_code, before.due_on + $escalate_days as raised_on
    from previous_cases as before
    left join answered on answered.case_no = before.case_no
    left join happened as already on already.case_no = before.case_no
    where before.state = 'open' and before.due_on + $escalate_days < $as_of and answered.case_no is null
        and coalesce(already.escalated_on <> before.due_on + $escalate_days, true)
),
now_events as (
    select case_no, district_code, event, least($as_of, $listed_on) as happened_on,
        cast(null as varchar) as answer_code, note, cast(null as varchar) as record_id, 1 as part
    from opened
    union all
    select case_no, district_code, event, least($as_of, $listed_on),
        case when event = 'contradicted' then contradicted_code end, note, null,
        case when event in ('reopened', 'expired') then 1 else 3 end
    from followed
    -- a closed case that stays away has no further history
    where not (state = 'closed' and event in ('gone', 'unjudged', 'waits'))
    union all
    select case_no, district_code, 'overdue', due_on, null, null, null, 0 from fallen_due
    union all
    select case_no, district_code, 'escalated', raised_on, null, null, null, 0 from raised
    union all
    select case_no, district_code, event, answered_on, answer_code,
        concat_ws('；', '答复' || answer_code, nullif(evidence, ''), nullif(whereabouts, '')), record_id, 2
    from case_answers
    where case_no in (select case_no from opened union all select case_no from previous_cases)
),
events_before as (
    select case_no, max(event_no) as events from previous_case_events group by case_no
)
select period, district_code, case_no, event_no, event, happened_on, answer_code, note, record_id
from previous_case_events
union all
select
    $period,
    now_events.district_code,
    now_events.case_no,
    coalesce(events_before.events, 0) + row_number() over (
        partition by now_events.case_no order by part, happened_on, now_events.record_id, now_events.event
    ),
    now_events.event,
    now_events.happened_on,
    now_events.answer_code,
    now_events.note,
    now_events.record_id
from now_events
left join events_before on events_before.case_no = now_events.case_no
order by case_no, event_no
