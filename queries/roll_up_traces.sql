-- question: Which units could explain why a unit's own figures are not the sum of those that count in it?
-- parameters: collection text, agency_id text, year integer, members texts = [], part text = whole, use text = published
-- columns: metric, applicant, member_id, reason, value
-- Reasons: see _roll_up_trace.
SELECT metric, applicant, member_id, reason, value
FROM roll_up_trace($collection, $agency_id, $members, $year, $year, $part, $use)
ORDER BY metric, applicant, reason, member_id;
