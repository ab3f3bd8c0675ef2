-- Stage a: an equal number and an agreeing name are one child; a name that is only similar must not come with another
-- birth date (a brother's number), nor stand beside it on the roll of one class (a twin's number typed twice: weighed).
-- One row per record, class sheets apart, that is so joined to a record nearer the roll; a second record of its own source comes first
-- (tier duplicate), then registry, then household. One household record for one registry record: of several with the
-- number, the best agreeing name.
with
    agreeing as (
        select
            left_no, right_no, left_source, right_source, name_level, left_in_force,
            case name_level when 'exact' then 1 when 'former' then 2 when 'sound' then 3 when 'alike' then 4 when 'cut' then 5 else 6 end as distance
        from number_pairs
        where right_source <> 'attendance'
            and (name_level in ('exact', 'former')
                 or name_agrees(name_level) and birth_date <> 'differ' and not (left_source = right_source and coalesce(same_class, false)))
    ),
    best as (
        select *, row_number() over (
            partition by right_no
            order by case when left_source = right_source then 0 when left_source = 'registry' then 1 else 2 end, distance, not left_in_force, left_no
        ) as place
        from agreeing
    ),
    taken as (
        select *, row_number() over (partition by left_no, left_source = right_source, right_source order by distance, right_no) as turn
        from best where place = 1
    )
select left_no, right_no, left_source, right_source, name_level
from taken
where left_source = right_source or right_source <> 'household' or turn = 1
