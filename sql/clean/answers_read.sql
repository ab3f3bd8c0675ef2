-- Returned answers as understood, the raw text beside each value.
-- One row per data row of a returned list. The outcome is the code A1-E2 at the head of the drop-down's text, or the
-- decision on a pair of records.
with written as (
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
        without_point_zero(plain_code(case_no)) as case_no,
        plain_name(name) as name,
        sex_of(sex) as sex_written,
        date_text(birth_date) as birth_date_text,
        id_text(id_number) as id_written,
        plain_text(code) as code,
        plain_text(evidence) as evidence,
        date_text(answered_on) as answered_on_text,
        plain_text(answered_by) as answered_by,
        plain_text(whereabouts) as whereabouts,
        plain_text(remarks) as remarks,
        school_year_of($period) as school_year
    from answers_rows
), numbered as (
    select *,
        id_written as id
    from written
), judged as (
    -- A valid number ending in 000 is one in a thousand; in a file where Excel has cut off others it is cut off too.
    select *,
        case when id_kind_of(id) = 'valid' and id like '%000'
                  and sum(case when id_kind_of(id) = 'truncated' then 1 else 0 end) over (partition by delivery_id) > 0
             then 'truncated' else id_kind_of(id) end as kind_written
    from numbered
), kinds as (
    -- An adult's number beside a child: the guardian's own, or one whose owner is no pupil's age. Unusable for the child.
    select *,
        case when kind_written = 'valid' and is_grown_up(id, school_year, date_of(birth_date_text), false) then 'guardian'
             else kind_written end as id_kind
    from judged
), known as (
    select *, id_prefix_of(id, id_kind) as id_prefix
    from kinds
), dated as (
    select *,
        case when date_of(birth_date_text) is null then id_birth_date(id_prefix)
             when is_month_only(birth_date_text) and id_kind = 'valid'
                  and substr(cast(date_of(birth_date_text) as varchar), 1, 7) = substr(cast(id_birth_date(id_prefix) as varchar), 1, 7)
             then id_birth_date(id_prefix)
             else date_of(birth_date_text) end as birth_date
    from known
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
    case when r.id_kind in ('valid', 'checksum', 'truncated', 'masked', 'guardian') and length(r.id) = 18 then r.id end as id_number,
    r.id_number_raw,
    r.id_kind,
    r.id_prefix,
    coalesce(nullif(regexp_extract(plain_code(r.code), '[A-E][1-9]'), ''),
             case when regexp_matches(r.code, '不是|非同一|不同') then '不是同一人' when regexp_matches(r.code, '不能|无法') then '不能确定'
                  when r.code like '%同一人%' then '同一人' end,
             r.code) as code,
    r.code_raw,
    r.evidence,
    r.evidence_raw,
    date_of(r.answered_on_text) as answered_on,
    r.answered_on_raw,
    r.answered_by,
    r.answered_by_raw,
    r.whereabouts,
    r.whereabouts_raw,
    coalesce(r.remarks, name_remark(r.name_raw)) as remarks,
    r.remarks_raw,
    list_filter([
        case when has_unreadable(r.name) then 'name:name_unreadable' end,
        case when r.name <> name_closed(r.name_raw) then 'name:name_decorated' end,
        case when regexp_matches(half_width(one_blank(r.name_raw)), '[^ -~] | [^ -~]') then 'name:name_spaced' end,
        case when r.name like '%·%' and regexp_matches(r.name_raw, '[•・‧∙⋅．.●･]') then 'name:name_dot' end,
        case when r.id_kind not in ('valid', 'blank') then 'id_number:id_' || r.id_kind end,
        case when r.id_kind <> 'other' and length(r.id_written) = 18 and r.id_written <> r.id_number_raw then 'id_number:number_cleaned' end,
        case when date_of(r.birth_date_text) is null and r.birth_date_text is not null then 'birth_date:not_understood' end,
        case when date_of(r.birth_date_text) is null and r.birth_date is not null then 'birth_date:birth_from_number' end,
        case when is_month_only(r.birth_date_text) then 'birth_date:month_only' end,
        case when is_date_serial(r.birth_date_text) then 'birth_date:date_serial' end,
        case when r.id_kind = 'valid' and case when is_month_only(r.birth_date_text) then substr(cast(r.birth_date as varchar), 1, 7) <> substr(cast(id_birth_date(r.id_prefix) as varchar), 1, 7)
              else r.birth_date <> id_birth_date(r.id_prefix) end then 'birth_date:birth_differs_from_number' end,
        case when r.sex_written is null and plain_text(r.sex_raw) is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and plain_text(r.sex_raw) is null then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when date_of(r.answered_on_text) is null and r.answered_on_text is not null then 'answered_on:not_understood' end
    ], lambda note: note is not null) as notes
from dated as r
