-- The sentences of reports ($reports), by report and part, in their order.
SELECT report_id, coalesce(section = $problems, false) AS five, masked, block, start_at, end_at
FROM passage
WHERE report_id IN (SELECT unnest($reports)) AND coalesce(section, 0) >= 0
ORDER BY report_id, position
