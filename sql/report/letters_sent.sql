-- Purpose: which letters a family has been sent, so that none goes out again every month.
-- One row per case, kind of letter and period in which the case was asked about. Carried on from run to run; a period
-- made again makes the same letters again, since only earlier periods count as sent.
select period, district_code, case_no, letter, asked_period, period as sent_period
from letters
where case_no is not null
union all
select $period, b.district_code, b.case_no, b.letter, b.asked_period, b.sent_period
from previous_letters_sent b
left join letters l on l.case_no = b.case_no and l.letter = b.letter and l.asked_period = b.asked_period
where l.case_no is null and b.sent_period < $period
order by case_no, letter, asked_period
