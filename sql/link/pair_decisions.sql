-- What people decided about pairs, from the returned review workbooks.
-- One row per pair number: same (同一人) or different (不是同一人); the latest answer counts, 不能确定 decides nothing.
with
    decided as (
        select
            case_no as pair_no,
            case when code in ('同一人', 'SAME') then 'same' when code in ('不是同一人', 'DIFFERENT') then 'different' end as decision,
            row_number() over (partition by case_no order by answered_on desc nulls last, record_id desc) as turn
        from answers where code in ('同一人', 'SAME', '不是同一人', 'DIFFERENT')
    )
select pair_no, decision from decided where turn = 1
