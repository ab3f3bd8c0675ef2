-- 适龄未入学: of school age in the household register; on no roll, at no school, on no exemption.
-- One row per child.
-- Rule: design, findings (户籍 × 学籍, the first of the three comparisons of 2024). A roll entry that only says the child
-- moved out or finished primary school does not enrol it anywhere: the reason says so. Finishing grade nine does.
-- Where registry files of the district could not be read the finding waits (waiting_findings.sql), and the sentence says so.
-- Who stood on a roll in the period before that nobody handed in this time (silent_rolls), or was on no roll at a
-- school that has handed in no sheet this time, is not judged.
with unread as (
    select district_code, count(*) as files
    from unread_rolls
    group by district_code
),
unfinished as (
    select
        child.*,
        unread.files as unread_files,
        case when child.explanation = 'graduated' or child.roll_status = '毕业' then 'graduated_without_roll'
             when child.explanation = 'moved_out' or child.roll_status = '转出' then 'moved_out_without_roll'
             when child.roll_status is not null then 'withdrawn_without_roll'
             else 'on_no_roll' end as reason
    from children as child
    left join unread on unread.district_code = child.district_code
    left join previous_children as before on before.child_id = child.child_id and before.on_roll
    left join silent_rolls as silent on silent.school_code = before.school_code
    left join previous_children as taught on taught.child_id = child.child_id and taught.seen and not taught.on_roll
    left join (select distinct school_code from child_attendance) as sheets on sheets.school_code = taught.attends_school_code
    where child.in_household
        and child.of_school_age
        and not child.on_roll
        and not child.seen
        and silent.school_code is null
        and (taught.attends_school_code is null or sheets.school_code is not null)
        and coalesce(child.explanation in ('answered', 'moved_out', 'graduated'), true)
        and not (coalesce(child.explanation = 'graduated', false) and coalesce(child.grade >= 9, false))
)
select
    child_id,
    reason,
    '户籍登记' || year(birth_date) || '年' || month(birth_date) || '月出生，至' || year($cutoff_on) || '年'
    || day_label($cutoff_on) || '已满' || age_on(birth_date, $cutoff_on) || '周岁；'
    || case reason when 'graduated_without_roll' then '学籍已毕业而没有升入学校的学籍'
            when 'moved_out_without_roll' then '学籍已转出而未发现转入学校的学籍'
            when 'withdrawn_without_roll' then '学籍状态为' || roll_status || '，没有在册学籍'
            else '没有学籍' end
    || '，未发现在任何学校就读，没有免缓学批准。'
    || case when unread_files > 0
            then '本区县有' || unread_files || '份学籍文件未能读取，该生可能在其中，请先核对。' else '' end as explanation
from unfinished
order by child_id
