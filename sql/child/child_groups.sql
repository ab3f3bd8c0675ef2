-- 农村 and 初中 are groups of the notice too, but whole schools are in them: they order lists (behind who is in need) and
-- are counted, and are not a mark beside a child. 农村 is told by an agricultural registration or a village of the household.
-- The priority groups of each child (domain: priority groups of the notice), from registry flags and from the lists
-- of civil affairs and others.
-- One row per child in at least one group.
-- Rule: 随迁 is also inferred where the household registration lies outside the city (its first four digits differ).
with flagged as (
    select child.child_id, pupil.left_behind, pupil.migrant, pupil.orphan, pupil.boarding_aid, pupil.disability,
        coalesce(pupil.hukou_code not like left(child.district_code, 4) || '%', false) as from_outside,
        coalesce(regexp_matches(pupil.hukou_type, '农') and not regexp_matches(pupil.hukou_type, '非农'), false) as farming
    from registry_pupils as pupil
    join child_records as child on child.record_id = pupil.record_id
),
memberships as (
    select child_id, '随迁' as group_name, 2 as group_order from flagged where migrant or from_outside
    union
    select child_id, '留守', 3 from flagged where left_behind
    union
    select child_id, '孤儿', 6 from flagged where orphan
    union
    select child_id, '残疾', 4 from flagged
    where disability is not null and not regexp_matches(disability, '^(无|否|没有|健全|正常|0)')
    union
    select child_id, '困难', 5 from flagged where boarding_aid
    union
    select child.child_id, listed.group_name,
        case listed.group_name when '服刑人员子女' then 1 when '随迁' then 2 when '留守' then 3 when '残疾' then 4
             when '困难' then 5 when '孤儿' then 6 when '脱贫户' then 7 when '低保' then 8 when '特困' then 9 else 10 end
    from priority_children as listed
    join child_records as child on child.record_id = listed.record_id
    where listed.group_name is not null
    union
    select child_id, '农村', 20 from flagged where farming
    union
    select child.child_id, '农村', 20
    from household_children as home
    join child_records as child on child.record_id = home.record_id
    where regexp_matches(home.community, '(村|村委会|村民委员会)$')
    union
    select child_id, '初中', 21 from child_rolls where place = 1 and in_force and grade between 7 and 9
)
select child_id,
    array_to_string(list_transform(list_sort(list({'place': group_order, 'name': group_name})), lambda one: one.name), '、') as groups,
    count(*) filter (where group_order < 20) as priority
from memberships
group by child_id
