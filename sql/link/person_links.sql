-- The links of registry and household records: by number, then by weight.
-- One row per record that is joined to one nearer the roll.
-- A household record that could both join a roll entry and double another household record joins the roll entry.
with
    all_links as (
        select left_no, right_no, left_source, right_source,
            case when left_source = right_source then 'duplicate' else 'number' end as tier,
            0 as turn, name_level as name_level, cast(null as double) as probability
        from number_links
        union all
        select left_no, right_no, left_source, right_source,
            case when kind = 'duplicate' then 'duplicate' when id_number = 'same' then 'number_conflict'
                 when id_number in ('near', 'near_text') then 'near_number' else 'weight' end as tier,
            case kind when 'cross' then 1 else 2 end as turn, name as name_level, probability
        from judged_pairs where verdict = 'link'
        union all
        select left_no, right_no, 'registry' as left_source, 'household' as right_source, 'spelling' as tier, 1 as turn, name as name_level, probability
        from spelled_links where verdict = 'link'
    ),
    chosen as (
        select *, row_number() over (partition by right_no order by turn, left_no) as place from all_links
    )
select left_no, right_no, left_source, right_source, tier, name_level, probability from chosen where place = 1
