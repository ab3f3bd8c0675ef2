-- What the first glance at two tables handed to `baoxue link` needs of them, read once: wide rows are fetched only where more
-- has to be compared.
-- One row per record of either table; a number that is not 18 characters long is null.
select 'left' as side, row_no, record_id, name, birth_date, number_value(id_number) as number from given_left
union all
select 'right' as side, row_no, record_id, name, birth_date, number_value(id_number) as number from given_right
