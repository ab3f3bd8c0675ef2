-- Attenders their own school does not know, looked for by name in the whole city: first on rolls, then in households
-- without a roll.
-- One row per attender and possible child, with the verdict.
-- A name alone never joins across schools: it must be the only one of its grade on the rolls, and among these attenders, the
-- birth year the one expected, and the child unseen at its own school though that school handed in sheets. Unseen is who is
-- on no sheet there, or away on more than two days of three (some left in the month, and some sheets leave weekends blank
-- like days present). A namesake in another grade is another child (one in the next
-- grade of the district, or where the roll writes none, missed at its own school, is shown to people: special schools and repeaters count grades
-- otherwise); one in the grade who is seen at school is accounted for, but makes the name common, so people decide. A household child without a
-- roll is joined where its name is on no roll, unique, its age that of the grade, and its district that of the school. Up
-- to three possible children of the same name go to review; a household child of another district only where it is the
-- only one of the name.
with
    settled as (
        select attender_no, left_no from attender_numbers
        union all select attender_no, left_no from class_links where told_apart
        union all select attender_no, left_no from school_links where sole
    ),
    doubtful as (
        select attender_no, left_no from class_links where not told_apart
        union all select attender_no, left_no from school_links where not sole and step < 9
    ),
    waiting as (
        select p.person_no as attender_no, p.name_key, p.grade, p.district_code, p.school_code, p.sex, p.id_number, p.id_kind,
            count(*) over (partition by p.name_key, p.grade) as namesakes
        from attenders as a join person_records as p on p.person_no = a.attender_no
        left join (select attender_no from settled union select attender_no from doubtful) as s on s.attender_no = a.attender_no
        where a.person_no = a.attender_no and s.attender_no is null
    ),
    roots as (
        select a.right_no as person_no, coalesce(c.left_no, b.left_no, a.left_no) as root_no
        from person_links as a
        left join person_links as b on b.right_no = a.left_no
        left join person_links as c on c.right_no = b.left_no
    ),
    seen_children as (
        select coalesce(r.root_no, s.left_no) as root_no
        from settled as s
        join attenders as a on a.attender_no = s.attender_no
        join person_records as p on p.person_no = a.person_no
        left join roots as r on r.person_no = s.left_no
        group by all
        having sum(coalesce(p.days_accounted, 1)) * 2 >= sum(coalesce(p.days_away, 0)) and sum(coalesce(p.days_accounted, 1)) > 0
    ),
    seen_schools as (select distinct p.school_code from attenders as a join person_records as p on p.person_no = a.attender_no where p.school_code is not null),
    linked_households as (select distinct right_no from person_links where right_source = 'household'),
    pool as (
        select r.person_no, coalesce(o.root_no, r.person_no) as root_no, r.name_key, r.grade, r.birth_date, r.district_code, r.school_code, r.sex, r.id_number, r.id_kind, 'registry' as source,
            s.root_no is not null as seen, d.school_code is not null and b.left_no is null as is_known_unseen
        from roll_places as r
        left join roots as o on o.person_no = r.person_no
        left join seen_children as s on s.root_no = coalesce(o.root_no, r.person_no)
        left join seen_schools as d on d.school_code = r.school_code
        left join (select distinct left_no from doubtful) as b on b.left_no = r.person_no
        where r.in_force
        union all
        select p.person_no, coalesce(o.root_no, p.person_no) as root_no, p.name_key, null as grade, p.birth_date, p.district_code, null as school_code, p.sex, p.id_number, p.id_kind, 'household' as source,
            s.root_no is not null as seen, true as is_known_unseen
        from person_records as p
        left join roots as o on o.person_no = p.person_no
        left join seen_children as s on s.root_no = coalesce(o.root_no, p.person_no)
        left join linked_households as h on h.right_no = p.person_no
        where p.source = 'household' and p.in_force and h.right_no is null
    ),
    named as (
        select name_key as name_read, * from pool
        union all select r.former_name_key as name_read, p.* from pool as p join roll_places as r on r.person_no = p.person_no
        where r.former_name_key <> p.name_key
    ),
    compared as (
        select
            w.attender_no, c.person_no as left_no, c.root_no, c.source as left_source, w.namesakes, c.seen, c.is_known_unseen,
            coalesce(c.grade = w.grade, false) as same_grade, coalesce(abs(c.grade - w.grade) = 1, c.grade is null and c.source = 'registry') as next_grade, c.district_code = w.district_code as same_district,
            coalesce(abs(age_on(c.birth_date, $cutoff_on) - (w.grade + $entry_age - 1)) <= 1, false) as age_fits,
            w.id_kind = 'valid' and w.id_number = c.id_number as same_number,
            c.school_code = w.school_code as own_school
        from waiting as w join named as c on c.name_read = w.name_key
            and (w.sex is null or c.sex is null or w.sex = c.sex)
            and (w.id_kind <> 'valid' or c.id_kind <> 'valid' or w.id_number = c.id_number)
    ),
    possible as (
        select *,
            max(case when left_source = 'registry' and not seen then 1 else 0 end) over (partition by attender_no) = 1 as on_some_roll,
            count(distinct root_no) filter (same_number or same_grade or age_fits and left_source = 'household') over (partition by attender_no) as bearers
        from compared
        where same_number or age_fits and (left_source = 'household' or same_grade or next_grade and same_district and is_known_unseen)
    ),
    -- Kept whole: DuckDB 2.0 loses rows of a numbered set that is joined with a part of itself.
    judged as materialized (
        select *,
            case when same_number then 'number'
                 when left_source = 'registry' and namesakes = 1 and bearers = 1 and same_grade and age_fits and is_known_unseen then 'only_of_the_name'
                 when left_source = 'household' and namesakes = 1 and bearers = 1 and age_fits and same_district then 'only_of_the_name'
            end as ground,
            row_number() over (
                partition by attender_no
                order by same_number desc, same_grade or left_source = 'household' desc, left_source = 'registry' desc, same_grade desc, age_fits desc, same_district desc, left_no
            ) as place
        from possible
        where not seen
    ),
    decided as (select attender_no from judged where ground is not null and place = 1)
select
    j.attender_no, j.left_no, j.left_source, j.same_grade, j.age_fits, j.same_district, j.ground,
    case when d.attender_no is not null then 'link' else 'review' end as verdict
from judged as j left join decided as d on d.attender_no = j.attender_no
where case when d.attender_no is not null then j.ground is not null and j.place = 1
           else j.place <= 3 and (j.left_source = 'registry'
                or not j.on_some_roll and (j.same_district or j.bearers = 1 and j.namesakes = 1)) end
