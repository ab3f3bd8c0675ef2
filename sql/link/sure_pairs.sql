-- Of two tables handed to `baoxue link`: the pairs the first stage would join whatever else is written about them.
-- One row per pair with one and the same valid number and letter for letter the same name, the number standing once in
-- each table. On tables of two good registers these are nine pairs in ten.
-- Some thousands ($examples) are examples: the weights are learned from them as from all confirmed pairs. They are
-- drawn by the number's day and order, which has nothing to do with what else was written well or badly.
-- Nearly all are settled: they are linked, and the stages that follow see only the rest, which makes a million records a
-- matter of a tenth of them. Examples are not, nor is a pair of whose name and birth day another record of its own table is
-- no sure one: that may be the same child entered twice.
with
    -- Told before the tables meet, so that a stop-gap in every cell of both does not make a pair of every two cells.
    repeated as (
        select number from given_numbers where number is not null group by number
        having count(*) filter (side = 'left') > 1 or count(*) filter (side = 'right') > 1
    ),
    met as (
        select
            l.row_no as left_row, r.row_no as right_row, l.record_id as left_record_id, r.record_id as right_record_id, l.name,
            number_digits(l.number) as digits, number_check(l.number) as check_value
        from given_numbers as l
        join given_numbers as r on r.number = l.number and r.name = l.name
        left join repeated as n on n.number = l.number
        where l.side = 'left' and r.side = 'right' and l.name <> '' and n.number is null
    ),
    equal as materialized (
        select left_row, right_row, left_record_id, right_record_id, name, digits // 1000 % 100000000 as birth, digits // 10 as turn
        from met
        where check_value = number_check_value(digits) and is_real_day(digits // 1000 % 100000000) and digits >= 10000000000000000
    ),
    shares as (select cast(greatest(1, count(*) // $examples) as int) as share from equal),
    rest as (
        select g.name, g.birth_date
        from given_numbers as g left join equal as s on s.left_row = g.row_no
        where g.side = 'left' and s.left_row is null
        union all
        select g.name, g.birth_date
        from given_numbers as g left join equal as s on s.right_row = g.row_no
        where g.side = 'right' and s.right_row is null
    ),
    born as (
        select distinct name,
            try_cast(case when birth_date like '____-__-__' then replace(birth_date, '-', '') else regexp_replace(birth_date, '[^0-9]', '', 'g') end as bigint) as birth
        from rest
    )
select
    s.left_row, s.right_row, s.left_record_id, s.right_record_id, s.name, n.share,
    s.turn % n.share = 0 as is_example, s.turn % n.share <> 0 and o.name is null as is_settled
from equal as s
join shares as n on true
left join born as o on o.name = s.name and o.birth = s.birth
