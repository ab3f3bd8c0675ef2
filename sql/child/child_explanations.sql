-- Why a child is not at its school, where that is known.
-- One row per child with at least one reason; of several the strongest, in the order below.
-- Rules (design: findings; domain: outcomes): death, a vocational roster, suspension, home teaching, an approved
-- exemption valid on the day of the run, sickness on all recorded days, removal from the household register, and a
-- still-valid verified answer are lawful; attendance at another school explains but stays a finding of its own.
-- What this period's deliveries show goes before what an office answered earlier: an answer must not hide that a child
-- attends elsewhere by now. Lists of exemptions and vocational pupils stand until there are others (standing_reasons).
-- A removed household entry counts only where no other entry of the child still stands.
with household as (
    select
        child.child_id,
        bool_or(record.in_force) as stands,
        min(entry.left_reason) filter (where regexp_matches(entry.left_reason, '亡|死')) as death,
        min(coalesce(entry.left_reason, '注销')) filter (where not record.in_force) as removal
    from household_children as entry
    join person_records as record on record.record_id = entry.record_id
    join child_records as child on child.record_id = entry.record_id
    group by child.child_id
),
own_sheet as (
    select sheet.*
    from child_attendance as sheet
    join child_rolls as roll
        on roll.child_id = sheet.child_id and roll.school_code = sheet.school_code and roll.place = 1
),
elsewhere as (
    select
        away.child_id, away.school_code, away.days_present,
        row_number() over (partition by away.child_id order by away.last_present_on desc, away.days_present desc, away.school_code)
            as place
    from child_attendance as away
    join child_rolls as roll on roll.child_id = away.child_id and roll.place = 1 and roll.in_force
    left join own_sheet as own on own.child_id = away.child_id
    where away.school_code <> roll.school_code
        and away.days_present > 0
        and (coalesce(own.days_present, 0) = 0 or away.last_present_on > own.last_present_on)
),
school_names as (
    select school_code, min(school_name) as school_name from schools group by school_code
),
reasons as (
    select child_id, 1 as strength, 'died' as explanation, '户籍登记：' || death as explanation_text
    from household where death is not null
    union all
    select child_id, 1, 'died', '学籍状态为死亡' from child_rolls where place = 1 and status = '死亡'
    union all
    select
        child_id, case source when 'vocational' then 3 else 5 end, explanation,
        explanation_text || case when told_period < $period then '（' || told_period || '报送，此后没有新名单）' else '' end
    from standing_reasons
    union all
    select child_id, 4, 'suspended', '学籍状态为休学' from child_rolls where place = 1 and in_force and status = '休学'
    union all
    select child_id, 4, 'suspended', '考勤表标注休学' from own_sheet where last_mark = 'X'
    union all
    select child.child_id, 4, 'home_teaching', '学籍登记为送教上门'
    from registry_pupils as pupil
    join child_records as child on child.record_id = pupil.record_id
    join child_rolls as roll on roll.record_id = pupil.record_id and roll.place = 1
    where regexp_matches(pupil.attend_mode, '送教')
    union all
    select child_id, 6, 'abroad', '学籍状态为出国' from child_rolls where place = 1 and status = '出国'
    union all
    select child_id, 7, 'sick_leave', '本月考勤记录的' || days_recorded || '天均为病假'
    from own_sheet where days_recorded > 0 and days_sick = days_recorded
    union all
    select elsewhere.child_id, 8, 'attends_elsewhere',
        '在' || coalesce(school_names.school_name, elsewhere.school_code) || '就读（本月到校' || elsewhere.days_present || '天）'
    from elsewhere
    left join school_names on school_names.school_code = elsewhere.school_code
    where elsewhere.place = 1
    union all
    select child_id, 9, 'moved_out', '考勤表标注转出' from own_sheet where last_mark = 'M'
    union all
    select child_id, 10, case when removal = '出国' then 'abroad' else 'registration_cancelled' end, '户籍已迁出或注销：' || removal
    from household where not stands
    union all
    select child_id, 11, 'moved_out', '学籍状态为转出' from child_rolls where place = 1 and not in_force and status = '转出'
    union all
    select child_id, 11, 'graduated', '学籍状态为毕业' from child_rolls where place = 1 and not in_force and status = '毕业'
    union all
    select answer.child_id, 12, 'answered',
        strftime(answer.answered_on, '%Y-%m-%d') || '核实：' || outcome.wording
            || coalesce('（有效期至' || strftime(answer.valid_until, '%Y-%m-%d') || '）', '')
    from carried_answers as answer
    join outcomes as outcome on outcome.code = answer.answer_code
    where answer.matter = 'absence'
),
ordered as (
    select *, row_number() over (partition by child_id order by strength, explanation, explanation_text) as place
    from reasons
)
select child_id, explanation, explanation_text
from ordered
where place = 1
