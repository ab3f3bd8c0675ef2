-- Purpose: the letters to families: who is asked to enrol a child or to bring it back, and which office delivers it.
-- One row per child and kind of letter.
-- Rule: of the offices that have the child on their list the first by turn delivers (expectations/recipients.py), so that
-- a family gets one letter. The family's name and address are for a township only: a school does not hold them. A day
-- to answer by that is past already is left out. A family gets each letter once for each time its case is asked about
-- (opened, reopened, its answer run out or contradicted), not once a month: letters_sent keeps what went before. None goes to
-- the family of a child who is at school, whatever was answered.
with asked as (
    select case_no, max(period) filter (where event in ('opened', 'reopened', 'expired', 'contradicted')) as asked_period
    from case_events
    group by case_no
),

sent as (
    select p.*, r.letter, coalesce(a.asked_period, $period) as asked_period
    from list_places p
    join letter_routes r on r.finding = p.finding and r.recipient = p.recipient
    left join asked a on a.case_no = p.case_no
    left join previous_letters_sent b
        on b.case_no = p.case_no and b.letter = r.letter and b.asked_period = coalesce(a.asked_period, $period)
    where b.case_no is null and coalesce(p.reason <> 'contradicted', true)
    qualify row_number() over (partition by p.child_id, r.letter order by r.turn) = 1
)

select
    period, district_code, letter, recipient, unit_code, unit_name,
    (row_number() over (
        partition by district_code, letter, recipient, unit_code
        order by case when recipient = 'school' then grade end nulls last,
            case when recipient = 'school' then class_no end nulls last, address nulls last, name nulls last, child_id))::int
        as letter_no,
    child_id, finding, case_no, asked_period, name, sex,
    case when recipient = 'township' then guardian_name end as guardian_name,
    case when recipient = 'township' then address end as address,
    case when due_on > $as_of then due_on end as due_on,
    strftime(birth_date, '%Y年%-m月') as birth_month,
    school_name, class_text
from sent
order by district_code, letter, recipient, unit_code, letter_no
