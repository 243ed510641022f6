-- The sentences of one part of one report, in its order.
SELECT masked, block, start_at, end_at
FROM passage
WHERE report_id = $report AND coalesce(section, 0) >= 0 AND coalesce(section = $problems, false) = $five
ORDER BY position
