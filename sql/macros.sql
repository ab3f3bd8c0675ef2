-- Scalar rules more than one table needs. Each macro names its rule and its source.

-- A blank cell: empty, or one of the words offices write for "nothing" (domain: NULL, 无, /).
-- (A pattern, not a list: DuckDB makes a join of every long list.)
create or replace macro blank_to_null(written) as
    case when regexp_full_match(trim(written), 'NULL|null|None|nan|NaN|无|[／/\\—-]|--|——|暂无|空|#N/A|') then null else trim(written) end;

-- The same for texts mostly longer than any word for nothing, which nearly all need no pattern to be seen.
create or replace macro long_text(written) as case when length(written) > 4 then trim(written) else blank_to_null(written) end;

-- An 18-character number as one whole number, to be joined by and reckoned with: itself, or where it ends in X its seventeen
-- digits less than nought. Null where it is not of that form; signs and blanks among the digits fail the check character.
create or replace macro number_value(id) as
    case when strlen(id) <> 18 then null when ends_with(id, 'X') then -try_cast(substr(id, 1, 17) as bigint) else try_cast(id as bigint) end;
create or replace macro number_digits(number) as case when number < 0 then -number else number // 10 end;
create or replace macro number_check(number) as case when number < 0 then 10 else number % 10 end;
-- The check character that belongs to the seventeen digits of a citizen number, X being ten (GB 11643-1999: weights
-- 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, mod 11). The weights are powers of two modulo eleven; digits weighed by powers of two
-- are the number less eight tenths of it, less sixteen hundredths of it …, all cut to whole numbers.
create or replace macro number_check_value(digits) as
    (12 - 2 * ((digits - 8 * (
        digits // 10 + 2 * (digits // 100) + 4 * (digits // 1000) + 8 * (digits // 10000) + 16 * (digits // 100000) + 32 * (digits // 1000000)
        + 64 * (digits // 10000000) + 128 * (digits // 100000000) + 256 * (digits // 1000000000) + 512 * (digits // 10000000000) + 1024 * (digits // 100000000000)
        + 2048 * (digits // 1000000000000) + 4096 * (digits // 10000000000000) + 8192 * (digits // 100000000000000) + 16384 * (digits // 1000000000000000) + 32768 * (digits // 10000000000000000)
    )) % 11) % 11) % 11;
-- Whether a day written as 20150901 is one.
create or replace macro is_real_day(day) as
    day // 10000 >= 1 and day // 100 % 100 between 1 and 12 and day % 100 >= 1
    and (day % 100 <= 28
         or day % 100 <= case when day // 100 % 100 in (4, 6, 9, 11) then 30
                              when day // 100 % 100 <> 2 then 31
                              when day // 10000 % 4 = 0 and (day // 10000 % 100 <> 0 or day // 10000 % 400 = 0) then 29
                              else 28 end);

-- The same of a number written as text. (Its digits are told once, as a list of one, not as often as they are reckoned with.)
create or replace macro id_check_character(id) as
    list_transform([try_cast(substr(id, 1, 17) as bigint)], lambda digits: substr('0123456789X', 1 + number_check_value(digits), 1))[1];

-- Whether a text is a citizen number that can be somebody's: form, birth date and check character all hold.
create or replace macro is_valid_id(id) as
    coalesce(
        case when regexp_full_match(id, '[1-9][0-9]{16}[0-9X]')
             then try_cast(substr(id, 7, 4) || '-' || substr(id, 11, 2) || '-' || substr(id, 13, 2) as date) is not null
                  and id_check_character(id) = id[18]
             else false end, false);

-- ---- lists: how much of a value an office sees (expectations/recipients.py declares where) ----

-- The end of a number: its last four characters; of a shorter text nothing.
create or replace macro last_four(number) as
    case when length(number) >= 8 then right(number, 4) end;

-- A name with its middle hidden: 张*丰, 张*; a longer name keeps its first and last character.
create or replace macro mask_name(name) as
    case when length(name) <= 1 then '*'
         when length(name) = 2 then name[1] || '*'
         else name[1] || repeat('*', length(name) - 2) || name[-1] end;

-- A sentence in which every number of 15 to 18 characters shows only its end.
create or replace macro mask_numbers(sentence) as
    regexp_replace(sentence, '[0-9*]{11,14}([0-9]{3}[0-9Xx])', '尾号\1', 'g');

-- A police station without the bureau written before it: 清溪公安分局小店派出所 is 小店派出所.
create or replace macro station_name(written) as
    regexp_replace(written, '^.*(?:公安局|分局)(.+)$', '\1');

-- A kind of delivery in the words of expectations/sources.py.
create or replace macro source_words(source) as
    case source when 'registry' then '学籍' when 'attendance' then '考勤' when 'household' then '户籍' when 'vocational' then '中职'
        when 'exempt' then '豁免' when 'priority' then '重点群体' when 'answers' then '核实反馈' else source end;

-- What registry and household register have differently, numbers by their end only; null where the reason names none.
create or replace macro identity_differences(reason, name_a, name_b, sex_a, sex_b, born_a, born_b, number_a, number_b) as
    nullif(concat_ws('；',
        case when list_contains(string_split(reason, '+'), 'name')
             then '姓名：学籍“' || coalesce(name_a, '空') || '”，户籍“' || coalesce(name_b, '空') || '”' end,
        case when list_contains(string_split(reason, '+'), 'sex')
             then '性别：学籍“' || coalesce(sex_a, '空') || '”，户籍“' || coalesce(sex_b, '空') || '”' end,
        case when list_contains(string_split(reason, '+'), 'birth_date')
             then '出生日期：学籍' || coalesce(strftime(born_a, '%Y-%m-%d'), '空')
                  || '，户籍' || coalesce(strftime(born_b, '%Y-%m-%d'), '空') end,
        case when list_contains(string_split(reason, '+'), 'id_number')
             then case when right(number_a, 4) = right(number_b, 4)
                       then '证件号：尾号同为' || right(number_a, 4) || '，前面的数字不一致'
                       else '证件号：学籍' || coalesce('尾号' || last_four(number_a), '无可用号码')
                            || '，户籍' || coalesce('尾号' || last_four(number_b), '无可用号码') end end), '');

-- ===== Reading what offices write (clean stage) =====

-- Text with every kind of white space made one blank: NBSP, ideographic and zero-width characters come from Word,
-- web pages and hand-padded names (domain: Everywhere).
create or replace macro one_blank(written) as
    trim(regexp_replace(regexp_replace(written, '[\x{1}-\x{8}\x{E}-\x{1F}\x{7F}\x{AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}\x{FEFF}]', '', 'g'),
                        '[\s\x{A0}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{3000}]+', ' ', 'g'));

-- Free text as delivered, spaces tidied, the words for "nothing" made null.
create or replace macro plain_text(written) as blank_to_null(one_blank(written));

-- Macros repeat their argument: over a million rows give them a column made in the step before, not an expression.
-- Full-width letters, digits and signs as the half-width ones they stand for (the part of NFKC offices type).
create or replace macro half_width(written) as
    case when regexp_matches(written, '[！-～〇【】〔〕]') then translate(written,
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ（）［］｛｝【】〔〕，．：；／－＊＃＋＝＇＂％＆＿！？～＠｜＼〇',
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()[]{}()(),.:;/-*#+=''"%&_!?~@|\0')
    else written end;

-- The letters and signs of a half-width code: upper case, no blanks, no Excel text mark (' or ="…").
create or replace macro bare_code(half) as
    ltrim(upper(regexp_replace(half, '[ ''"`‘’“”]', '', 'g')), '=');
-- A code, number or label as written anywhere.
create or replace macro plain_code(written) as blank_to_null(bare_code(half_width(one_blank(written))));

-- A count or code that Excel gave a decimal point: 3.0 is 3.
create or replace macro without_point_zero(code) as regexp_replace(code, '\.0+$', '');

create or replace macro without_leading_zero(code) as regexp_replace(code, '^0+([0-9])', '\1');

-- Chinese or Arabic numerals up to 99 as a number; null for anything else.
create or replace macro small_number(code) as
    try_cast(translate(
        case when regexp_full_match(code, '[0-9]{1,3}') then code
             when not regexp_full_match(code, '[零一二三四五六七八九两]|[一二三四五六七八九]?十[一二三四五六七八九]?') then null
             when code = '十' then '10'
             when code like '十%' then '1' || substr(code, 2)
             when code like '%十' then replace(code, '十', '0')
             else replace(code, '十', '') end,
        '零一二三四五六七八九两', '01234567892') as int);

-- --- Names ---

-- A name as it stands behind its decoration: numbering before it, a bracketed remark, a star, a digit or letter that
-- tells namesakes apart behind it. Names in Latin letters keep their single blanks; Chinese ones have none. The name dot
-- arrives in nine spellings, which NFKC does not unify (domain: Names).
create or replace macro name_closed(half) as
    regexp_replace(regexp_replace(
        case when regexp_matches(half, '[•・‧∙⋅.●･]') and not regexp_matches(half, '^[A-Za-z .''-]+$')
             then translate(half, '•・‧∙⋅.●･', '········') else half end,
        '([^ -~]) +', '\1', 'g'), ' +([^ -~])', '\1', 'g');
-- What stands in brackets behind a name (转, 借读, 女 …): a remark, not a part of it.
create or replace macro name_remark(closed) as
    nullif(trim(regexp_extract(closed, '[(\[{<]([^()\[\]{}<>]*)[)\]}>]?[*#★☆▲△]*$', 1)), '');
-- One Latin letter behind a name tells two of it apart (张伟A); several are a character nobody could type (王yan).
create or replace macro name_bare(closed) as
    case when regexp_full_match(closed, '(共|合计|总计|小计|计|总)*:?[0-9]+ *(人|名|个)?') then ''
         when regexp_full_match(closed, '[\p{Han}·]+') then trim(closed, '·')
         else trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(closed,
            '[(\[{<][^()\[\]{}<>]*[)\]}>]?[*#★☆▲△]*$', ''),
            '^[0-9]{1,3}[·、,:-]*([^ -~])', '\1'),
            '([^ -~·])([A-Za-z]|[0-9A-Za-z*#★☆▲△+!~_,、:;''"-]*[0-9*#★☆▲△+!~_,、:;''"-][0-9A-Za-z*#★☆▲△+!~_,、:;''"-]*)$', '\1'),
            '^[''"*#★☆▲△·]+|[''"*#★☆▲△·]+$', '', 'g'), ' ') end;
