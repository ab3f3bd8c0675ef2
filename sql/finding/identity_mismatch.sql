-- 身份信息有误: registry and household register disagree on the name, sex, birth date or number of one child.
-- One row per child; the reason joins the fields with + in this order.
-- Rules: compared are the roll entry in force and the household entry in force. Names differ beyond notation (dots,
-- spaces); variant characters are another name on a document. A birth date known only to the month is compared by
-- the month. Numbers are compared where both are whole; a missing or broken one is missing_id_number. Pupils without
-- a local household entry (随迁) have nothing to compare.
with rolls as (
    select
        roll.child_id, record.name, record.sex, record.birth_date, record.id_number, record.id_kind,
        coalesce(reading.birth_month_only, false) as by_month
    from child_rolls as roll
    join person_records as record on record.record_id = roll.record_id
    left join registry_pupils as reading on reading.record_id = roll.record_id
    where roll.place = 1 and roll.in_force
),
homes as (
    select
        child.child_id, record.name, record.sex, record.birth_date, record.id_number, record.id_kind,
        coalesce(reading.birth_month_only, false) as by_month,
        row_number() over (partition by child.child_id order by record.record_id) as place
    from child_records as child
    join person_records as record on record.record_id = child.record_id
    left join household_children as reading on reading.record_id = record.record_id
    where record.source = 'household' and record.in_force
),
compared as (
    select
        roll.child_id,
        name_without_notation(roll.name) <> name_without_notation(home.name) as name_differs,
        roll.sex <> home.sex as sex_differs,
        case when roll.by_month or home.by_month
             then date_trunc('month', roll.birth_date) <> date_trunc('month', home.birth_date)
             else roll.birth_date <> home.birth_date end as birth_differs,
        not is_missing_id(roll.id_kind) and not is_missing_id(home.id_kind) and roll.id_number <> home.id_number
            and not is_cut_off(roll.id_number, home.id_number) and not is_cut_off(home.id_number, roll.id_number)
            as number_differs,
        roll.name as roll_name, home.name as home_name, roll.sex as roll_sex, home.sex as home_sex,
        roll.birth_date as roll_birth, home.birth_date as home_birth,
        roll.id_number as roll_number, home.id_number as home_number
    from rolls as roll
    join homes as home on home.child_id = roll.child_id and home.place = 1
)
select
    child_id,
    concat_ws('+',
        case when name_differs then 'name' end, case when sex_differs then 'sex' end,
        case when birth_differs then 'birth_date' end, case when number_differs then 'id_number' end) as reason,
    concat_ws('；',
        case when name_differs then '姓名：学籍为“' || roll_name || '”，户籍为“' || home_name || '”' end,
        case when sex_differs then '性别：学籍为' || roll_sex || '，户籍为' || home_sex end,
        case when birth_differs then '出生日期：学籍为' || roll_birth || '，户籍为' || home_birth end,
        case when number_differs
             then '身份证号：学籍尾号' || right(roll_number, 4) || '，户籍尾号' || right(home_number, 4)
                  || case when right(roll_number, 4) = right(home_number, 4) then '（前14位不同）' else '' end end)
        || '。' as explanation
from compared
where name_differs or sex_differs or birth_differs or number_differs
order by child_id
