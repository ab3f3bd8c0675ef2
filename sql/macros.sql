-- Scalar rules more than one table needs. Each macro names its rule and its source.

-- A blank cell: empty, or one of the words offices write for "nothing" (domain: NULL, 无, /).
create or replace macro blank_to_null(written) as
    case when trim(written) in ('', 'NULL', 'null', 'None', 'nan', 'NaN', '无', '／', '/', '\', '-', '—', '--', '——', '暂无', '空', '#N/A')
         then null else trim(written) end;

-- The check digit of an 18-character citizen number, GB 11643-1999: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, mod 11.
create or replace macro id_check_character(id) as
    substr('10X98765432', 1 + (
        7 * try_cast(id[1] as int) + 9 * try_cast(id[2] as int) + 10 * try_cast(id[3] as int) + 5 * try_cast(id[4] as int) + 8 * try_cast(id[5] as int) + 4 * try_cast(id[6] as int)
        + 2 * try_cast(id[7] as int) + try_cast(id[8] as int) + 6 * try_cast(id[9] as int) + 3 * try_cast(id[10] as int) + 7 * try_cast(id[11] as int) + 9 * try_cast(id[12] as int)
        + 10 * try_cast(id[13] as int) + 5 * try_cast(id[14] as int) + 8 * try_cast(id[15] as int) + 4 * try_cast(id[16] as int) + 2 * try_cast(id[17] as int)) % 11, 1);

-- Whether a text is a citizen number that can be somebody's: form, birth date and check character all hold.
create or replace macro is_valid_id(id) as
    coalesce(
        case when regexp_full_match(id, '[1-9][0-9]{16}[0-9X]')
             then try_cast(substr(id, 7, 4) || '-' || substr(id, 11, 2) || '-' || substr(id, 13, 2) as date) is not null
                  and id_check_character(id) = id[18]
             else false end, false);