-- A name as written anywhere.
create or replace macro plain_name(written) as blank_to_null(name_bare(name_closed(half_width(one_blank(written)))));
-- Characters nobody can read: private-use codes, replacement signs, question marks, boxes.
create or replace macro has_unreadable(name) as
    regexp_matches(name, '[?□■〓�\x{E000}-\x{F8FF}\x{F0000}-\x{10FFFD}]');

-- --- Citizen numbers (GB 11643; domain: Identifiers) ---

-- The characters of a written number: no quote, blank, tab, decimal zero; G + number (a registry number) is the number.
create or replace macro id_of_code(code) as
    regexp_replace(regexp_replace(replace(code, '-', ''), '\.0+$', ''), '^(?:G|(?:公民)?身份(?:证|证件|证号|证号码|号码)?:?)([0-9]{17}[0-9X])$', '\1');
create or replace macro id_text(written) as id_of_code(plain_code(written));
-- A text that is 18 digits is its own plain writing: nearly all are.
create or replace macro id_text_read(written) as
    case when regexp_full_match(written, '[0-9]{17}[0-9X]') then written else nullif(id_text(written), '') end;
-- Whether a text starts like a citizen number: region, then a real birth day not after $period's year.
create or replace macro id_starts_well(id) as
    coalesce(regexp_matches(id, '^[1-9][0-9]{13}')
             and try_cast(substr(id, 7, 4) || '-' || substr(id, 11, 2) || '-' || substr(id, 13, 2) as date) between date '1900-01-01' and date '2035-12-31',
             false);
-- What a written number is. Excel keeps 15 digits of 18 and writes 000, or shows an exponent.
create or replace macro id_kind_of(id) as
    case when id is null or id = '' then 'blank'
         when is_valid_id(id) then 'valid'
         when regexp_full_match(id, '[0-9]{17}[0-9X]') then case when id like '%000' and id_starts_well(id) then 'truncated' else 'checksum' end
         when regexp_full_match(id, '[1-9](\.[0-9]+)?E\+?1[67]') then 'truncated'
         when regexp_full_match(id, '[0-9]*[*#●×•?]{2,}[0-9X]*|[0-9]+X{3,}[0-9X]*') then 'masked'
         when regexp_matches(id, '[0-9]{14,17}[0-9X][^0-9X]+[0-9]{14,17}[0-9X]') or regexp_full_match(id, '[0-9X]{30,}') then 'several'
         when regexp_full_match(id, '[0-9]{15}') then 'short15'
         when regexp_full_match(id, '[0-9]{16}[0-9X]') then 'short17'
         else 'other' end;
-- The digits of it that are certain, from the first one, at most 15.
create or replace macro id_prefix_of(id, kind) as
    case when kind = 'valid' then substr(id, 1, 15)
         when kind = 'truncated' then substr(replace(regexp_extract(id, '^[0-9.]+'), '.', ''), 1, 15)
         when kind = 'masked' then nullif(substr(regexp_extract(id, '^[0-9]+'), 1, 15), '')
         when kind in ('short15', 'short17') and id_starts_well(id) then substr(id, 1, 15) end;
