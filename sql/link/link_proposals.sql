-- Everything the machine would join or show to people, before people's own decisions.
-- One row per pair of records, attendance by its attender. pair_key names the pair and stays the same as long as what is
-- written about the two records stays the same (a pupil moves up with the years, and from one school to the next), so that a
-- decision holds in later periods too; only where a sheet has two of a name, and nothing but their order tells them apart, it
-- holds for the sheet. It is keyed, because what is written holds a citizen number. Pairs of two tables handed in,
-- about which nobody answers, have none.
with
    steps as (select step, tier, cast(probability as double) as probability, reason from link_steps),
    -- Two entries of one register that the other register knows as two persons of these names: a number that stands in both
    -- is a typing error in one, about which nobody need be asked before the other child is judged.
    known_by_name as (
        select left_no as person_no from person_links where left_source = 'registry' and right_source = 'household' and name_level = 'exact'
        union select right_no from person_links where left_source = 'registry' and right_source = 'household' and name_level = 'exact'
    ),
    two_persons as (
        select j.left_no, j.right_no
        from judged_pairs as j
        join known_by_name as l on l.person_no = j.left_no
        join known_by_name as r on r.person_no = j.right_no
        where j.kind = 'duplicate' and not name_agrees(j.name)
    ),
    proposed as (
        select n.left_no, n.right_no, n.tier, s.probability, log2(s.probability / (1 - s.probability)) as weight,
            concat('id=same; name=', n.name_level) as evidence, cast(null as varchar) as doubt, 'link' as verdict
        from person_links as n join steps as s on s.step = 'number_' || n.name_level
        where n.probability is null
        union all
        select j.left_no, j.right_no, coalesce(n.tier, case when j.kind = 'duplicate' then 'duplicate' when j.id_number = 'same' then 'number_conflict' when j.id_number in ('near', 'near_text') then 'near_number' else 'weight' end) as tier,
            j.probability, j.weight,
            concat_ws('; ', 'name=' || j.name, 'birth_date=' || j.birth_date, 'id=' || j.id_number, 'family=' || j.family, 'sex=' || j.sex, 'place=' || j.place) as evidence,
            coalesce(j.doubt, 'weight') as doubt, case when n.right_no is not null then 'link' else 'review' end as verdict
        from judged_pairs as j
        left join person_links as n on n.left_no = j.left_no and n.right_no = j.right_no
        left join (select distinct right_no from person_links) as taken_right on taken_right.right_no = j.right_no
        left join (select distinct left_no from person_links where right_source = 'household' and left_source = 'registry') as taken_left
            on taken_left.left_no = j.left_no and j.kind = 'cross'
        left join spelled_links as s on s.left_no = j.left_no and s.right_no = j.right_no
        left join two_persons as two on two.left_no = j.left_no and two.right_no = j.right_no
        where (n.right_no is not null or taken_right.right_no is null and taken_left.left_no is null and two.left_no is null)
            and s.left_no is null
        union all
        select s.left_no, s.right_no, 'spelling' as tier, s.probability, s.weight,
            concat_ws('; ', 'name=' || s.name, 'birth_date=' || s.birth_date, 'id=' || s.id_number, 'address=' || s.address, 'phone=' || s.phone, 'sex=' || s.sex, 'place=' || s.place) as evidence,
            coalesce(s.doubt, 'weight') as doubt, s.verdict
        from spelled_links as s
        union all
        select left_no, right_no, case when id_number = 'same' then 'number_conflict' when id_number in ('near', 'near_text') then 'near_number' else 'weight' end as tier,
            probability, weight,
            concat_ws('; ', 'name=' || name, 'birth_date=' || birth_date, 'id=' || id_number, 'family=' || family, 'sex=' || sex, 'school=' || school, 'grade=' || grade) as evidence,
            coalesce(doubt, 'weight') as doubt, verdict
        from (select *, max(case when verdict = 'link' then 1 else 0 end) over (partition by right_no) as settled from other_links) as o
        where verdict = 'link' or settled = 0
        union all
        select a.left_no, a.attender_no, s.tier, s.probability, log2(s.probability / (1 - s.probability)) as weight,
            concat_ws('; ', case a.step when 'pupil_number' then 'pupil_no=same' else 'id=same' end, 'name=' || a.name_level) as evidence, null as doubt, 'link' as verdict
        from attender_numbers as a join steps as s on s.step = 'attender_' || a.step
        union all
        select c.left_no, c.attender_no, s.tier, s.probability, log2(s.probability / (1 - s.probability)) as weight,
            'name=exact; class=same' as evidence, s.reason as doubt, case when c.told_apart then 'link' else 'review' end as verdict
        from class_links as c join steps as s on s.step = case when c.told_apart then 'class' else 'class_several' end
        union all
        select c.left_no, c.attender_no, s.tier, s.probability, log2(s.probability / (1 - s.probability)) as weight,
            concat_ws('; ', 'name=' || c.name_level, 'school=same', 'grade=' || case when c.own_grade then 'same' else 'differ' end, 'class=' || case when c.own_class and not c.class_known then 'blank' when c.own_class then 'same' else 'differ' end) as evidence,
            s.reason as doubt, case when c.sole then 'link' else 'review' end as verdict
        from school_links as c join steps as s on s.step = case when c.sole and c.step = 1 then 'class' when c.sole then 'school_' || c.step when c.step = 9 then 'class_last' else 'school_several' end
        left join (select distinct attender_no from city_links where verdict = 'link') as away on away.attender_no = c.attender_no
        where away.attender_no is null
        union all
        select c.left_no, c.attender_no, case when c.ground = 'number' then 'number' else s.tier end as tier, s.probability, log2(s.probability / (1 - s.probability)) as weight,
            concat_ws('; ', case when c.ground = 'number' then 'id=same' end, 'name=exact', 'school=differ', 'grade=' || case when c.left_source = 'household' then 'blank' when c.same_grade then 'same' else 'differ' end,
                      'age=' || case when c.age_fits then 'fits' else 'differ' end) as evidence,
            s.reason as doubt, c.verdict
        from city_links as c join steps as s on s.step = case when c.verdict = 'link' then 'city' else 'city_several' end
    )
select
    p.left_no, p.right_no, p.tier, p.weight, p.probability, p.evidence, p.doubt, p.verdict,
    case when $pair_secret <> '' then md5(concat_ws('|', $pair_secret, l.source, l.name_key, l.birth_date, l.id_number,
                  case when coalesce(l.id_number, cast(l.birth_date as varchar)) is null or r.source = 'attendance' then l.school_code end, l.household_no,
                  r.source, r.name_key, r.birth_date, r.id_number, r.pupil_no, r.school_code, school_year_of(r.period) - r.grade, r.class_no, r.household_no,
                  case when r.source = 'attendance' and a.namesakes > 1 and coalesce(r.pupil_no, r.id_number) is null then r.period || ' ' || r.sheet_order || ' ' || a.namesake end)) end as pair_key
from proposed as p
join person_records as l on l.person_no = p.left_no
join person_records as r on r.person_no = p.right_no
left join attenders as a on a.person_no = p.right_no
