-- Answers that could not be given to a case, or that its state does not allow: for the office to correct.
-- One row per answer and kind of fault.
-- Rules: number unknown or with a wrong check character; outcome not one of A1–E2; the name beside the number another
-- child's; older than the answer the case has, or against another of its day; a day still to come; a step the declared states do not have (a closed case
-- cannot become 辍学 by a late answer).
with known as (
    select case_no, child_id from previous_cases
    union
    select case_no, child_id from case_findings
),
checked as (
    select
        answer.record_id, answer.district_code, answer.delivery_id, answer.sheet, answer.row_no, answer.name,
        answer.answered_on, known.case_no, outcome.code as outcome_code, called.names as child_names,
        length(case_number_bare(answer.case_no)) = 8
            and case_check(substr(case_number_bare(answer.case_no), 1, 7)) = substr(case_number_bare(answer.case_no), 8)
            as number_is_whole
    from answers as answer
    left join known on known.case_no = case_number_written(answer.case_no)
    left join outcomes as outcome on outcome.code = outcome_written(answer.code) or outcome.wording = trim(answer.code)
    left join child_names as called on called.child_id = known.child_id
    -- decisions on pairs of records are the linker's, not a case's
    where not coalesce(regexp_matches(answer.code, '同一人|不能确定|SAME|DIFFERENT|UNSURE'), false)
),
wrong as (
    select *, 'unknown_case' as code,
        case when number_is_whole then '案号不在本次核查名单中，请核对是否填错行' else '案号不完整或有误，请按名单原样填写案号' end as sentence
    from checked where case_no is null
    union all
    select *, 'unknown_outcome', '核实结果不在代码表（A1—E2）中，请从下拉列表中选择'
    from checked where case_no is not null and outcome_code is null
    union all
    select *, 'other_child', '案号与姓名不是同一个孩子，请核对是否串行'
    from checked where case_no is not null and not is_same_written_name(name, child_names)
    union all
    select *, 'future_answer', '核实日期晚于收到日期，已按收到日期计，请核对'
    from checked where case_no is not null and outcome_code is not null and answered_on > $as_of
    union all
    select checked.*, 'older_answer',
        '该个案已有' || strftime(before.answered_on, '%Y-%m-%d') || '的答复，这条更早，未采用；如仍以此为准，请改填新的核实日期'
    from checked
    join new_answers as answer on answer.record_id = checked.record_id
    join previous_cases as before on before.case_no = checked.case_no
    where answer.answered_on < before.answered_on
    union all
    select distinct checked.*, 'contradicted_answer',
        '同一个案同一天另有“' || outcomes.wording || '”的答复，两者矛盾，暂按后者处理；请与对方核实，一致后填新的核实日期再报'
    from checked
    join new_answers as answer on answer.record_id = checked.record_id
    join case_answers as other
        on other.case_no = answer.case_no and other.answered_on = answer.answered_on
        and other.event = 'dropout' and answer.event not in ('dropout', 'unresolved')
    join outcomes on outcomes.code = other.answer_code
    where is_same_written_name(checked.name, checked.child_names)
),
impossible as (
    select answer.record_id, 'impossible_step' as code,
        '该个案当前状态不接受“' || answer.answer_code || '”这一答复，请联系发件单位' as sentence
    from case_answers as answer
    join case_steps as step on step.case_no = answer.case_no and step.record_id = answer.record_id
    where answer.direct and step.to_state is null
)
select
    $period as period, district_code, record_id, delivery_id, sheet, row_no, code, sentence
from wrong
union all
select
    $period, answer.district_code, answer.record_id, answer.delivery_id, answer.sheet, answer.row_no,
    impossible.code, impossible.sentence
from impossible
join answers as answer on answer.record_id = impossible.record_id
order by record_id, code
