-- Ids that name a child already and may not be given to another.
-- One row per child of the period before.
select distinct child_id
from previous_children
order by child_id
