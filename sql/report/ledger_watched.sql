-- Purpose: the running ledgers of 疑似辍学 (county) and 有辍学倾向 (school): who stands on them and how far each is.
-- One row per case of these findings that stands, or was closed in this very period.
-- Rule: a list asks, a ledger keeps: who is explained or waits for data stays with its answer until the case is closed
-- (销号), and is shown once more then, so that nobody vanishes from one term to the next without a word. Whom an answer
-- made 辍学, and who came back, stand in the ledgers of those (ledger_dropouts).
with school_names as (
    select school_code, min(school_name) as school_name
    from schools
    group by school_code
),

standing as (
    select k.*
    from cases k
    left join previous_cases b on b.case_no = k.case_no
    where k.finding in ('suspected_dropout', 'dropout_risk')
        and (k.state in ('open', 'unresolved', 'explained')
             or k.state = 'closed' and coalesce(b.state <> 'closed', true))
),

-- What was found last: this period's sentence, or that of the event that spoke last.
told as (
    select case_no, arg_max(note, event_no) as note
    from case_events
    where event in ('opened', 'reopened', 'expired', 'contradicted', 'seen_again') and note is not null
    group by case_no
)

select
    k.period, k.district_code, k.finding,
    (row_number() over (
        partition by k.district_code, k.finding
        order by k.state = 'closed', coalesce(c.priority, 0) = 0, coalesce(s.school_name, c.school_name) nulls last,
            c.grade nulls last, c.class_no nulls last, k.case_no))::int as row_no,
    k.child_id, k.case_no,
    coalesce(k.school_code, c.school_code) as school_code,
    coalesce(s.school_name, c.school_name, k.school_code) as school_name,
    nullif(class_label(c.grade, c.class_no), '') as class_text,
    c.township_name, c.name, c.sex,
    last_four(c.id_number) as id_last_four,
    case when c.priority > 0 then '★' end as priority_mark,
    mask_numbers(t.note) as explanation,
    k.opened_period, k.last_seen_period, k.state,
    k.answer_code || coalesce(' ' || o.wording, '') as answer,
    k.answered_on,
    case when k.state in ('open', 'unresolved') then k.due_on end as due_on
from standing k
left join children c on c.child_id = k.child_id
left join school_names s on s.school_code = coalesce(k.school_code, c.school_code)
left join outcomes o on o.code = k.answer_code
left join told t on t.case_no = k.case_no
order by k.district_code, k.finding, row_no
