-- Of two tables handed to `baoxue link`: the pairs the first stage would join whatever else is written about them.
-- One row per pair with one and the same valid number and letter for letter the same name, the number standing once in
-- each table. On tables of two good registers these are nine pairs in ten.
-- Some twenty thousand ($examples) are examples: the weights are learned from them as from all confirmed pairs. They are
-- drawn by the number's day and order, which has nothing to do with what else was written well or badly.
with
    left_numbers as (
        select record_id, name, number_value(id_number) as number, substr(id_number, 18) as check_character
        from given_left where length(id_number) = 18
    ),
    right_numbers as (
        select record_id, name, number_value(id_number) as number, substr(id_number, 18) as check_character
        from given_right where length(id_number) = 18
    ),
    -- Told before the tables meet, so that a stop-gap in every cell of both does not make a pair of every two cells; those of
    -- the right table are told among the pairs, which are fewer.
    repeated as (select number from left_numbers where number is not null group by number having count(*) > 1),
    met as materialized (
        select
            l.record_id as left_record_id, r.record_id as right_record_id, l.name, l.number,
            l.name <> '' and r.name = l.name and r.check_character = l.check_character
                and l.check_character = number_check_character(l.number) and is_real_day(l.number // 1000 % 100000000) as is_sure
        from left_numbers as l
        join right_numbers as r on r.number = l.number
        left join repeated as n on n.number = l.number
        where n.number is null
    ),
    several as (select number from met group by number having count(*) > 1),
    equal as (
        select m.* from met as m left join several as n on n.number = m.number where m.is_sure and n.number is null
    ),
    shares as (select cast(greatest(1, count(*) // $examples) as int) as share from equal)
select
    s.left_record_id, s.right_record_id, s.name, s.number // 1000 % 100000000 as birth, n.share,
    (s.number // 10) % n.share = 0 as is_example
from equal as s join shares as n on true
