-- Everything that ever happened to each case, this period's events last.
-- One row per event; a case's state is the fold of its events (case_steps), so its history replays to it.
-- Rules:
--  * opened where a finding has no case yet; a finding that waits for a match opens none, nor does one an earlier
--    answer explains; one answered in this very period does.
--  * reopened (its case was closed) or expired (its answer holds no longer) where it is listed again; both, like opened
--    and contradicted, ask an office and carry the day its answer is due: $answer_due_on, or that of a county or school
--    with an opening day of its own.
--  * an answer is the event its code stands for (outcomes.csv). 辍学 answered again of a case that is 辍学 already is one
--    more attempt to bring the child back (persuaded).
--  * carried where a valid answer explains it; waits where a match is open or a roll could not be read; unjudged where what it is judged by was not
--    handed in, or is not complete enough yet: no delivery is not the end of a case.
--  * contradicted where the answer says dead, abroad or nobody (outcomes.csv: contradicted_by) and a class sheet of the
--    period shows the child present. So is 在校已注册学籍 (no_roll) where the child is listed again, on no roll
--    $transfer_days after the answer.
--  * not found any more though it could be judged: gone where the child is at school (or the fault is mended), cleared where
--    the deliveries give a lawful reason, ended where the child is past the ages or in no register, and where a fault is mended
--    whose case was answered 辍学: a number put right brings no child back to school. Who had come back is
--    followed_up, at most once in $follow_up_months, and settled with the last of $follow_up_checks.
--  * overdue once for a due day, escalated once $escalate_days after it, as long as nobody has answered.
-- Opening events come before this period's answers, what was or was not found again comes after them.
with latest as (
    select *
    from (select
              case_no, answer_code, answered_on, event,
              row_number() over (partition by case_no order by answered_on desc, record_id desc) as place
          from case_answers) as given
    where place = 1
),
-- The last thing that changed a case, and the checks since.
turns as (
    select case_no, max(event_no) as event_no, arg_max(period, event_no) as period
    from previous_case_events
    where event not in ('followed_up', 'carried', 'waits', 'unjudged', 'overdue', 'escalated')
    group by case_no
),
checks as (
    select turns.case_no, count(later.case_no) as done, max(coalesce(later.period, turns.period)) as last_period
    from turns
    left join previous_case_events as later
        on later.case_no = turns.case_no and later.event_no > turns.event_no and later.event = 'followed_up'
    group by turns.case_no
),
noted as (
    select
        case_no,
        max(happened_on) filter (where event = 'overdue') as overdue_on,
        max(happened_on) filter (where event = 'escalated') as escalated_on
    from previous_case_events
    group by case_no
),
-- What a case was judged by before and nobody handed in now: the roll of one of its schools, the sheets of the school
-- where it attended, the register of its township.
without_roll as (
    select distinct roll.child_id
    from previous_child_rolls as roll
    join silent_rolls as silent on silent.school_code = roll.school_code
    where roll.in_force
),
without_register as (
    select before.child_id
    from previous_children as before
    left join (select distinct township_code from children where in_household) as here
        on here.township_code = before.township_code
    where before.in_household and before.township_code is not null and here.township_code is null
),
with_sheets as (
    select distinct school_code from child_attendance
),
-- No sheet of the school could show them any more: they have finished, or would be past grade nine.
past_grade_nine as (
    select distinct child_id
    from previous_children
    where grade + school_year_of($period) - school_year_of(coalesce(known_period, period)) > 9
),
opened as (
    select
        candidate.case_no, candidate.district_code, candidate.school_code, candidate.child_id, candidate.explanation,
        candidate.waits_for, latest.case_no is not null as is_answered
    from case_findings as candidate
    left join previous_cases as before on before.case_no = candidate.case_no
    left join latest on latest.case_no = candidate.case_no
    where before.case_no is null and (candidate.waits_for is null or latest.case_no is not null)
),
looked as materialized (
    select
        before.case_no, before.finding, before.state, before.due_on as due_before,
        coalesce(child.district_code, before.district_code) as district_code,
        coalesce(candidate.school_code, child.school_code, before.school_code) as school_code,
        candidate.case_no is not null as found,
        candidate.case_no is not null and candidate.waits_for is null as listed,
        candidate.waits_for,
        candidate.explanation as found_text,
        latest.case_no is not null as is_answered,
        coalesce(latest.answer_code, before.answer_code) as standing_code,
        coalesce(latest.answered_on, before.answered_on) as standing_on,
        outcome.wording, outcome.contradicted_by,
        coalesce(step.to_state, case when before.state = 'closed' and candidate.case_no is not null and candidate.waits_for is null
                                     then 'open' else before.state end) as state_after,
        kind.matter,
        child.child_id is not null as is_there,
        coalesce(child.seen, false) as seen,
        coalesce(child.on_roll, false) as on_roll,
        child.of_school_age,
        child.school_name, child.attends_school_name, child.explanation as lawful, child.explanation_text,
        coalesce(checks.done, 0) as checks_done, checks.last_period as last_check,
        case when off_here.finding is not null then '本区县没有报送判定所需的数据'
             when without_roll.child_id is not null and not coalesce(child.on_roll, false) and not coalesce(child.seen, false)
                  then '学校本期没有报送学籍'
             when before.finding in ('not_enrolled', 'identity_mismatch', 'missing_id_number')
                  and without_register.child_id is not null and not coalesce(child.in_household, false)
                  then '本乡镇街道本期没有报送户籍数据'
             when before.finding = 'attends_unregistered' and not coalesce(child.seen, false)
                  and not coalesce(child.on_roll, false) and with_sheets.school_code is null
                  and past_grade_nine.child_id is null then '学校本期没有报送考勤'
             when (before.finding = 'attends_elsewhere'
                   or before.finding = 'dropout_risk' and not child.class_delivered
                   or before.finding in ('absent_from_school', 'suspected_dropout')
                      and coalesce(child.explanation in ('answered', 'attends_elsewhere'), true))
                  and child.on_roll and child.should_attend and not child.seen
                  then case when child.class_delivered then '考勤天数或内容尚不足以判定' else '所在班级本期没有报送考勤' end
             end as unjudged_for
    from previous_cases as before
    join finding_kinds as kind on kind.finding = before.finding
    left join case_findings as candidate on candidate.case_no = before.case_no
    left join children as child on child.child_id = before.child_id
    left join (select distinct district_code, finding from findings_off) as off_here
        on off_here.district_code = coalesce(child.district_code, before.district_code) and off_here.finding = before.finding
    left join latest on latest.case_no = before.case_no
    left join outcomes as outcome on outcome.code = coalesce(latest.answer_code, before.answer_code)
    left join case_transitions as step
        on step.event = latest.event
        and step.from_state = case when before.state = 'closed' and candidate.case_no is not null and candidate.waits_for is null
                                   then 'open' else before.state end
    left join checks on checks.case_no = before.case_no
    left join without_roll on without_roll.child_id = before.child_id
    left join without_register on without_register.child_id = before.child_id
    left join with_sheets on with_sheets.school_code = before.school_code
    left join past_grade_nine on past_grade_nine.child_id = before.child_id
),
contradicted as (
    select
        case_no,
        case when contradicted_by = 'attendance'
             then '曾答复“' || wording || '”，本期考勤显示在' || coalesce(attends_school_name, '') || '到校'
             else strftime(standing_on, '%Y-%m-%d') || '答复“' || wording || '”，已过' || $transfer_days
                  || '天仍未发现学籍；' || coalesce(found_text, '') end as note
    from looked
    where contradicted_by = 'attendance' and seen
            and case when is_answered then state_after else state end in ('explained', 'closed')
        or contradicted_by = 'no_roll' and listed and not on_roll and state_after = 'explained'
            and standing_on + $transfer_days < $as_of
),
asked_anew as (
    select looked.case_no, looked.district_code, looked.school_code, looked.is_answered,
        case looked.state when 'closed' then 'reopened' else 'expired' end as event, looked.found_text as note
    from looked
    left join contradicted on contradicted.case_no = looked.case_no
    where looked.listed and contradicted.case_no is null
        and (looked.state = 'closed' or looked.state = 'explained' and not looked.is_answered)
),
after_answers as (
    select looked.*,
        case when contradicted.case_no is not null then 'contradicted'
             when waits_for in ('review', 'roll') then 'waits'
             when waits_for = 'answer' and state_after in ('explained', 'closed', 'returned') then 'carried'
             when listed and state_after = 'explained' then case when is_answered then 'expired' end
             when found and state <> 'closed' then 'seen_again'
             when found then null
             when unjudged_for is not null then 'unjudged'
             when matter <> 'absence' then case when state_after in ('dropout', 'returned') then 'ended' else 'gone' end
             when seen or coalesce(lawful = 'vocational', false) or finding = 'not_enrolled' and on_roll then
                 case when state_after <> 'returned' then 'gone'
                      when month_number($period) - month_number(last_check) < $follow_up_months then null
                      when checks_done + 1 >= $follow_up_checks then 'settled'
                      else 'followed_up' end
             when lawful is not null then 'cleared'
             else 'ended' end as event,
        contradicted.note as contradiction
    from looked
    left join contradicted on contradicted.case_no = looked.case_no
),
-- A case opened now whose answer of this very period does not stand on the day of the run.
opened_and_answered as (
    select
        opened.case_no, opened.district_code, opened.school_code,
        case when outcome.contradicted_by = 'attendance' and child.seen
                  or outcome.contradicted_by = 'no_roll' and not child.on_roll and latest.answered_on + $transfer_days < $as_of
             then 'contradicted' else 'expired' end as event,
        latest.answer_code,
        '答复“' || outcome.wording || '”，'
        || case when outcome.contradicted_by = 'attendance' and child.seen
                     then '本期考勤显示在' || coalesce(child.attends_school_name, '') || '到校'
                when outcome.contradicted_by = 'no_roll' and not child.on_roll and latest.answered_on + $transfer_days < $as_of
                     then '已过' || $transfer_days || '天仍未发现学籍'
                else '已过有效期' end as note
    from opened
    join latest on latest.case_no = opened.case_no
    join outcomes as outcome on outcome.code = latest.answer_code
    join children as child on child.child_id = opened.child_id
    where opened.waits_for is null and outcome.explains = 'yes'
),
asking as (
    select case_no, district_code, school_code, 'opened' as event, cast(null as varchar) as answer_code, explanation as note,
        1 as part, not is_answered as unanswered
    from opened
    union all
    select case_no, district_code, school_code, event, null, note, 1, not is_answered from asked_anew
    union all
    select case_no, district_code, school_code, event, case when event = 'contradicted' then standing_code end,
        coalesce(contradiction, found_text), 3, true
    from after_answers
    where event in ('contradicted', 'expired')
    union all
    select case_no, district_code, school_code, event, case when event = 'contradicted' then answer_code end, note, 3, true
    from opened_and_answered
),
dated as (
    select asking.*, coalesce(of_school.answer_due_on, of_county.answer_due_on, $answer_due_on) as due_on
    from asking
    left join opening_days as of_school on of_school.unit_code = asking.school_code
    left join opening_days as of_county on of_county.unit_code = asking.district_code
),
-- Who has not answered: of earlier periods first, of what is asked now last.
unanswered as (
    select looked.case_no, looked.district_code, looked.due_before as due_on, 0 as part
    from looked
    where looked.state = 'open' and not looked.is_answered
    union all
    select case_no, district_code, due_on, 4 from dated where unanswered
),
late as (
    select unanswered.*, 'overdue' as event, due_on as happened_on
    from unanswered
    left join noted on noted.case_no = unanswered.case_no
    where due_on < $as_of and coalesce(noted.overdue_on <> due_on, true)
    union all
    select unanswered.*, 'escalated', due_on + $escalate_days
    from unanswered
    left join noted on noted.case_no = unanswered.case_no
    where due_on + $escalate_days < $as_of and coalesce(noted.escalated_on <> due_on + $escalate_days, true)
),
answers_given as (
    select
        answer.*,
        looked.state as state_before,
        lag(answer.event) over (partition by answer.case_no order by answer.answered_on, answer.record_id) as event_before
    from case_answers as answer
    left join looked on looked.case_no = answer.case_no
),
now_events as (
    select case_no, district_code, event, least($as_of, $listed_on) as happened_on, answer_code, note,
        cast(null as varchar) as record_id, part, due_on
    from dated
    union all
    select case_no, district_code, event, least($as_of, $listed_on), null,
        case event
            when 'gone' then case when seen then '本期考勤显示在' || coalesce(attends_school_name, '') || '到校'
                                  when matter = 'absence' and on_roll then '学籍已在' || coalesce(school_name, '')
                                  else explanation_text end
            when 'unjudged' then unjudged_for
            when 'ended' then case when not is_there then '本期各项数据中没有该生'
                                   when not of_school_age then '已不在适龄范围' else '本期不再符合该项问题的条件' end
            else coalesce(found_text, explanation_text) end,
        null, 3, null
    from after_answers
    where event is not null and event not in ('contradicted', 'expired')
        -- a closed case that stays away has no further history
        and not (state_after = 'closed' and event in ('gone', 'cleared', 'ended', 'unjudged', 'waits'))
    union all
    select case_no, district_code, event, happened_on, null, null, null, part, null from late
    union all
    select case_no, district_code,
        case when event = 'dropout' and coalesce(event_before, case when state_before = 'dropout' then 'dropout' end) = 'dropout'
             then 'persuaded' else event end,
        answered_on, answer_code,
        concat_ws('；', '答复' || answer_code, nullif(evidence, ''), nullif(whereabouts, '')), record_id, 2, null
    from answers_given
    where case_no in (select case_no from opened union all select case_no from previous_cases)
),
events_before as (
    select case_no, max(event_no) as events from previous_case_events group by case_no
)
select period, district_code, case_no, event_no, event, happened_on, answer_code, note, record_id, due_on
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
    now_events.record_id,
    now_events.due_on
from now_events
left join events_before on events_before.case_no = now_events.case_no
order by case_no, event_no