-- The birth day a number carries; only where these digits are certain.
create or replace macro id_birth_date(id_prefix) as
    try_cast(substr(id_prefix, 7, 4) || '-' || substr(id_prefix, 11, 2) || '-' || substr(id_prefix, 13, 2) as date);
-- The sex a number carries: the 17th digit is odd for boys.
create or replace macro id_sex(id) as case when try_cast(substr(id, 17, 1) as int) % 2 = 1 then '男' else '女' end;

-- How old a number's owner becomes in the year the school year begins; a pupil of grade 12 is at most 20 or so.
create or replace macro is_of_age(id, school_year) as school_year - try_cast(substr(id, 7, 4) as int) >= 18;
-- Whether a valid number cannot be this pupil's: its owner is 24 or older, and no written birth day speaks for it. In a
-- household extract, which may hold adults, the written birth day must speak against it.
create or replace macro is_grown_up(id, school_year, birth_date, is_pupil) as
    school_year - try_cast(substr(id, 7, 4) as int) >= 24
    and case when birth_date is null then is_pupil else year(birth_date) - try_cast(substr(id, 7, 4) as int) >= 10 end;
-- The same, where the owner was born so long before the birth day written beside it that the number is an elder's.
create or replace macro id_kind_beside(id, kind, birth_date) as
    case when kind = 'valid' and year(birth_date) - try_cast(substr(id, 7, 4) as int) between 13 and 99 then 'guardian' else kind end;

-- Whether Excel cut a number off though its check digit happens to fit (one in eleven does): it ends in 000 and another
-- register spells out the last three of the very fifteen digits before them.
create or replace macro is_cut_off(id, other_id) as
    coalesce(id like '%000' and length(other_id) = 18 and left(id, 15) = left(other_id, 15) and id <> other_id, false);

-- --- Dates ---

-- A written day or month with one separator: 2015年9月1日, 2015.9.1, 2015/9/1 08:00, 20150901.0 …
create or replace macro date_of_code(code) as
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(code,
        '^([0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?)T?[0-9]{1,2}:.*$', '\1'),
        '^([0-9]{5,8})\.[0-9]+$', '\1'),
        '[年月./\\,]', '-', 'g'), '[日号]', '', 'g'), '-+$', '');
create or replace macro date_text(written) as date_of_code(plain_code(written));
-- The day of it, a bare month standing for its first. Years of two digits, and day and month in American order, are not guessed.
create or replace macro date_of(text) as
    case when regexp_full_match(text, '(19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}') then try_cast(text as date)
         when regexp_full_match(text, '(19|20)[0-9]{2}-[0-9]{1,2}') then try_cast(text || '-1' as date)
         when regexp_full_match(text, '(19|20)[0-9]{4}00') then try_cast(substr(text, 1, 4) || '-' || substr(text, 5, 2) || '-01' as date)
         when regexp_full_match(text, '(19|20)[0-9]{6}') then try_cast(substr(text, 1, 4) || '-' || substr(text, 5, 2) || '-' || substr(text, 7, 2) as date)
         when regexp_full_match(text, '(19|20)[0-9]{4}') then try_cast(substr(text, 1, 4) || '-' || substr(text, 5, 2) || '-01' as date)
         when regexp_full_match(text, '[2-5][0-9]{4}') then date '1899-12-30' + try_cast(text as int) end;
-- A day written without its year, 10-15 in the words of date_of_code: the year of the period, or the one before where the
-- month lies half a year and more ahead of it.
create or replace macro day_without_year(text, period) as
    case when regexp_full_match(text, '(0?[1-9]|1[0-2])-[0-9]{1,2}')
         then try_cast(
             (cast(left(period, 4) as int)
              - case when cast(string_split(text, '-')[1] as int) - cast(right(period, 2) as int) >= 6 then 1 else 0 end)
             || '-' || text as date) end;
-- The day of a text, which mostly is written 2015-09-01. (The rest is bound once, as a list of one: written out as often as
-- date_of names it, a plan takes longer to make than the rows to read.)
create or replace macro date_read(written) as
    case when regexp_full_match(written, '[0-9]{4}-[0-9]{2}-[0-9]{2}') then try_cast(written as date)
         else list_transform([date_text(written)], lambda text: coalesce(try_cast(text as date), date_of(text)))[1] end;
create or replace macro is_month_only(text) as
    coalesce(regexp_full_match(text, '(19|20)[0-9]{2}-[0-9]{1,2}|(19|20)[0-9]{4}(00)?'), false);
create or replace macro is_date_serial(text) as coalesce(regexp_full_match(text, '[2-5][0-9]{4}'), false);
-- The end of a range of days or months.
create or replace macro until_of_end(text) as
    case when is_month_only(text) then last_day(date_of(text)) else date_of(text) end;
-- The last day of a term: a day; a month's last day; the end of a range (…至…); the end of a school year (31 August); a
-- length (一年, 半年, 6个月, 一学期) from the day of approval. The text is that of date_of_code, which writes 年 and 月 as -.
create or replace macro until_of(text, approved_on) as
    case when date_of(text) is not null then case when is_month_only(text) then last_day(date_of(text)) else date_of(text) end
         when regexp_matches(text, '[至到~—–-]+(19|20)[0-9]{2}-?[0-9]{1,2}(-?[0-9]{1,2})?(止|-)*$') then until_of_end(regexp_extract(text, '[至到~—–-]+((?:19|20)[0-9]{2}-?[0-9]{1,2}(?:-?[0-9]{1,2})?)(?:止|-)*$', 1))
         when regexp_matches(text, '(19|20)[0-9]{2}学') then try_cast(right(regexp_extract(text, '((19|20)[0-9]{2})学', 1), 4) || '-08-31' as date)
         when approved_on is null then null
         when text = '半' then cast(approved_on + interval 6 month as date)
         when regexp_full_match(text, '(一|1)个?学期') then cast(approved_on + interval 5 month as date)
         when regexp_full_match(text, '([1-3]|[一二两三])个?学?') and text not like '%个' then cast(approved_on + small_number(substr(text, 1, 1)) * interval 1 year as date)
         when regexp_full_match(text, '([0-9]{1,2}|[一二两三四五六七八九十]{1,2})个') then cast(approved_on + small_number(replace(text, '个', '')) * interval 1 month as date) end;
-- The month a sheet is for, as 2026-09.
create or replace macro month_of(written) as
    substr(cast(date_of(date_text(written)) as varchar), 1, 7);

-- --- Sex, flags, telephones, division codes ---

create or replace macro sex_of(code) as
    case when regexp_full_match(code, '0?1|M|MALE|[01]?[.:、-]?男[性孩生童1]?|男\(1\)') then '男'
         when regexp_full_match(code, '0?2|F|FEMALE|[02]?[.:、-]?女[性孩生童2]?|女\(2\)') then '女' end;
