-- Purpose: the pairs of records a person has to judge, both sides beside each other.
-- One row per review pair, the likeliest first. pair_no names the pair in the returned
-- workbook. Numbers by their end only: people compare what the machine found to agree or to differ.
with school_names as (
    select school_code, min(school_name) as school_name
    from schools
    group by school_code
),

-- Of a city's records only those in a pair are looked up.
paired as (
    select left_record_id as record_id from review_pairs
    union
    select right_record_id as record_id from review_pairs
),

sides as materialized (
    select
        p.record_id, source_words(p.source) as source, p.name, p.sex,
        strftime(p.birth_date, '%Y-%m-%d') as birth_date,
        last_four(p.id_number) as id_last_four,
        coalesce(s.school_name, p.school_code) as school_name,
        nullif(class_label(p.grade, p.class_no), '') as class_text,
        p.guardian_name, p.address
    from paired
    join person_records p using (record_id)
    left join school_names s using (school_code)
)

select
    v.period, v.district_code,
    (row_number() over (
        partition by v.district_code
        order by v.probability desc, v.left_record_id, v.right_record_id))::int as row_no,
    v.left_record_id, v.right_record_id,
    v.pair_no,
    case when v.probability >= 0.9 then '很可能' when v.probability >= 0.5 then '较可能'
         when v.probability >= 0.1 then '有可能' else '可能性小' end as probability_text,
    v.reason,
    l.source as left_source, r.source as right_source,
    l.name as left_name, r.name as right_name,
    l.sex as left_sex, r.sex as right_sex,
    l.birth_date as left_birth_date, r.birth_date as right_birth_date,
    l.id_last_four as left_id_last_four, r.id_last_four as right_id_last_four,
    l.school_name as left_school_name, r.school_name as right_school_name,
    l.class_text as left_class_text, r.class_text as right_class_text,
    l.guardian_name as left_guardian_name, r.guardian_name as right_guardian_name,
    l.address as left_address, r.address as right_address
from review_pairs v
left join sides l on l.record_id = v.left_record_id
left join sides r on r.record_id = v.right_record_id
order by district_code, row_no
