-- One real child of the period, with the value taken for each field.
-- One row per child: every group of linked records, and every unfinished pupil of the period before of whom nothing is left.
-- Rules:
--  * Values come from the roll entry in force, else the household register, else the other sources; the number is the
--    first valid one, police before school, since its check digit vouches for it.
--  * School age is counted on the policy's cut-off day: entry_age reached, leaving_age not yet (义务教育法 第十一条).
--  * Own school is the school of the roll; "seen" means present on one recorded school day at any school.
--  * A class counts as delivered by its own sheet, by a sheet of its grade where roll or sheet names no class, by a
--    sheet of its school that names no grade, or by a row of the child itself at its school.
--  * A sheet of the grade without a class is the only class the roll has there. Of several it may be any: then it delivers
--    a class only if at least $sheet_coverage of that class stand on sheets.
--  * A sheet that holds fewer of the class on the roll than $sheet_coverage, and lacks five or more of it, lists only
--    some pupils (absentees, a course): it says nothing of those it leaves out.
--  * grade_age_note: the grade differs by more than $grade_age_gap years from the usual one of that age on the cut-off
--    day ($entry_age in grade one). Shown with whatever else is said of the child; never a finding by itself.
--  * left_roll: on a roll in grades 1–9 before, not past grade nine since (grades counted on from known_period, over-age
--    pupils not yet finished among them), on none now although that school handed in its roll (silent_rolls), and no
--    entry says transfer, graduation or death (issue: left_the_roll). So it stays until the child is found or finished.
--    Whose records are part of another child now (joined_children) has not left, nor who was known to have died or gone away
--    already (a cancelled household entry alone says so of a child that was not seen any more).
--  * Who stood in grade nine in an earlier school year and is on no roll now has finished (graduated), in later periods too.
with records as (
    select
        child.child_id,
        record.record_id, record.source, record.district_code, record.name, record.former_name, record.sex,
        record.birth_date, record.id_number, record.id_kind, record.school_code, record.grade, record.class_no,
        record.township_code, record.guardian_name, record.phone, record.address, record.in_force,
        -- Numbers, because twenty values a child are chosen by them; person_no is the order of the record ids.
        case when record.source = 'registry' and record.in_force and roll.place = 1 then 0
             when record.source = 'household' and record.in_force then 1
             when record.source = 'registry' then 2
             when record.source = 'household' then 3
             when record.source = 'attendance' then 4
             when record.source = 'vocational' then 5
             when record.source = 'exempt' then 6 else 7 end * 1000000000000 + record.person_no as precedence,
        (case when record.id_kind = 'valid' then 0 when coalesce(record.id_kind, 'blank') = 'blank' then 20 else 10 end
            + case record.source when 'household' then 0 when 'registry' then 2 else 4 end
            + case when record.in_force then 0 else 1 end) * 1000000000000 + record.person_no as number_precedence
    from child_records as child
    join person_records as record on record.record_id = child.record_id
    left join child_rolls as roll on roll.record_id = record.record_id
),
taken as (
    -- arg_min passes over blanks by itself.
    select
        child_id,
        arg_min(district_code, precedence) as district_code,
        arg_min(name, precedence) as name,
        arg_min(former_name, precedence) as former_name,
        arg_min(sex, precedence) as sex,
        arg_min(birth_date, precedence) as birth_date,
        arg_min(id_number, number_precedence) as id_number,
        coalesce(
            arg_min(id_kind, number_precedence) filter (where id_number is not null),
            arg_min(id_kind, number_precedence), 'blank') as id_kind,
        arg_min(grade, precedence) as grade,
        arg_min(class_no, precedence) as class_no,
        arg_min(township_code, case when source = 'household' then 0 else 10000000000000 end + precedence) as township_code,
        arg_min(guardian_name, precedence) as guardian_name,
        arg_min(phone, precedence) as phone,
        arg_min(address, precedence) as address,
        min(school_code) filter (where source = 'vocational' and in_force) as vocational_code,
        min(record_id) filter (where source = 'household' and in_force) as household_record_id,
        min(record_id) filter (where source = 'household') as any_household_record_id
    from records
    group by child_id
),
rolls as (
    select * from child_rolls where place = 1
),
attended as (
    select
        sheet.*,
        row_number() over (
            partition by sheet.child_id
            order by sheet.last_present_on desc nulls last, rolls.school_code = sheet.school_code desc nulls last,
                sheet.days_present desc, sheet.school_code
        ) as place
    from child_attendance as sheet
    left join rolls on rolls.child_id = sheet.child_id and rolls.in_force
),
school_names as (
    select school_code, min(school_name) as school_name from schools group by school_code
),
by_class as (
    select school_code, grade, class_no, max(class_days) as class_days
    from class_deliveries group by school_code, grade, class_no
),
by_grade as (
    select school_code, grade, max(class_days) as class_days, bool_or(class_no is null) as without_class
    from class_deliveries where grade is not null group by school_code, grade
),
by_school as (
    select school_code, max(class_days) as class_days
    from class_deliveries where grade is null group by school_code
),
-- Pupils of each class on the roll, and those a sheet of the school holds.
coverage as (
    select
        rolls.school_code, rolls.grade, rolls.class_no,
        count(*) as pupils,
        count(sheet.child_id) as listed
    from rolls
    left join child_attendance as sheet on sheet.child_id = rolls.child_id and sheet.school_code = rolls.school_code
    where rolls.in_force and coalesce(rolls.status, '在读') in ('在读', '其他', '失踪', '未到校')
    group by rolls.school_code, rolls.grade, rolls.class_no
),
partial as (
    select school_code, grade, class_no
    from coverage
    where listed < $sheet_coverage * pupils and pupils - listed >= 5
),
covered as (
    select school_code, grade, class_no from coverage where listed >= $sheet_coverage * pupils
),
several_classes as (
    select school_code, grade from rolls where in_force group by school_code, grade having count(distinct class_no) > 1
),
reviewed as (
    select distinct child.child_id
    from (select left_record_id as record_id from review_pairs
          union
          select right_record_id as record_id from review_pairs) as pair
    join child_records as child on child.record_id = pair.record_id
),
pupils_before as (
    select before.*
    from previous_children as before
    left join silent_rolls as silent on silent.school_code = before.school_code
    left join joined_children as joined on joined.child_id = before.child_id
    where (before.on_roll or before.left_roll)
        and joined.child_id is null
        and before.school_code is not null
        and silent.school_code is null
        and before.grade + school_year_of($period) - school_year_of(coalesce(before.known_period, before.period)) between 1 and 9
        and not coalesce(before.explanation in ('died', 'abroad', 'moved_out')
                         or before.explanation = 'registration_cancelled' and not before.seen, false)
),
finished_before as (
    select before.child_id
    from previous_children as before
    where before.on_roll and before.grade <= 9
            and before.grade + school_year_of($period) - school_year_of(coalesce(before.known_period, before.period)) > 9
        or not before.on_roll and before.explanation = 'graduated' and before.grade = 9
),
here as (
    select
        taken.district_code,
        taken.child_id,
        taken.name,
        taken.former_name,
        taken.sex,
        taken.birth_date,
        coalesce(pupil.ethnicity, home.ethnicity) as ethnicity,
        taken.id_number,
        taken.id_kind,
        coalesce(rolls.in_force, false) as on_roll,
        rolls.status as roll_status,
        not coalesce(rolls.in_force, false) and before.child_id is not null
            and coalesce(rolls.status, '退学') not in ('转出', '毕业', '死亡', '出国') as left_roll,
        case when rolls.in_force then rolls.school_code
             else coalesce(attended.school_code, taken.vocational_code, before.school_code) end as school_code,
        case when rolls.in_force then pupil.school_name end as roll_school_name,
        before.school_name as school_name_before,
        case when rolls.in_force then rolls.grade
             else coalesce(attended.grade, before.grade, taken.grade, case when finished.child_id is not null then 9 end)
             end as grade,
        case when rolls.in_force then rolls.class_no
             else coalesce(attended.class_no, before.class_no, taken.class_no) end as class_no,
        case when not coalesce(rolls.in_force, false) and attended.grade is null and before.child_id is not null
             then before.known_period else $period end as known_period,
        coalesce(taken.township_code, before.township_code) as township_code,
        home.township_name,
        taken.household_record_id is not null as in_household,
        age_on(taken.birth_date, $cutoff_on) >= $entry_age and age_on(taken.birth_date, $cutoff_on) < $leaving_age
            as of_school_age,
        case when attended.days_present > 0 then attended.school_code else taken.vocational_code end
            as attends_school_code,
        coalesce(attended.days_present, 0) > 0 as seen,
        finished.child_id is not null and rolls.child_id is null and coalesce(attended.days_present, 0) = 0 as finished,
        attended.last_present_on as last_seen_on,
        taken.guardian_name, taken.phone, taken.address,
        home.police_station,
        coalesce(home.hukou_code, pupil.hukou_code) as hukou_code
    from taken
    left join rolls on rolls.child_id = taken.child_id
    left join registry_pupils as pupil on pupil.record_id = rolls.record_id
    left join household_children as home
        on home.record_id = coalesce(taken.household_record_id, taken.any_household_record_id)
    left join attended on attended.child_id = taken.child_id and attended.place = 1
    left join pupils_before as before on before.child_id = taken.child_id
    left join finished_before as finished on finished.child_id = taken.child_id
),
vanished as (
    select
        before.district_code, before.child_id, before.name, before.former_name, before.sex, before.birth_date,
        before.ethnicity, before.id_number, before.id_kind, false as on_roll, before.roll_status, true as left_roll,
        before.school_code, cast(null as varchar) as roll_school_name, before.school_name as school_name_before,
        before.grade, before.class_no, before.known_period, before.township_code,
        before.township_name, false as in_household,
        age_on(before.birth_date, $cutoff_on) >= $entry_age and age_on(before.birth_date, $cutoff_on) < $leaving_age
            as of_school_age,
        cast(null as varchar) as attends_school_code, false as seen, false as finished, cast(null as date) as last_seen_on,
        before.guardian_name, before.phone, before.address, before.police_station, before.hukou_code
    from pupils_before as before
    left join taken on taken.child_id = before.child_id
    where taken.child_id is null
),
everyone as (
    select * from here
    union all
    select * from vanished
)
select
    $period as period,
    child.district_code,
    child.child_id,
    child.name,
    child.former_name,
    child.sex,
    child.birth_date,
    child.ethnicity,
    child.id_number,
    child.id_kind,
    child.school_code,
    coalesce(named.school_name, child.roll_school_name, child.school_name_before) as school_name,
    child.grade,
    child.class_no,
    child.township_code,
    child.township_name,
    child.on_roll,
    child.roll_status,
    child.left_roll,
    child.known_period,
    case when child.on_roll
         then coalesce(child.roll_status, '在读') in ('在读', '其他', '失踪', '未到校')
              and coalesce(child.grade between 1 and 9, child.of_school_age, true)
         else coalesce(child.of_school_age, false) end as should_attend,
    child.in_household,
    child.of_school_age,
    child.attends_school_code,
    coalesce(attends.school_name, child.attends_school_code) as attends_school_name,
    child.seen,
    own.child_id is not null
        or partial.school_code is null
        and (by_class.school_code is not null or by_school.school_code is not null
             or (by_grade.school_code is not null and (child.class_no is null or by_grade.without_class
                 and (several_classes.school_code is null or covered.school_code is not null))))
        as class_delivered,
    coalesce(by_class.class_days, by_grade.class_days, by_school.class_days, own.days_recorded) as class_days,
    own.days_recorded,
    own.days_present,
    own.days_sick,
    own.days_leave,
    own.days_unexcused,
    own.longest_unexcused,
    own.run_started_on,
    coalesce(own.last_present_on, child.last_seen_on) as last_present_on,
    coalesce(reason.explanation, case when child.finished then 'graduated' end) as explanation,
    coalesce(reason.explanation_text, case when child.finished then '此前在九年级就读，已读完九年' end) as explanation_text,
    reviewed.child_id is not null as in_review,
    groups.groups,
    coalesce(groups.priority, 0) as priority,
    child.guardian_name,
    child.phone,
    child.address,
    child.police_station,
    child.hukou_code,
    case when (child.on_roll or child.seen) and child.grade between 1 and 9
              and abs(age_on(child.birth_date, $cutoff_on) - (child.grade + $entry_age - 1)) > $grade_age_gap
         then '年龄与年级不符：' || age_on(child.birth_date, $cutoff_on) || '周岁读' || grade_label(child.grade)
              || '，请核对出生日期和年级' end as grade_age_note
from everyone as child
left join school_names as named on named.school_code = child.school_code
left join school_names as attends on attends.school_code = child.attends_school_code
left join child_attendance as own on own.child_id = child.child_id and own.school_code = child.school_code
left join by_class
    on by_class.school_code = child.school_code and by_class.grade = child.grade and by_class.class_no = child.class_no
left join by_grade on by_grade.school_code = child.school_code and by_grade.grade = child.grade
left join by_school on by_school.school_code = child.school_code
left join partial
    on partial.school_code = child.school_code and coalesce(partial.grade, 0) = coalesce(child.grade, 0)
    and coalesce(partial.class_no, 0) = coalesce(child.class_no, 0)
left join covered
    on covered.school_code = child.school_code and covered.grade = child.grade and covered.class_no = child.class_no
left join several_classes on several_classes.school_code = child.school_code and several_classes.grade = child.grade
left join child_explanations as reason on reason.child_id = child.child_id
left join child_groups as groups on groups.child_id = child.child_id
left join reviewed on reviewed.child_id = child.child_id
order by child.child_id
