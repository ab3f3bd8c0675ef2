-- The children behind the rows of class sheets: one name of one class, over all sheets and months.
-- One row per attendance record, with its attender: the first of the records that are one child attending.
-- Two rows of one name on one sheet are two children, told apart by pupil number, else by their order; a row repeated with
-- the same pupil number is one child.
-- A homophone of one pupil of the class, whom no sheet of the same month names, is that pupil miswritten in one month: the
-- months it is written well in are not another child's.
with
    sheet_rows as (select * from person_records where source = 'attendance' and name_key is not null),
    pupils as (select school_code, grade, class_no, name_key, name_sound from person_records where source = 'registry' and in_force),
    homophones as (
        select s.school_code, s.grade, s.class_no, s.name_key, min(p.name_key) as pupil_key
        from (select distinct school_code, grade, class_no, name_key, name_sound from sheet_rows) as s
        join pupils as p on p.school_code = s.school_code and p.grade = s.grade and p.class_no = s.class_no and p.name_sound = s.name_sound
        group by s.school_code, s.grade, s.class_no, s.name_key having count(*) = 1 and min(p.name_key) <> s.name_key
    ),
    months as (select distinct school_code, grade, class_no, name_key, right(sheet_order, 7) as month from sheet_rows),
    named_together as (
        select h.school_code, h.grade, h.class_no, h.name_key
        from homophones as h
        join months as m on m.school_code = h.school_code and m.grade = h.grade and m.class_no = h.class_no and m.name_key = h.name_key
        join months as o on o.school_code = h.school_code and o.grade = h.grade and o.class_no = h.class_no and o.name_key = h.pupil_key and o.month = m.month
    ),
    miswritten as (
        select h.* from homophones as h
        left join named_together as n on n.school_code = h.school_code and n.grade = h.grade and n.class_no = h.class_no and n.name_key = h.name_key
        where n.name_key is null
    ),
    named as (
        select
            s.person_no, s.district_code, s.school_code, s.grade, s.class_no, s.sheet_order, s.pupil_no, s.id_number,
            case when s.id_kind = 'valid' then s.name_key else coalesce(m.pupil_key, s.name_key) end as name_key
        from sheet_rows as s
        left join miswritten as m on m.school_code = s.school_code and m.grade = s.grade and m.class_no = s.class_no and m.name_key = s.name_key
    ),
    rows as (
        select
            person_no, district_code, school_code, grade, class_no, name_key, sheet_order,
            dense_rank() over (
                partition by district_code, school_code, grade, class_no, name_key, sheet_order
                order by coalesce(pupil_no, ''), coalesce(id_number, ''),
                         case when pupil_no is null and id_number is null then person_no else 0 end
            ) as namesake
        from named
    )
select
    person_no,
    min(person_no) over (
        partition by district_code, coalesce(school_code, sheet_order), grade, class_no, name_key, namesake
    ) as attender_no,
    namesake,
    max(namesake) over (partition by district_code, school_code, grade, class_no, name_key, sheet_order) as namesakes
from rows
