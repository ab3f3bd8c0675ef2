-- Purpose: the county's ledger of children of school age (适龄儿童台账): where each of them stands.
-- One row per child of school age in the county, and per over-age pupil not yet finished (domain: rules and rates), by
-- township, school and class.
-- Rule: the gravest finding about schooling speaks first (a wrong number says nothing of where a child is); else why the child is not at its school; else where it was seen; a pupil whose
-- class handed in no sheet is not judged (no delivery is not absence).
with gravest as (
    select f.child_id, arg_min(k.finding_text, k.sheet_no) as finding_text
    from findings f
    join list_routes k on k.finding = f.finding and k.recipient = 'county'
    where f.finding not in ('duplicate_registration', 'identity_mismatch', 'missing_id_number')
    group by f.child_id
)

select
    c.period, c.district_code,
    (row_number() over (
        partition by c.district_code
        order by c.township_name nulls last, c.school_name nulls last, c.grade nulls last, c.class_no nulls last, c.name, c.child_id))::int
        as row_no,
    c.child_id,
    c.township_name, c.name, c.sex,
    strftime(c.birth_date, '%Y-%m') as birth_month,
    last_four(c.id_number) as id_last_four,
    case when c.on_roll then '是' else '否' end as on_roll,
    c.school_name,
    nullif(class_label(c.grade, c.class_no), '') as class_text,
    case when g.finding_text is not null then g.finding_text
         when c.explanation is not null then coalesce(mask_numbers(c.explanation_text), '有说明')
         when c.seen then '在校'
         when c.on_roll and not coalesce(c.class_delivered, false) then '未报考勤，未判断'
         else '待核对' end || coalesce('；' || c.grade_age_note, '') as standing
from children c
left join gravest g on g.child_id = c.child_id
where c.of_school_age or c.left_roll or c.on_roll and c.should_attend
order by c.district_code, row_no
