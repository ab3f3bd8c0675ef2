-- 在校不在籍: attending a school, on no roll.
-- One row per child.
-- Rule: design, findings. Only where the school's roll was handed in: a district whose rolls come one file a school and
-- which has none of this school has a missing delivery, not unregistered pupils. In a whole-district export a school
-- without a single pupil is a school without a roll. Children of a school's kindergarten classes stand on no such roll.
-- Nor does it attend any more whose sheet ends with 转: its roll may well have ended with it.
with before_school as (
    select child.child_id
    from attendance_pupils as sheet
    join child_records as child on child.record_id = sheet.record_id
    group by child.child_id
    having bool_and(is_before_school(sheet.grade, sheet.class_name, sheet.sheet))
),
schools_with_roll as (
    select distinct school_code from child_rolls where school_code is not null
)
select
    child.child_id,
    case when child.roll_status is null then 'on_no_roll' else 'roll_not_in_force' end as reason,
    month(cast($month || '-01' as date)) || '月在' || coalesce(child.attends_school_name, '')
    || class_label(child.grade, child.class_no) || '到校' || coalesce(child.days_present, 0) || '天；'
    || case when child.roll_status is null then '没有学籍。' else '原学籍状态为' || child.roll_status || '，没有在册学籍。' end
    || coalesce('与原在' || twin.place || '就读、本期学籍中已没有的学生同名，请核对是否同一人。', '') as explanation
from children as child
left join (
    select namesakes.other_child_id, string_agg(distinct gone.school_name, '、' order by gone.school_name) as place
    from namesakes
    join children as gone on gone.child_id = namesakes.child_id
    group by namesakes.other_child_id
) as twin on twin.other_child_id = child.child_id
left join schools_with_roll as own on own.school_code = child.attends_school_code
left join before_school as young on young.child_id = child.child_id
left join whole_exports as whole on whole.district_code = child.district_code
left join child_attendance as sheet
    on sheet.child_id = child.child_id and sheet.school_code = child.attends_school_code
where child.seen
    and not child.on_roll
    -- senior pupils are on rolls this comparison does not hold
    and coalesce(child.grade between 1 and 9, true)
    and young.child_id is null
    and coalesce(sheet.last_mark <> 'M', true)
    and (own.school_code is not null or whole.district_code is not null)
order by child.child_id
