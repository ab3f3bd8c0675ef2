-- Returned answers as understood, the raw text beside each value.
-- One row per data row of a returned list. The outcome is the code A1-E2 at the head of the drop-down's text, or what words
-- mean of which every clause means that one outcome (在外省读书，省外就读); 外地 by the province of the whereabouts; or the
-- decision on a pair of records. A day written without its year (10月15日) is of the latest year that is not half a year ahead.
with spaced as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        case_no as case_no_raw,
        name as name_raw,
        sex as sex_raw,
        birth_date as birth_date_raw,
        id_number as id_number_raw,
        code as code_raw,
        evidence as evidence_raw,
        answered_on as answered_on_raw,
        answered_by as answered_by_raw,
        whereabouts as whereabouts_raw,
        remarks as remarks_raw,
        one_blank(case_no) as case_no,
        one_blank(name) as name,
        one_blank(sex) as sex,
        one_blank(birth_date) as birth_date,
        one_blank(id_number) as id_number,
        one_blank(code) as code,
        one_blank(evidence) as evidence,
        one_blank(answered_on) as answered_on,
        one_blank(answered_by) as answered_by,
        one_blank(whereabouts) as whereabouts,
        one_blank(remarks) as remarks
    from answers_rows
), halved as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        case_no_raw,
        name_raw,
        sex_raw,
        birth_date_raw,
        id_number_raw,
        code_raw,
        evidence_raw,
        answered_on_raw,
        answered_by_raw,
        whereabouts_raw,
        remarks_raw,
        bare_code(half_width(case_no)) as case_no,
        name_closed(half_width(name)) as name,
        bare_code(half_width(sex)) as sex,
        bare_code(half_width(birth_date)) as birth_date,
        bare_code(half_width(id_number)) as id_number,
        code,
        bare_code(half_width(code)) as answer_code,
        evidence,
        bare_code(half_width(answered_on)) as answered_on,
        answered_by,
        whereabouts,
        remarks
    from spaced
), written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        case_no_raw,
        name_raw,
        sex_raw,
        birth_date_raw,
        id_number_raw,
        code_raw,
        evidence_raw,
        answered_on_raw,
        answered_by_raw,
        whereabouts_raw,
        remarks_raw,
        name as name_closed,
        without_point_zero(blank_to_null(case_no)) as case_no,
        blank_to_null(name_bare(name)) as name,
        sex_of(sex) as sex_written,
        blank_to_null(sex) as sex_code,
        date_of_code(blank_to_null(birth_date)) as birth_date_text,
        id_of_code(blank_to_null(id_number)) as id_written,
        blank_to_null(code) as code,
        answer_code,
        blank_to_null(evidence) as evidence,
        date_of_code(blank_to_null(answered_on)) as answered_on_text,
        blank_to_null(answered_by) as answered_by,
        blank_to_null(whereabouts) as whereabouts,
        blank_to_null(remarks) as remarks,
        school_year_of($period) as school_year
    from halved
), numbered as (
    select *,
        id_written as id,
        date_of(birth_date_text) as birth_written, is_month_only(birth_date_text) as birth_by_month
    from written
), sorted_out as (
    select *, id_kind_of(id) as kind_alone
    from numbered
), compared as (
    select *,
        sum(case when kind_alone = 'truncated' then 1 else 0 end) over (partition by delivery_id) as truncated_in_file,
        count(sex_code) over (partition by delivery_id) as sexes_in_file,
        count(birth_date_text) over (partition by delivery_id) as births_in_file
    from sorted_out
), judged as (
    -- A valid number ending in 000 is one in a thousand; in a file where Excel has cut off others it is cut off too.
    select *, case when kind_alone = 'valid' and id like '%000' and truncated_in_file > 0 then 'truncated' else kind_alone end as kind_written
    from compared
), kinds as (
    -- An adult's number beside a child: the guardian's own, or one whose owner is no pupil's age. Unusable for the child.
    select *,
        case when kind_written = 'valid' and is_grown_up(id, school_year, birth_written, true) then 'guardian'
             else kind_written end as id_kind
    from judged
), known as (
    select *, id_prefix_of(id, id_kind) as id_prefix, id_birth_date(id_prefix_of(id, id_kind)) as birth_in_number
    from kinds
), dated as (
    select *,
        case when birth_written is null then birth_in_number
             when birth_by_month and id_kind = 'valid' and date_trunc('month', birth_written) = date_trunc('month', birth_in_number) then birth_in_number
             else birth_written end as birth_date,
        coalesce(date_of(answered_on_text), day_without_year(answered_on_text, $period)) as answered_on,
        birth_by_month and not coalesce(id_kind = 'valid' and date_trunc('month', birth_written) = date_trunc('month', birth_in_number), false) as birth_month_only
    from known
), known_words as (
    -- An outcome in words, whole or one of those it joins (厌学或学习困难), or as offices put it, where only one has it.
    select outcome_words(words) as words, min(code) as code
    from (select code, unnest(list_append(string_split(replace(wording, '或', '、'), '、'), wording)) as words from outcomes
          union all
          select code, words from outcome_words) as told
    group by outcome_words(words)
    having count(distinct code) = 1
), said as (
    select distinct code, district_code, whereabouts,
        unnest(regexp_split_to_array(regexp_replace(code, '[(（][^)）]*[)）]', '', 'g'), '[，,；;。\s]+')) as clause
    from dated
    where code is not null
), meant as (
    select
        s.code as words, s.district_code, s.whereabouts,
        coalesce(k.code, case when left(p.code, 2) = left(s.district_code, 2) then 'A2' when p.code is not null then 'A3' end) as code
    from said as s
    left join known_words as k on k.words = outcome_words(s.clause)
    left join divisions as p
        on outcome_words(s.clause) in ('外地就读', '异地就读') and p.code like '%0000' and starts_with(s.whereabouts, left(p.name, 2))
    where s.clause <> ''
), said_outcomes as (
    select words, district_code, whereabouts, min(code) as code
    from meant
    group by words, district_code, whereabouts
    having count(*) = count(code) and count(distinct code) = 1
)
select
    r.period, r.district_code, r.record_id, r.delivery_id, r.sheet, r.row_no,
    r.case_no,
    r.case_no_raw,
    r.name,
    r.name_raw,
    coalesce(r.sex_written, case when r.id_kind = 'valid' then id_sex(r.id) end) as sex,
    r.sex_raw,
    r.birth_date,
    r.birth_date_raw,
    r.birth_month_only,
    case when r.id_kind in ('valid', 'checksum', 'truncated', 'masked', 'guardian') and length(r.id) = 18 then r.id end as id_number,
    r.id_number_raw,
    r.id_kind,
    r.id_prefix,
    coalesce(nullif(regexp_extract(r.answer_code, '[A-E][1-9]'), ''),
             said.code,
             case when regexp_matches(r.code, '不是|非同一|不同') then '不是同一人'
                  when regexp_matches(r.code, '(不能|无法)(确定|确认|判断|认定)') then '不能确定'
                  when r.code like '%同一人%' then '同一人' end,
             r.code) as code,
    r.code_raw,
    r.evidence,
    r.evidence_raw,
    r.answered_on,
    r.answered_on_raw,
    r.answered_by,
    r.answered_by_raw,
    r.whereabouts,
    r.whereabouts_raw,
    coalesce(r.remarks, name_remark(r.name_closed)) as remarks,
    r.remarks_raw,
    list_filter([
        case when has_unreadable(r.name) then 'name:name_unreadable' end,
        case when r.name <> r.name_closed then 'name:name_decorated' end,
        case when regexp_matches(r.name_raw, '[^ -~][\s\x{A0}\x{3000}]+[^ -~]') then 'name:name_spaced' end,
        case when r.name like '%·%' and regexp_matches(r.name_raw, '[•・‧∙⋅．.●･]') then 'name:name_dot' end,
        case when r.id_kind not in ('valid', 'blank') then 'id_number:id_' || r.id_kind end,
        case when r.id_kind <> 'other' and length(r.id_written) = 18 and r.id_written <> regexp_replace(r.id_number_raw, '^[''\s]+|\s+$', '', 'g') then 'id_number:number_cleaned' end,
        case when r.birth_written is null and r.birth_date_text is not null then 'birth_date:not_understood' end,
        case when r.birth_written is null and r.birth_date is not null and (r.birth_date_text is not null or r.births_in_file > 0) then 'birth_date:birth_from_number' end,
        -- our own lists tell no more than the month of birth: nobody is asked to complete it
        case when is_date_serial(r.birth_date_text) then 'birth_date:date_serial' end,
        case when r.id_kind = 'valid' and case when r.birth_by_month then date_trunc('month', r.birth_date) <> date_trunc('month', r.birth_in_number)
              else r.birth_date <> r.birth_in_number end then 'birth_date:birth_differs_from_number' end,
        case when r.sex_written is null and r.sex_code is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and r.sex_code is null and r.sexes_in_file > 0 then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when r.answered_on is null and r.answered_on_text is not null then 'answered_on:not_understood' end
    ], lambda note: note is not null) as notes
from dated as r
left join said_outcomes as said
    on said.words = r.code and said.district_code = r.district_code and coalesce(said.whereabouts, '') = coalesce(r.whereabouts, '')
