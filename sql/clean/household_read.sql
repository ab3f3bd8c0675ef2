-- Household-register rows as understood, the raw text beside each value.
-- One row per data row of a police extract, moved-away and cancelled entries included: they explain absences.
-- The township is the first nine digits of the division code, else the name itself: household_townships knows more. An extract
-- with neither names it in the address, behind the county's own name, or in the police station's name. The parents of a
-- whole household stand in rows of their own.
with counties as (
    select code as division_code, own_division_name(name) as county from divisions
), spaced as (
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
        one_blank(household_no) as household_no,
        one_blank(head_name) as head_name,
        one_blank(head_id_number) as head_id_number,
        one_blank(relation) as relation,
        one_blank(name) as name,
        one_blank(former_name) as former_name,
        one_blank(sex) as sex,
        one_blank(birth_date) as birth_date,
        one_blank(ethnicity) as ethnicity,
        one_blank(id_number) as id_number,
        one_blank(address) as address,
        one_blank(township_name) as township_name,
        one_blank(hukou_code) as hukou_code,
        one_blank(community) as community,
        one_blank(police_station) as police_station,
        one_blank(guardian1_name) as guardian1_name,
        one_blank(guardian1_relation) as guardian1_relation,
        one_blank(guardian1_id_number) as guardian1_id_number,
        one_blank(guardian1_phone) as guardian1_phone,
        one_blank(guardian2_name) as guardian2_name,
        one_blank(guardian2_relation) as guardian2_relation,
        one_blank(guardian2_id_number) as guardian2_id_number,
        one_blank(guardian2_phone) as guardian2_phone,
        one_blank(phone) as phone,
        one_blank(left_on) as left_on,
        one_blank(left_reason) as left_reason,
        one_blank(as_of) as as_of,
        one_blank(remarks) as remarks
    from household_rows
), halved as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        household_no_raw,
        head_name_raw,
        head_id_number_raw,
        relation_raw,
        name_raw,
        former_name_raw,
        sex_raw,
        birth_date_raw,
        ethnicity_raw,
        id_number_raw,
        address_raw,
        township_name_raw,
        hukou_code_raw,
        community_raw,
        police_station_raw,
        guardian1_name_raw,
        guardian1_relation_raw,
        guardian1_id_number_raw,
        guardian1_phone_raw,
        guardian2_name_raw,
        guardian2_relation_raw,
        guardian2_id_number_raw,
        guardian2_phone_raw,
        phone_raw,
        left_on_raw,
        left_reason_raw,
        as_of_raw,
        remarks_raw,
        bare_code(half_width(household_no)) as household_no,
        name_closed(half_width(head_name)) as head_name,
        bare_code(half_width(head_id_number)) as head_id_number,
        relation,
        name_closed(half_width(name)) as name,
        name_closed(half_width(former_name)) as former_name,
        bare_code(half_width(sex)) as sex,
        bare_code(half_width(birth_date)) as birth_date,
        ethnicity,
        bare_code(half_width(id_number)) as id_number,
        address,
        township_name,
        bare_code(half_width(hukou_code)) as hukou_code,
        community,
        police_station,
        name_closed(half_width(guardian1_name)) as guardian1_name,
        guardian1_relation,
        bare_code(half_width(guardian1_id_number)) as guardian1_id_number,
        bare_code(half_width(guardian1_phone)) as guardian1_phone,
        name_closed(half_width(guardian2_name)) as guardian2_name,
        guardian2_relation,
        bare_code(half_width(guardian2_id_number)) as guardian2_id_number,
        bare_code(half_width(guardian2_phone)) as guardian2_phone,
        bare_code(half_width(phone)) as phone,
        bare_code(half_width(left_on)) as left_on,
        bare_code(half_width(left_reason)) as left_reason,
        bare_code(half_width(as_of)) as as_of,
        remarks,
        bare_code(half_width(remarks)) as remarks_code
    from spaced
), written as (
    select
        period, district_code, record_id, delivery_id, sheet, row_no,
        household_no_raw,
        head_name_raw,
        head_id_number_raw,
        relation_raw,
        name_raw,
        former_name_raw,
        sex_raw,
        birth_date_raw,
        ethnicity_raw,
        id_number_raw,
        address_raw,
        township_name_raw,
        hukou_code_raw,
        community_raw,
        police_station_raw,
        guardian1_name_raw,
        guardian1_relation_raw,
        guardian1_id_number_raw,
        guardian1_phone_raw,
        guardian2_name_raw,
        guardian2_relation_raw,
        guardian2_id_number_raw,
        guardian2_phone_raw,
        phone_raw,
        left_on_raw,
        left_reason_raw,
        as_of_raw,
        remarks_raw,
        name as name_closed,
        without_point_zero(blank_to_null(household_no)) as household_no,
        blank_to_null(name_bare(head_name)) as head_written,
        id_of_code(blank_to_null(head_id_number)) as head_id_written,
        blank_to_null(relation) as relation,
        blank_to_null(name_bare(name)) as name,
        blank_to_null(name_bare(former_name)) as former_name,
        sex_of(sex) as sex_written,
        blank_to_null(sex) as sex_code,
        date_of_code(blank_to_null(birth_date)) as birth_date_text,
        blank_to_null(ethnicity) as ethnicity,
        id_of_code(blank_to_null(id_number)) as id_written,
        blank_to_null(address) as address,
        coalesce(blank_to_null(township_name),
                 case when length(hukou_code) >= 9 then null
                      else coalesce(township_in_address(address, county), township_of_station(police_station)) end) as township_name,
        division_of(blank_to_null(hukou_code)) as hukou_code,
        blank_to_null(hukou_code) as hukou_code_code,
        blank_to_null(community) as community,
        blank_to_null(police_station) as police_station,
        blank_to_null(name_bare(guardian1_name)) as guardian1_name,
        blank_to_null(guardian1_relation) as guardian1_relation,
        id_of_code(blank_to_null(guardian1_id_number)) as guardian1_id_number,
        phone_of(blank_to_null(guardian1_phone)) as guardian1_phone,
        blank_to_null(guardian1_phone) as guardian1_phone_code,
        blank_to_null(name_bare(guardian2_name)) as guardian2_written,
        blank_to_null(guardian2_relation) as guardian2_relation,
        id_of_code(blank_to_null(guardian2_id_number)) as guardian2_id_written,
        phone_of(blank_to_null(guardian2_phone)) as guardian2_phone,
        blank_to_null(guardian2_phone) as guardian2_phone_code,
        phone_of(blank_to_null(phone)) as phone,
        blank_to_null(phone) as phone_code,
        date_of_code(blank_to_null(left_on)) as left_on_text,
        blank_to_null(left_reason) as reason_code,
        date_of_code(blank_to_null(as_of)) as as_of_text,
        blank_to_null(remarks) as remarks,
        remarks_code,
        school_year_of($period) as school_year
    from halved
    left join counties on counties.division_code = halved.district_code
), parents as (
    -- An extract of whole households names the head, and who is married to it, in rows of their own: a child's parents.
    select delivery_id, household_no,
        max(case when relation in ('户主', '本人') then name end) as head_name,
        max(case when relation in ('户主', '本人') then id_written end) as head_id_number,
        max(case when relation not in ('户主', '本人') then name end) as other_name,
        max(case when relation not in ('户主', '本人') then id_written end) as other_id_number
    from written
    where household_no is not null and relation in ('户主', '本人', '妻', '夫', '妻子', '丈夫', '之妻', '之夫', '配偶')
    group by delivery_id, household_no
    having count(*) filter (where relation in ('户主', '本人')) = 1 and count(*) <= 2
), numbered as (
    select w.*,
        w.id_written as id,
        date_of(w.birth_date_text) as birth_written, is_month_only(w.birth_date_text) as birth_by_month,
        coalesce(w.head_written, p.head_name) as head_name, coalesce(w.head_id_written, p.head_id_number) as head_id_number,
        coalesce(w.guardian2_written, p.other_name) as guardian2_name,
        coalesce(w.guardian2_id_written, p.other_id_number) as guardian2_id_number
    from written as w
    left join parents as p
        on p.delivery_id = w.delivery_id and p.household_no = w.household_no
        and regexp_matches(w.relation, '[子女]$') and not regexp_matches(w.relation, '孙|外|妻|媳|婿|侄|甥|父|母|兄|弟|姐|妹')
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
        case when kind_written = 'valid' and is_grown_up(id, school_year, birth_written, false) then 'guardian'
             when kind_written = 'valid' and is_of_age(id, school_year) and (coalesce(relation, '') not in ('户主', '本人', '自己') and (id = guardian1_id_number or id = guardian2_id_number or id = head_id_number)) then 'guardian'
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
        birth_by_month and not coalesce(id_kind = 'valid' and date_trunc('month', birth_written) = date_trunc('month', birth_in_number), false) as birth_month_only
    from known
), parting_remarks as (
    -- Remarks that say the entry no longer stands; a relative's death or move does not.
    select record_id, remarks_code as remark
    from written
    where (regexp_matches(remarks_code, '^[0-9.年月日/-]*因?(已|本人|本人已|户口|户口已|该人|该人已|人员|儿童|随父|随母|随父母|随迁)?(死亡|病故|身故|去世|亡故|夭折|注销|销户|迁出|迁往|迁移|移民|出国定居|定居国外|重户|重复户口|双重户)')
           or regexp_matches(remarks_code, '已死亡|已注销|已迁出|户口注销|死亡注销'))
          and not regexp_matches(remarks_code, '^(其|之)?(父亲|母亲|父|母|爷|奶|祖|监护|户主|家长)|未注销|未迁|待迁|拟迁')
), reasons_written as (
    select l.record_id, coalesce(case when regexp_matches(l.reason_code, '^(正常|在册|在户|未|有效|否)') then null else l.reason_code end, p.remark) as reason_code
    from written as l
    left join parting_remarks as p on p.record_id = l.record_id
), reason_words as (
    select w.reason_code, r.reason
    from (select distinct reason_code from reasons_written where reason_code is not null) as w
    join leave_reasons as r on contains(w.reason_code, r.word)
    qualify row_number() over (partition by w.reason_code order by length(r.word) desc, r.word) = 1
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
    r.birth_month_only,
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
    coalesce(township_of(r.hukou_code), r.township_name) as township_code,
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
    -- A word nobody knows ends no entry by itself: a child still living here must not be lost for a clerk's wording.
    case when w.reason is not null then w.reason
         when date_of(r.left_on_text) is not null then case when l.reason_code is not null then '其他' else '迁出' end end as left_reason,
    r.left_reason_raw,
    date_of(r.as_of_text) as as_of,
    r.as_of_raw,
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
        case when r.birth_by_month then 'birth_date:month_only' end,
        case when is_date_serial(r.birth_date_text) then 'birth_date:date_serial' end,
        case when r.id_kind = 'valid' and case when r.birth_by_month then date_trunc('month', r.birth_date) <> date_trunc('month', r.birth_in_number)
              else r.birth_date <> r.birth_in_number end then 'birth_date:birth_differs_from_number' end,
        case when r.sex_written is null and r.sex_code is not null then 'sex:not_understood' end,
        case when r.sex_written is null and r.id_kind = 'valid' and r.sex_code is null and r.sexes_in_file > 0 then 'sex:sex_from_number' end,
        case when r.id_kind = 'valid' and r.sex_written <> id_sex(r.id) then 'sex:sex_differs_from_number' end,
        case when date_of(r.left_on_text) is null and r.left_on_text is not null then 'left_on:not_understood' end,
        case when date_of(r.as_of_text) is null and r.as_of_text is not null then 'as_of:not_understood' end,
        case when r.hukou_code is null and r.hukou_code_code is not null then 'hukou_code:not_understood' end,
        case when r.phone is null and r.phone_code is not null then 'phone:not_understood' end,
        case when r.guardian1_phone is null and r.guardian1_phone_code is not null then 'guardian1_phone:not_understood' end,
        case when r.guardian2_phone is null and r.guardian2_phone_code is not null then 'guardian2_phone:not_understood' end,
        case when l.reason_code is not null and w.reason is null then 'left_reason:not_understood' end,
        case when l.reason_code is null and date_of(r.left_on_text) is not null then 'left_reason:reason_assumed' end,
        case when r.reason_code is null and l.reason_code is not null then 'left_reason:reason_from_remarks' end
    ], lambda note: note is not null) as notes
from dated as r
left join reasons_written as l on l.record_id = r.record_id
left join reason_words as w on w.reason_code = l.reason_code
