-- 有辍学倾向: attending, with an absence pattern over the warning threshold.
-- One row per child.
-- Rule: policy warning_days (a run) or warning_share (unexcused days of those recorded), São Paulo and US early-warning
-- practice (domain). Who is absent already is not only at risk.
select
    child.child_id,
    case when child.longest_unexcused >= $warning_days then 'unexcused_run' else 'unexcused_share' end as reason,
    '在' || coalesce(child.school_name, '') || class_label(child.grade, child.class_no) || '就读；'
    || month(cast($month || '-01' as date)) || '月考勤记录' || child.days_recorded || '天，无故缺课'
    || printf('%g', child.days_unexcused) || '天，最长连续' || child.longest_unexcused || '天，最后到校'
    || day_label(child.last_present_on) || '。' as explanation
from children as child
left join absences as absence on absence.child_id = child.child_id
where child.on_roll
    and child.should_attend
    and child.days_present > 0
    and absence.child_id is null
    and coalesce(child.explanation = 'answered', true)
    -- a hair's breadth for shares no binary number holds
    and (child.longest_unexcused >= $warning_days
         or child.days_unexcused >= $warning_share * child.days_recorded - 0.000001 and child.days_unexcused > 0)
order by child.child_id