-- A yes or no; the code may be the word for nothing (无), which here says no.
create or replace macro flag_of(code) as
    case when regexp_full_match(code, '0?1|1?-?是|Y|YES|T|TRUE|[√✓✔有对]|已?享受') then true
         when regexp_full_match(code, '0?[02]|[02]?-?否|N|NO|F|FALSE|[×✗✘]') then false
         when regexp_matches(code, '^(非|否|不|无|未|没)') then false
         when regexp_matches(code, '留守|随迁|孤儿|一补|资助|事实无人抚养') then true end;
-- The first mobile number of the cell, else its digits.
create or replace macro phone_of(code) as
    case when regexp_full_match(code, '1[3-9][0-9]{9}') then code
         when regexp_matches(code, '[0-9]E\+?[0-9]') then null
         else coalesce(nullif(regexp_extract(replace(without_point_zero(code), '-', ''), '1[3-9][0-9]{9}'), ''),
                       nullif(substr(regexp_replace(without_point_zero(code), '[^0-9]', '', 'g'), 1, 12), '')) end;
-- A division code of 6, 9 or 12 digits; a text around it does not matter, a text instead of it is no code.
create or replace macro division_of(code) as
    nullif(regexp_extract(without_point_zero(code), '^\D*([1-9][0-9]{11}|[1-9][0-9]{8}|[1-9][0-9]{5})(?:\D.*)?$', 1), '');
-- The township of a division code: its first nine digits, unless they name the county only.
create or replace macro township_of(division) as
    case when length(division) >= 9 and substr(division, 7, 3) <> '000' then substr(division, 1, 9) end;

-- The county, city or district a division's name ends with: 塔城地区乌苏市 → 乌苏市.
create or replace macro own_division_name(name) as regexp_extract(name, '^(?:.+(?:市|州|盟|地区))?(.{2,})$', 1);
-- The township an address names behind its county, or before all else where it names no county; of another county, none.
create or replace macro township_in_address(address, county) as
    nullif(regexp_extract(
        case when strpos(address, county) > 0 then substr(address, strpos(address, county) + length(county))
             when not regexp_matches(address, '省|自治区|市|县|州|旗') then address end,
        '^[(（]?([\p{Han}]{1,12}?(?:镇|民族乡|乡|街道|苏木))', 1), '');
-- The township a police station is named after: 江安镇派出所.
create or replace macro township_of_station(station) as nullif(regexp_extract(station, '^([\p{Han}]{1,12}(?:镇|乡|街道|苏木))派出所$', 1), '');

-- The words of an outcome, without what a clerk puts before or behind them: 已出国（随父母） and 出国（境） are one, and so
-- are 已转往外省上学 and 外省就读.
create or replace macro outcome_words(words) as
    nullif(regexp_replace(regexp_replace(regexp_replace(
        regexp_replace(trim(words), '[(（].*$|[。.;；,，!！\s]+$', '', 'g'),
        '^(经核实|该生|孩子|目前|已经|现|已|在|因|系|属)+', ''),
        '^(随父母|随[父母]亲?|随家长|随监护人|跟随?父母|转学|[转去到往至赴前在于])+(外省|省外|省内|外地|异地|外[县市]|[县市]外|国外|境外|出[国境])', '\2'),
        '上学|读书|念书|求学|上课|借读', '就读'), '');

-- --- Titles ---
-- The words of a list (structs of word and meaning) that a title names. One that is part of a longer one there (缓学 in
-- 免缓学) says nothing of its own.
create or replace macro words_named(title, words) as
    list_filter(words, lambda w: contains(title, w.word) and length(list_filter(words, lambda l:
        length(l.word) > length(w.word) and contains(l.word, w.word) and contains(title, l.word))) = 0);
-- What the words mean, where all mean one thing.
create or replace macro sole_meaning(words) as
    case when length(list_distinct(list_transform(words, lambda w: w.meaning))) = 1 then words[1].meaning end;

-- --- Grades and classes ---

-- The school year a period lies in begins in its autumn: 2026-03 belongs to 2025.
-- Months counted on, to tell how far two periods lie apart.
create or replace macro month_number(period) as
    12 * try_cast(substr(period, 1, 4) as int) + try_cast(substr(period, 6, 2) as int);
create or replace macro school_year_of(period) as
    try_cast(substr(period, 1, 4) as int) - case when substr(period, 6, 2) >= '08' then 0 else 1 end;
-- A class before the school age, by its name or its sheet's: no roll of the nine years holds its children.
create or replace macro is_before_school(grade, class_name, sheet) as
    grade is null and regexp_matches(concat_ws(' ', class_name, sheet), '学前班|学前教育|幼儿园|幼儿班|(^|[^\x{4E00}-\x{9FFF}])[大中小托]班');
-- A grade that is written out: 三年级, 小学三年级, 初二, 初中二年级, 八年级, 高一.
create or replace macro grade_named(code) as
    case when regexp_matches(code, '^(?:高级中学|高中|高)') and not regexp_matches(code, '^(高|高中|高级中学)?(1[0-2]|十[一二]?)年')
             then small_number(regexp_extract(code, '^(?:高级中学|高中|高)([一二三1-3])(?:$|[^0-9一二三四五六七八九十])', 1)) + 9
         when regexp_matches(code, '^(?:初级中学|初中|初)[七八九7-9]') then small_number(regexp_extract(code, '^(?:初级中学|初中|初)([七八九7-9])', 1))
         when regexp_matches(code, '^(?:初级中学|初中|初)[一二三1-3]') then small_number(regexp_extract(code, '^(?:初级中学|初中|初)([一二三1-3])', 1)) + 6
         when regexp_matches(code, '^(?:小学|小)[一二三四五六1-6](?:$|[^0-9一二三四五六七八九十])') then small_number(regexp_extract(code, '^(?:小学|小)([一二三四五六1-6])', 1))
         else small_number(without_leading_zero(regexp_extract(code, '^(?:小学|高中)?([0-9]{1,2}|[一二三四五六七八九十]{1,2})年', 1))) end;
-- A grade given with its class in one short sign: 3.2, 3-2, 三(2)班, 三二班, 302, 0302.
create or replace macro grade_of_pair(code) as
    case when regexp_matches(code, '^0?[1-9一二三四五六七八九][.(-]+[0-9一二三四五六七八九十]+[)班]*$')
             then small_number(without_leading_zero(regexp_extract(code, '^([0-9]{1,2}|[一二三四五六七八九])', 1)))
         when regexp_full_match(code, '[一二三四五六七八九][0-9]{1,2}班?|[一二三四五六七八九][一二三四五六七八九]班') then small_number(substr(code, 1, 1))
         when regexp_full_match(code, '[1-9](0[1-9]|[1-4][0-9])班?') then small_number(substr(code, 1, 1))
         when regexp_full_match(code, '(0[1-9]|1[0-2])(0[1-9]|[1-4][0-9])班?') then small_number(without_leading_zero(substr(code, 1, 2))) end;
