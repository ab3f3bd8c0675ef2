-- Household-register rows as understood, the raw text beside each value.
-- One row per data row of a police extract, moved-away and cancelled entries included: they explain absences.
-- The township is the first nine digits of the division code; where only a name is given, the code most rows of the same
-- name in the district have; else the name itself, so that no child is without a township.
with written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        household_no as household_no_raw,
        head_name as head_name_raw,
        head_id_number as head_id_number_raw,
        relation as relation_raw,
        name as name_raw,
        former_name as former_name_raw,
        sex as sex_raw,
        birth_date as birth_date_raw,
        ethnicity as ethnicity_raw,
        id_number as id_number_raw,
        address as address_raw,
        township_name as township_name_raw,
        hukou_code as hukou_code_raw,
        community as community_raw,
        police_station as police_station_raw,
        guardian1_name as guardian1_name_raw,
        guardian1_relation as guardian1_relation_raw,
        guardian1_id_number as guardian1_id_number_raw,
        guardian1_phone as guardian1_phone_raw,
        guardian2_name as guardian2_name_raw,
        guardian2_relation as guardian2_relation_raw,
        guardian2_id_number as guardian2_id_number_raw,
        guardian2_phone as guardian2_phone_raw,
        phone as phone_raw,
        left_on as left_on_raw,
        left_reason as left_reason_raw,
        as_of as as_of_raw,
        remarks as remarks_raw,
        without_point_zero(plain_code(household_no)) as household_no,
        plain_name(head_name) as head_name,
        id_text(head_id_number) as head_id_number,
        plain_text(relation) as relation,
        plain_name(name) as name,
        plain_name(former_name) as former_name,
        sex_of(sex) as sex_written,
        date_text(birth_date) as birth_date_text,
        plain_text(ethnicity) as ethnicity,
        id_text(id_number) as id_written,
        plain_text(address) as address,
        plain_text(township_name) as township_name,
        division_of(hukou_code) as hukou_code,
        plain_text(community) as community,
        plain_text(police_station) as police_station,
        plain_name(guardian1_name) as guardian1_name,
        plain_text(guardian1_relation) as guardian1_relation,
        id_text(guardian1_id_number) as guardian1_id_number,
        phone_of(guardian1_phone) as guardian1_phone,
        plain_name(guardian2_name) as guardian2_name,
        plain_text(guardian2_relation) as guardian2_relation,
        id_text(guardian2_id_number) as guardian2_id_number,
        phone_of(guardian2_phone) as guardian2_phone,
        phone_of(phone) as phone,
        date_text(left_on) as left_on_text,
        plain_code(left_reason) as reason_code,
        date_text(as_of) as as_of_text,
        plain_text(remarks) as remarks,
        school_year_of($period) as school_year
    from household_rows
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
             when kind_written = 'valid' and is_of_age(id, school_year) and (coalesce(relation, '') not in ('户主', '本人', '自己') and (id = guardian1_id_number or id = guardian2_id_number or id = head_id_number)) then 'guardian'
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
), parting_remarks as (
    -- Remarks that say the entry no longer stands; a relative's death or move does not.
    select record_id, plain_code(remarks) as remark
    from written
    where (regexp_matches(plain_code(remarks), '^(已|本人|本人已|户口|户口已|该人|该人已|人员|儿童|随父|随母|随父母|随迁)?(死亡|病故|身故|去世|亡故|夭折|注销|销户|迁出|迁往|迁移|移民|出国定居|定居国外|重户|重复户口|双重户)')
           or regexp_matches(plain_code(remarks), '已死亡|已注销|已迁出|户口注销|死亡注销'))
          and not regexp_matches(plain_code(remarks), '^(其|之)?(父亲|母亲|父|母|爷|奶|祖|监护|户主|家长)|未注销|未迁|待迁|拟迁')
), reasons_written as (
    select l.record_id, coalesce(case when regexp_matches(l.reason_code, '^(正常|在册|在户|未|有效|否)') then null else l.reason_code end, p.remark) as reason_code
    from written as l
    left join parting_remarks as p on p.record_id = l.record_id
), reason_words as (
    select w.reason_code, r.reason
    from (select distinct reason_code from reasons_written where reason_code is not null) as w
    join leave_reasons as r on contains(w.reason_code, r.word)
    qualify row_number() over (partition by w.reason_code order by length(r.word) desc, r.word) = 1
), township_codes as (
    select district_code, township_name, township_of(hukou_code) as township_code
    from written
    where township_name is not null and township_of(hukou_code) is not null
    group by district_code, township_name, township_of(hukou_code)
    qualify row_number() over (partition by district_code, township_name order by count(*) desc, township_of(hukou_code)) = 1
)
select
    r.period, r.district_code, r.record_id, r.delivery_id, r.sheet, r.row_no,
    r.household_no,
    r.household_no_raw,
    r.head_name,
    r.head_name_raw,
    r.head_id_number,
    r.head_id_number_raw,
    r.relation,
    r.relation_raw,
    r.name,
    r.name_raw,
    r.former_name,
    r.former_name_raw,
    coalesce(r.sex_written, case when r.id_kind = 'valid' then id_sex(r.id) end) as sex,
    r.sex_raw,
    r.birth_date,
    r.birth_date_raw,
    r.ethnicity,
    r.ethnicity_raw,
    case when r.id_kind in ('valid', 'checksum', 'truncated', 'masked', 'guardian') and length(r.id) = 18 then r.id end as id_number,
    r.id_number_raw,
    r.id_kind,
    r.id_prefix,
    r.address,
    r.address_raw,
    r.township_name,
    r.township_name_raw,
    r.hukou_code,
    r.hukou_code_raw,
    coalesce(township_of(r.hukou_code), t.township_code, r.township_name) as township_code,
    r.community,
    r.community_raw,
    r.police_station,
    r.police_station_raw,
    r.guardian1_name,
    r.guardian1_name_raw,
    r.guardian1_relation,
    r.guardian1_relation_raw,
    r.guardian1_id_number,
    r.guardian1_id_number_raw,
    r.guardian1_phone,
    r.guardian1_phone_raw,
    r.guardian2_name,
    r.guardian2_name_raw,
    r.guardian2_relation,
    r.guardian2_relation_raw,
    r.guardian2_id_number,
    r.guardian2_id_number_raw,
    r.guardian2_phone,
    r.guardian2_phone_raw,
    r.phone,
    r.phone_raw,
    date_of(r.left_on_text) as left_on,
    r.left_on_raw,
    case when l.reason_code is not null then coalesce(w.reason, '其他') when date_of(r.left_on_text) is not null then '迁出' end as left_reason,
    r.left_reason_raw,
    date_of(r.as_of_text) as as_of,
    r.as_of_raw,
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
        case when date_of(r.left_on_text) is null and r.left_on_text is not null then 'left_on:not_understood' end,
        case when date_of(r.as_of_text) is null and r.as_of_text is not null then 'as_of:not_understood' end,
        case when r.hukou_code is null and plain_text(r.hukou_code_raw) is not null then 'hukou_code:not_understood' end,
        case when r.phone is null and plain_text(r.phone_raw) is not null then 'phone:not_understood' end,
        case when r.guardian1_phone is null and plain_text(r.guardian1_phone_raw) is not null then 'guardian1_phone:not_understood' end,
        case when r.guardian2_phone is null and plain_text(r.guardian2_phone_raw) is not null then 'guardian2_phone:not_understood' end,
        case when l.reason_code is not null and w.reason is null then 'left_reason:not_understood' end,
        case when l.reason_code is null and date_of(r.left_on_text) is not null then 'left_reason:reason_assumed' end,
        case when r.reason_code is null and l.reason_code is not null then 'left_reason:reason_from_remarks' end
    ], lambda note: note is not null) as notes
from dated as r
left join reasons_written as l on l.record_id = r.record_id
left join reason_words as w on w.reason_code = l.reason_code
left join township_codes as t on t.district_code = r.district_code and t.township_name = r.township_name
