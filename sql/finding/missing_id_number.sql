-- 无身份证号: no usable number in the registry, or none in the household register.
-- One row per child; the reason says where: registry, household, registry+household.
-- Rules: design, findings; domain, identifiers. Usable is a whole 18-character number; cut off by Excel, masked, 15 or
-- 17 digits, two in a cell are not. A guardian's number entered for the child is a wrong number where the household
-- register has the right one, else a missing one. A number that looks cut off (…000) and is the household's, or is spelt
-- the same by the registry number, is whole; one that looks whole is cut off where the other register has its last digits.
-- Looked at are roll entries in force and household entries of
-- children of school age or on a roll. Pupils from elsewhere (随迁) are judged by the registry alone.
with registered as (
    select
        roll.child_id,
        record.id_kind,
        record.id_number,
        is_missing_id(record.id_kind) and not coalesce(record.pupil_no = 'G' || record.id_number, false)
            or record.id_kind = 'guardian' or coalesce(record.id_number in (record.guardian_id_number, record.guardian2_id_number), false) as no_number,
        is_missing_id(record.id_kind) and not coalesce(record.pupil_no = 'G' || record.id_number, false)
            as no_whole_number
    from child_rolls as roll
    join person_records as record on record.record_id = roll.record_id
    where roll.place = 1 and roll.in_force
),
homes as (
    select
        child.child_id,
        bool_and(is_missing_id(record.id_kind)) as no_number,
        min(record.id_number) filter (where record.id_kind = 'valid') as id_number
    from child_records as child
    join person_records as record on record.record_id = child.record_id
    where record.source = 'household' and record.in_force
    group by child.child_id
),
looked_at as (
    select
        child.child_id,
        case when is_cut_off(registered.id_number, home.id_number) then 'truncated' else registered.id_kind end as id_kind,
        coalesce(
            case when home.id_number = registered.id_number then false
                 when is_cut_off(registered.id_number, home.id_number) then true
                 when home.no_number = false then registered.no_whole_number
                 else registered.no_number end, false) as registry_lacks,
        coalesce((home.no_number or is_cut_off(home.id_number, registered.id_number)) and (child.on_roll or child.of_school_age), false)
            as household_lacks
    from children as child
    left join registered on registered.child_id = child.child_id
    left join homes as home on home.child_id = child.child_id
)
select
    child_id,
    concat_ws('+', case when registry_lacks then 'registry' end, case when household_lacks then 'household' end)
        as reason,
    concat_ws('；',
        case when registry_lacks then
            case coalesce(id_kind, 'blank')
                when 'blank' then '学籍中没有身份证号'
                when 'truncated' then '学籍中的身份证号被表格软件截断，后几位丢失'
                when 'masked' then '学籍中的身份证号被遮盖'
                when 'short15' then '学籍中是15位旧身份证号'
                when 'short17' then '学籍中的身份证号只有17位'
                when 'several' then '学籍中一格有两个身份证号'
                when 'guardian' then '学籍中填的是监护人的身份证号'
                when 'valid' then '学籍中填的是监护人的身份证号'
                else '学籍中的证件号不是身份证号' end end,
        case when household_lacks then '户籍登记中没有身份证号' end) || '。' as explanation
from looked_at
where registry_lacks or household_lacks
order by child_id