-- A bare grade, in a grade column only: 3, 三, 03, 十二.
create or replace macro grade_bare(code) as
    case when regexp_full_match(code, '0?[1-9]|1[0-2]|[一二三四五六七八九]|十[一二]?') then small_number(without_leading_zero(code)) end;
-- The year a class entered school (2023级, 23级, 2023, 202302) or, negative, the year it leaves (2029届).
create or replace macro cohort_of(code) as
    coalesce(
        try_cast(nullif(regexp_extract(code, '(20[0-9]{2})级', 1), '') as int),
        2000 + try_cast(nullif(regexp_extract(code, '^(?:小学|初中|高中)?([0-3][0-9])级', 1), '') as int),
        -try_cast(nullif(regexp_extract(code, '(20[0-9]{2})届', 1), '') as int),
        try_cast(nullif(regexp_extract(code, '^(20[0-3][0-9])(?:年|年入学|入学|[0-4][0-9]班?)?$', 1), '') as int));
-- The grade of a cohort in the school year. A year alone does not say the stage: the words beside it (小学, 初中), the
-- school's kind (code 21 primary, 31 junior, 34 senior, 36 vocational; its name) or the child's age decide; else unknown.
create or replace macro cohort_grade(cohort, school_year, stage, expected) as
    case when cohort is null then null
         when cohort < 0 then case stage when 'primary' then 6 when 'junior' then 9 when 'senior' then 12
                                   else case when expected <= 6 then 6 when expected <= 9 then 9 when expected <= 13 then 12 end end - (-cohort - school_year - 1)
         when school_year - cohort + 1 not between 1 and 9 then null
         when stage = 'primary' then case when school_year - cohort + 1 <= 6 then school_year - cohort + 1 end
         when stage = 'senior' then case when school_year - cohort + 1 <= 3 then school_year - cohort + 10 end
         -- A school of nine grades may have a junior high school's code or name: the child's age tells which end it is at.
         when stage = 'junior' and school_year - cohort + 1 <= 3
             then case when abs(school_year - cohort + 1 - expected) <= 2 and abs(school_year - cohort + 7 - expected) >= 4 then school_year - cohort + 1
                       else school_year - cohort + 7 end
         when stage = 'junior' then case when abs(school_year - cohort + 1 - expected) <= 2 then school_year - cohort + 1 end
         when school_year - cohort + 1 > 3 then school_year - cohort + 1
         when expected is null then null
         when abs(school_year - cohort + 1 - expected) <= 2 then school_year - cohort + 1
         when abs(school_year - cohort + 7 - expected) <= 2 then school_year - cohort + 7
         when abs(school_year - cohort + 10 - expected) <= 2 then school_year - cohort + 10 end;
-- The stage a school's code or name stands for; null where it may have several.
create or replace macro stage_of_school(school_code, school_name) as
    case when regexp_matches(coalesce(school_name, ''), '九年|一贯|十二年|完全中学|附属学校|实验学校') then null
         when regexp_matches(coalesce(school_name, ''), '小学') and not regexp_matches(school_name, '中学') then 'primary'
         when regexp_matches(coalesce(school_name, ''), '高级中学|高中|职业|职教|中专|技工') then 'senior'
         when regexp_matches(coalesce(school_name, ''), '初级中学|初中') then 'junior'
         when substr(school_code, 1, 2) = '21' and length(school_code) = 10 then 'primary'
         when substr(school_code, 1, 2) = '31' and length(school_code) = 10 then 'junior'
         when substr(school_code, 1, 2) in ('34', '36') and length(school_code) = 10 then 'senior'
         when regexp_matches(coalesce(school_name, ''), '中学|[一二三四五六七八九十]中$') then 'junior' end;
create or replace macro stage_in_words(code) as
    case when code like '%小学%' then 'primary' when regexp_matches(code, '高中|高级中学|^高') then 'senior' when regexp_matches(code, '初中|初级中学|^初') then 'junior' end;
-- The grade a child born in that year is expected in.
create or replace macro expected_grade(birth_date, school_year) as school_year - year(birth_date) - 5;
-- Where no grade is written, what stands for the day of entering may name the cohort itself (2023级); a bare year or day of
-- August or September does where a grade counted from it, of either stage, is the child's by age: who came from another
-- school entered later.
create or replace macro cohort_of_entry(code, day, school_year, expected) as
    case when contains(code, '级') then cohort_of(code)
         when school_year - year(day) + 1 - expected in (-1, 0, -7, -6) and month(day) in (8, 9) then year(day)
         when school_year - cohort_of(code) + 1 - expected in (-1, 0, -7, -6) then cohort_of(code) end;
-- The number of a class within its grade: (2)班, 二班, 三(2)班, 三年级2班, 3.2, 302, 2023级3班, 甲班, B.
create or replace macro class_tail(code) as
    regexp_replace(regexp_replace(regexp_replace(code, '^.*(年级|年|级|届)', ''),
        '^(小学|初中|高中|小|初|高)[一二三四五六七八九1-9]', ''),
        '^(?:20[0-3][0-9]|[0-9]{1,2}|[一二三四五六七八九十]+)[.(-]+', '');
create or replace macro class_number(tail) as
    coalesce(
        small_number(without_leading_zero(regexp_extract(tail, '^([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)\]]*(?:班|$)', 1))),
        small_number(without_leading_zero(regexp_extract(tail, '([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)\]]*班', 1))),
        nullif(strpos('甲乙丙丁戊己庚辛壬癸', nullif(regexp_extract(tail, '^([甲乙丙丁戊己庚辛壬癸])[)\]]*班?$', 1), '')), 0),
        nullif(strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZ', nullif(regexp_extract(tail, '^([A-Z])[)\]]*班?$', 1), '')), 0));
create or replace macro class_of(code) as
    case when regexp_full_match(code, '(0[1-9]|1[0-2]|[1-9])(0[1-9]|[1-4][0-9])班?') then try_cast(right(replace(code, '班', ''), 2) as int)
         when regexp_full_match(code, '20[0-3][0-9][0-4][0-9]班?') then try_cast(right(replace(code, '班', ''), 2) as int)
         when regexp_full_match(code, '[一二三四五六七八九][0-9]{1,2}班?') then try_cast(substr(replace(code, '班', ''), 2) as int)
         when regexp_full_match(code, '[一二三四五六七八九][一二三四五六七八九]班') then small_number(substr(code, 2, 1))
         else class_number(regexp_replace(class_tail(code), '^[(\[]+', '')) end;

-- ── children, findings, cases ──

