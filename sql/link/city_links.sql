-- Attenders their own school does not know, looked for by name in the whole city: first on rolls, then in households
-- without a roll.
-- One row per attender and possible child, with the verdict.
-- A name alone never joins across schools: it must be the only one in the city on rolls and among these attenders, the
-- grade must be the same, the birth year the one expected, and the child unseen at its own school though that school
-- handed in sheets. A household child without a roll is joined where its name is on no roll, unique, its age that of the
-- grade, and its district that of the school. Up to three possible children of the same name go to review.
with
    settled as (
        select attender_no, left_no from attender_numbers
        union all select attender_no, left_no from class_links where told_apart
        union all select attender_no, left_no from school_links where sole
    ),
    waiting as (
        select p.person_no as attender_no, p.name_key, p.grade, p.district_code, p.school_code, p.sex, p.id_number, p.id_kind,
            count(*) over (partition by p.name_key) as namesakes
        from attenders as a join person_records as p on p.person_no = a.attender_no
        left join (select distinct attender_no from settled) as s on s.attender_no = a.attender_no
        left join (select attender_no from school_links union select attender_no from class_links) as t on t.attender_no = a.attender_no
        where a.person_no = a.attender_no and s.attender_no is null and t.attender_no is null
    ),
    seen_places as (select distinct left_no from settled),
    seen_schools as (select distinct p.school_code from attenders as a join person_records as p on p.person_no = a.attender_no where p.school_code is not null),
    linked_households as (select distinct right_no from person_links where right_source = 'household'),
    pool as (
        select r.person_no, r.name_key, r.grade, r.birth_date, r.district_code, r.school_code, r.sex, r.id_number, r.id_kind, 'registry' as source,
            count(*) over (partition by r.name_key) as bearers, s.left_no is not null as seen, d.school_code is not null as delivered
        from roll_places as r
        left join seen_places as s on s.left_no = r.person_no
        left join seen_schools as d on d.school_code = r.school_code
        where r.in_force
        union all
        select p.person_no, p.name_key, null as grade, p.birth_date, p.district_code, null as school_code, p.sex, p.id_number, p.id_kind, 'household' as source,
            count(*) over (partition by p.name_key) as bearers, false as seen, true as delivered
        from person_records as p
        left join linked_households as h on h.right_no = p.person_no
        where p.source = 'household' and p.in_force and h.right_no is null
    ),
    compared as (
        select
            w.attender_no, c.person_no as left_no, c.source as left_source, w.namesakes, c.bearers, c.delivered,
            coalesce(c.grade = w.grade, false) as same_grade, c.district_code = w.district_code as same_district,
            coalesce(abs(age_on(c.birth_date, $cutoff_on) - (w.grade + $entry_age - 1)) <= 1, false) as age_fits,
            max(case when c.source = 'registry' then 1 else 0 end) over (partition by w.attender_no) = 1 as on_some_roll,
            w.id_kind = 'valid' and w.id_number = c.id_number as same_number
        from waiting as w join pool as c on c.name_key = w.name_key and not c.seen
            and (w.sex is null or c.sex is null or w.sex = c.sex)
            and (w.id_kind <> 'valid' or c.id_kind <> 'valid' or w.id_number = c.id_number)
    ),
    judged as (
        select *,
            case when same_number then 'number'
                 when left_source = 'registry' and namesakes = 1 and bearers = 1 and same_grade and age_fits and delivered then 'only_of_the_name'
                 when left_source = 'household' and namesakes = 1 and bearers = 1 and age_fits and same_district and not on_some_roll then 'only_of_the_name'
            end as ground,
            row_number() over (
                partition by attender_no
                order by same_number desc, left_source = 'registry' desc, same_grade desc, age_fits desc, same_district desc, left_no
            ) as place
        from compared
        where same_number or age_fits and (left_source = 'household' and same_district or same_grade)
    )
select
    attender_no, left_no, left_source, same_grade, age_fits, same_district, ground,
    case when ground is not null and place = 1 then 'link' else 'review' end as verdict
from judged
where place <= 3 and (ground is not null or not (left_source = 'household' and on_some_roll))
    and attender_no not in (select attender_no from judged where ground is not null and place = 1)
    or ground is not null and place = 1