-- Full years of age on a day; nobody is a year older before the birthday itself.
create or replace macro age_on(birth, day) as
    year(day) - year(birth) - case when month(day) * 100 + day(day) < month(birth) * 100 + day(birth) then 1 else 0 end;

-- How many days of an attendance row carry one of the letters.
create or replace macro days_marked(marks, letters) as
    length(marks) - length(translate(marks, letters, ''));

-- The school days a row records: days without school (-) and without any record (.) are taken out.
create or replace macro school_days(marks) as translate(marks, '-.', '');

-- The longest run of full unexcused days over recorded school days. A half day breaks the run: the child was there.
-- All runs are made of one letter, so the greatest in text order is the longest.
create or replace macro longest_unexcused_run(marks) as
    case when strpos(marks, 'A') = 0 then 0
         else length(list_max(regexp_extract_all(school_days(marks), 'A+'))) end;

-- Which of several answers of one day about one child counts: who was found out of school is looked for until all agree; after
-- that, what one office knows goes before what another does not.
create or replace macro answer_turn(event) as case event when 'dropout' then 0 when 'unresolved' then 2 else 1 end;

-- Where an id number says less than a whole number: not usable for the registry (domain: Identifiers).
-- A number whose check digit is wrong is a wrong number, not a missing one: identity_mismatch reports it.
create or replace macro is_missing_id(kind) as coalesce(kind not in ('valid', 'checksum', 'guardian'), true);

-- A name without what only notation differs in: dots, spaces, letter case. Variant and traditional characters stay:
-- on an identity document they are another name.
create or replace macro name_without_notation(written) as
    upper(regexp_replace(written, '[·•・‧∙⋅．.●\s　]', '', 'g'));

-- The kind of an approved exemption from the words offices write for it.
create or replace macro exemption_of(kind, reason) as
    case when regexp_matches(concat(kind, reason), '送教') then 'home_teaching'
         when regexp_matches(concat(kind, reason), '休学') then 'suspended'
         when regexp_matches(concat(kind, reason), '延缓|缓学|缓入|暂缓|推迟|延迟') then 'postponed'
         when regexp_matches(concat(kind, reason), '出国|出境|境外|国外|移民|留学') then 'abroad'
         when regexp_matches(concat(kind, reason), '病假') then 'sick_leave'
         else 'exempt' end;

-- 三年级, 八年级; classes as 三年级(2)班.
create or replace macro grade_label(grade) as
    case when grade between 1 and 9 then substr('一二三四五六七八九', grade, 1) || '年级'
         when grade between 10 and 12 then '高' || substr('一二三', grade - 9, 1) else '' end;
create or replace macro class_label(grade, class_no) as
    coalesce(grade_label(grade), '') || coalesce('(' || class_no || ')班', '');

-- 9月8日
create or replace macro day_label(day) as month(day) || '月' || day(day) || '日';

-- Primary or junior high, by grade; a child without a grade counts as primary until twelve.
create or replace macro stage_of(grade, age) as
    case when grade between 1 and 6 then 'primary' when grade between 7 and 9 then 'junior'
         when grade is null and age < 12 then 'primary' when grade is null and age >= 12 then 'junior' end;

-- A case number to read over the telephone, K3F7-92QX: seven characters of a digest and a check character, from an
-- alphabet without 0 O 1 I L U V. A child's id is a keyed digest already, so its number gives nothing away. The
-- weights 1–7 and the prime 29 let no single wrong character and no two swapped neighbours pass.
create or replace macro case_letter(n) as substr('23456789ABCDEFGHJKMNPQRSTWXYZ', 1 + cast(n % 29 as int), 1);
create or replace macro hex_digits(digest, position) as cast('0x' || substr(digest, position, 8) as bigint);
create or replace macro case_value(letter) as strpos('23456789ABCDEFGHJKMNPQRSTWXYZ', letter) - 1;
create or replace macro case_check(body) as
    case_letter(case_value(body[1]) + 2 * case_value(body[2]) + 3 * case_value(body[3]) + 4 * case_value(body[4])
        + 5 * case_value(body[5]) + 6 * case_value(body[6]) + 7 * case_value(body[7]));
create or replace macro case_body(digest) as
    case_letter(hex_digits(digest, 1)) || case_letter(hex_digits(digest, 9)) || case_letter(hex_digits(digest, 17))
    || case_letter(hex_digits(digest, 25)) || case_letter(hex_digits(digest, 33)) || case_letter(hex_digits(digest, 41))
    || case_letter(hex_digits(digest, 49));
create or replace macro case_shown(body) as substr(body, 1, 4) || '-' || substr(body, 5, 3) || case_check(body);
create or replace macro case_number(child_id, finding, opened_period, attempt) as
    case_shown(case_body(sha256(concat_ws('|', child_id, finding, opened_period, attempt))));

-- The number of a pair of records left to people, of the same form; the pair's key is a keyed digest already.
create or replace macro pair_number(pair_key) as case_shown(case_body(sha256(concat('pair|', pair_key))));

-- ── linkage ──

-- The characters of a name that are compared: no dot, blank or bracket; a run of Latin letters counts as one.
-- A name of Chinese characters alone, as nearly all are, need only be split.
create or replace macro name_tokens(name) as
    case when regexp_full_match(name, '\p{Han}+') then string_split(name, '')
         else regexp_extract_all(regexp_replace(lower(name), '[·•・‧∙⋅．.●\s　()（）]', ' ', 'g'), '[a-z]+|[^a-z ]') end;
-- Sounds that dialect speakers and hurried typists confuse: zh z, ch c, sh s, ng n, l n, yu yi stay apart.
create or replace macro soft_sound(sound) as
    regexp_replace(regexp_replace(regexp_replace(sound, '^([zcs])h', '\1'), 'ng$', 'n'), '^l', 'n');
-- Whether two different characters are easily written for one another: same or confusable sound, shared glyph body,
-- one own-listed group, or one of them unreadable. A glyph is folded/body/groups, groups joined by a point.
create or replace macro glyphs_alike(glyph_a, glyph_b, sound_a, sound_b) as
    soft_sound(sound_a) = soft_sound(sound_b)
    or split_part(glyph_a, '/', 2) in (split_part(glyph_b, '/', 2), split_part(glyph_b, '/', 1))
    or split_part(glyph_a, '/', 1) = split_part(glyph_b, '/', 2)
    or split_part(glyph_a, '/', 3) <> '' and list_has_any(string_split(split_part(glyph_a, '/', 3), '.'), string_split(split_part(glyph_b, '/', 3), '.'))
        and split_part(glyph_b, '/', 3) <> ''
    or regexp_matches(split_part(glyph_a, '/', 1), '^[a-z]{4,}$') and regexp_matches(split_part(glyph_b, '/', 1), '^[a-z]{4,}$')
       and levenshtein(split_part(glyph_a, '/', 1), split_part(glyph_b, '/', 1)) <= 2
    or regexp_matches(split_part(glyph_a, '/', 1) || split_part(glyph_b, '/', 1), '[?□■〓�\x{E000}-\x{F8FF}]');
create or replace macro glyphs_equal(glyphs_a, glyphs_b) as
    length(list_filter(range(1, length(glyphs_a) + 1), lambda i: glyphs_a[i] = glyphs_b[i]));
create or replace macro glyphs_alike_or_equal(glyphs_a, glyphs_b, sounds_a, sounds_b) as
    length(list_filter(range(1, length(glyphs_a) + 1), lambda i:
        glyphs_a[i] = glyphs_b[i] or glyphs_alike(glyphs_a[i], glyphs_b[i], sounds_a[i], sounds_b[i])));
-- One name with one character left out, or in another order.
create or replace macro one_left_out(long_key, short_key) as
    length(long_key) = 3 and length(short_key) = 2 and long_key[1] = short_key[1]
    and (long_key[2] = short_key[2] or long_key[3] = short_key[2]);
-- Whether two short Chinese names are plainly two names, seen by their characters alone and so at little cost: of three
-- characters fewer than two stand in the same place, of two none, and neither has the characters of the other in another order.
create or replace macro names_clearly_differ(key_a, key_b) as
    key_a[1] > '~' and key_b[1] > '~' and key_a[-1] > '~' and key_b[-1] > '~'
    and case when length(key_a) = 3 and length(key_b) = 3
             then cast(key_a[1] = key_b[1] as int) + cast(key_a[2] = key_b[2] as int) + cast(key_a[3] = key_b[3] as int) < 2
                  and not (contains(key_b, key_a[1]) and contains(key_b, key_a[2]) and contains(key_b, key_a[3]))
             when length(key_a) = 2 and length(key_b) = 2
             then key_a[1] <> key_b[1] and key_a[2] <> key_b[2] and not (key_a[1] = key_b[2] and key_a[2] = key_b[1])
             when length(key_a) = 3 and length(key_b) = 2
             then key_a[1] <> key_b[1] or key_a[2] <> key_b[2] and key_a[3] <> key_b[2]
             when length(key_a) = 2 and length(key_b) = 3
             then key_a[1] <> key_b[1] or key_a[2] <> key_b[2] and key_a[2] <> key_b[3]
             else false end;
-- How far two names agree, where that is plain without looking at single characters: nearly always. Else null.
create or replace macro name_level_at_sight(key_a, key_b, former_a, former_b, sound_a, sound_b, given_a, given_b) as
    case when key_a is null or key_b is null then 'blank'
         when key_a = key_b then 'exact'
         when key_a = former_b or former_a = key_b then 'former'
         when sound_a = sound_b then 'sound'
         when names_clearly_differ(key_a, key_b) and not coalesce(given_a = given_b, false) then 'different' end;
-- The same for the few pairs whose glyphs and sounds, as lists, have to be looked at one by one.
create or replace macro name_level_closely(key_a, key_b, glyphs_a, glyphs_b, sounds_a, sounds_b, given_a, given_b) as
    case when length(glyphs_a) = length(glyphs_b)
              and length(glyphs_a) >= 2
              and glyphs_equal(glyphs_a, glyphs_b) >= length(glyphs_a) - 1
              and glyphs_alike_or_equal(glyphs_a, glyphs_b, sounds_a, sounds_b) = length(glyphs_a)
              then 'alike'
         when given_a = given_b then 'given'
         when greatest(length(key_a), length(key_b)) >= 5 and least(length(key_a), length(key_b)) >= 3
              and (starts_with(key_a, key_b) or starts_with(key_b, key_a)) then 'cut'
         when length(glyphs_a) = length(glyphs_b)
              and length(glyphs_a) >= 3
              and glyphs_equal(glyphs_a, glyphs_b) = length(glyphs_a) - 1
              then 'one_character'
         when regexp_full_match(key_a || key_b, '[a-z]+')
              and (levenshtein(key_a, key_b) <= greatest(length(key_a), length(key_b)) // 5
                   or list_sort(sounds_a) = list_sort(sounds_b)) then 'alike'
         when regexp_full_match(key_a || key_b, '[a-z]+')
              and (list_has_any(sounds_a, sounds_b) or levenshtein(key_a, key_b) <= greatest(length(key_a), length(key_b)) // 2)
              then 'one_character'
         when one_left_out(key_a, key_b) or one_left_out(key_b, key_a)
              or list_sort(glyphs_a) = list_sort(glyphs_b) then 'one_character'
         -- Two characters, one of them another: says little by itself, but does not speak against an equal number.
         when length(key_a) = 2 and length(key_b) = 2 and key_a[1] = key_b[1] and not regexp_matches(key_a || key_b, '[a-z]') then 'one_of_two'
         else 'different' end;
-- How far two names agree, from the same down to another name. `given` is a surname changed with the given name kept. Over
-- many pairs ask name_level_at_sight first: lists cost a hundred times as much.
create or replace macro name_level(key_a, key_b, former_a, former_b, shape_a, shape_b, sound_a, sound_b, given_a, given_b) as
    coalesce(
        name_level_at_sight(key_a, key_b, former_a, former_b, sound_a, sound_b, given_a, given_b),
        name_level_closely(key_a, key_b, string_split(shape_a, ' '), string_split(shape_b, ' '), string_split(sound_a, ' '), string_split(sound_b, ' '), given_a, given_b));
-- Name levels under which one and the same number is one and the same child.
create or replace macro name_agrees(level) as level in ('exact', 'former', 'sound', 'alike', 'given', 'cut');
-- Whether two numbers of 18 characters agree wherever both show a digit (masks are stars).
create or replace macro digits_agree(a, b) as
    length(a) = 18 and length(b) = 18
    and regexp_matches(concat_ws('/', a, b), '[*]')
    and length(list_filter(range(1, 19), lambda i: a[i] = b[i])) >= 8
    and length(list_filter(range(1, 19), lambda i: a[i] <> b[i] and a[i] <> '*' and b[i] <> '*')) = 0;
-- Whether two numbers of 18 characters, of which a mask hides a part, show different digits in one place.
create or replace macro digits_differ(a, b) as
    length(a) = 18 and length(b) = 18
    and regexp_matches(concat_ws('/', a, b), '[*]')
    and length(list_filter(range(1, 19), lambda i: a[i] <> b[i] and a[i] <> '*' and b[i] <> '*')) > 0;
-- One typing error in an 18-character number: one digit, or two neighbours swapped.
create or replace macro one_slip(a, b) as
    length(a) = 18 and length(b) = 18
    and (hamming(a, b) = 1
         or hamming(a, b) = 2 and length(list_filter(range(1, 18), lambda i: a[i] = b[i + 1] and a[i + 1] = b[i] and a[i] <> a[i + 1])) = 1);
-- How far two numbers agree, where that is plain without looking at single digits. Else null.
create or replace macro id_level_at_sight(id_a, id_b, kind_a, kind_b) as
    case when id_a is null or id_b is null or kind_a in ('blank', 'guardian', 'several') or kind_b in ('blank', 'guardian', 'several') then 'blank'
         when kind_a = 'valid' and kind_b = 'valid' and id_a = id_b then 'same'
         -- One number in eleven that a table program cut off still passes its check.
         when kind_a = 'valid' and kind_b = 'valid' and not (ends_with(id_a, '000') or ends_with(id_b, '000')) then 'two_valid' end;
-- How far two numbers agree. Two valid ones that differ are two people: the check character shows every slip.
create or replace macro id_level(id_a, id_b, kind_a, kind_b, prefix_a, prefix_b) as
    case when id_level_at_sight(id_a, id_b, kind_a, kind_b) is not null then id_level_at_sight(id_a, id_b, kind_a, kind_b)
         when kind_a = 'valid' and kind_b = 'valid' then case when left(id_a, 15) = left(id_b, 15) then 'partly' else 'two_valid' end
         when kind_a in ('truncated', 'masked') or kind_b in ('truncated', 'masked')
              then case when digits_agree(id_a, id_b) then 'partly'
                        when digits_differ(id_a, id_b) then 'differ'
                        when least(length(prefix_a), length(prefix_b)) >= 6
                             then case when substr(prefix_a, 1, least(length(prefix_a), length(prefix_b))) = substr(prefix_b, 1, least(length(prefix_a), length(prefix_b)))
                                       then case when least(length(prefix_a), length(prefix_b)) >= 14 then 'partly' else 'blank' end
                                       else 'differ' end
                        else 'blank' end
         when id_a = id_b then 'same_text'
         when kind_a in ('checksum', 'short17') or kind_b in ('checksum', 'short17')
              then case when one_slip(id_a, id_b) or (length(id_a) <> length(id_b) and levenshtein(id_a, id_b) = 1) then 'near' else 'differ' end
         when kind_a = 'short15' or kind_b = 'short15'
              then case when substr(id_a, 1, 15) = substr(id_b, 1, 15) then 'partly' else 'differ' end
         when length(id_a) >= 6 and length(id_b) >= 6 and levenshtein(id_a, id_b) = 1 then 'near_text'
         else 'differ' end;
-- How far two birth dates agree: same; one part wrong, or day and month swapped; differing.
create or replace macro birth_level(a, b) as
    case when a is null or b is null then 'blank'
         when a = b then 'same'
         when year(a) = year(b) and (month(a) = month(b) or day(a) = day(b) or month(a) = day(b) and day(a) = month(b)) then 'near'
         when month(a) = month(b) and day(a) = day(b) then 'near'
         else 'differ' end;
-- Whether two addresses are one, a few letters apart.
create or replace macro addresses_agree(a, b) as
    a = b or least(length(a), length(b)) >= 8 and levenshtein(a, b) <= greatest(length(a), length(b)) // 4;
-- Evidence of one family, as one level so that guardian, phone and address together never count more than once:
-- twins share all of it.
create or replace macro family_level(guardian_a, guardian2_a, guardian_id_a, guardian2_id_a, phone_a, address_a, guardian_b, guardian2_b, guardian_id_b, guardian2_id_b, phone_b, address_b) as
    case when guardian_id_a in (guardian_id_b, guardian2_id_b) or guardian2_id_a in (guardian_id_b, guardian2_id_b) then 'number'
         when coalesce(phone_a = phone_b, false) and coalesce(guardian_a in (guardian_b, guardian2_b) or guardian2_a in (guardian_b, guardian2_b), false) then 'two'
         when coalesce(addresses_agree(address_a, address_b), false) and (coalesce(phone_a = phone_b, false) or coalesce(guardian_a in (guardian_b, guardian2_b) or guardian2_a in (guardian_b, guardian2_b), false)) then 'two'
         when guardian_a in (guardian_b, guardian2_b) or guardian2_a in (guardian_b, guardian2_b) then 'guardian'
         when phone_a = phone_b then 'phone'
         when addresses_agree(address_a, address_b) then 'address'
         when coalesce(guardian_a, guardian2_a) is not null and coalesce(guardian_b, guardian2_b) is not null then 'differ'
         else 'blank' end;
-- Two neighbouring characters swapped, all else the same.
create or replace macro neighbours_swapped(a, b) as
    length(a) = length(b) and length(list_filter(range(1, length(a) + 1), lambda i: a[i] <> b[i])) = 2
    and length(list_filter(range(1, length(a)), lambda i: a[i] = b[i + 1] and a[i + 1] = b[i] and a[i] <> b[i])) >= 1;
-- Whether two words in letters are one word with a typing error: one slip, in long words two, or one cut short.
create or replace macro words_near(a, b) as
    levenshtein(a, b) <= case when least(length(a), length(b)) >= 7 then 2 when least(length(a), length(b)) >= 3 then 1 else 0 end
    or least(length(a), length(b)) >= 4 and (neighbours_swapped(a, b) or starts_with(a, b) or starts_with(b, a))
    or least(length(a), length(b)) >= 5 and levenshtein(a, b) <= 2;
-- How far two numbers without a check character agree: same, one slip (near), more than half (part), else differ.
create or replace macro digits_level(a, b) as
    case when a = b then 'same'
         when levenshtein(a, b) <= 1 or neighbours_swapped(a, b) then 'near'
         when levenshtein(a, b) * 2 < greatest(length(a), length(b)) then 'part'
         else 'differ' end;
-- A case number and an outcome as people write them: small letters, blanks, any dash or none.
create or replace macro case_number_bare(written) as
    regexp_replace(upper(written), '[^2-9A-Z]', '', 'g');
create or replace macro case_number_written(written) as
    substr(case_number_bare(written), 1, 4) || '-' || substr(case_number_bare(written), 5);
create or replace macro outcome_written(written) as upper(left(trim(written), 2));
-- Whether the name written beside a case number can be the child's: none, one of its names (child_names), or one with signs
-- masked (张*丰).
create or replace macro is_same_written_name(written, names) as
    coalesce(regexp_matches('、' || names || '、', '、' ||
        regexp_replace(regexp_replace(name_without_notation(written), '[\\^$()\[\]{}|?+]', '.', 'g'), '[*＊某×]+', '[^、]+', 'g') || '、'), true);
-- HMAC-SHA256 in hexadecimal, the key given as RFC 2104 pads it (transforms/children.py: key_pads).
create or replace macro keyed_digest(key_outer, key_inner, text) as
    sha256(key_outer || unhex(sha256(key_inner || encode(text))));
