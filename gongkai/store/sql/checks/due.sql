-- Who was due in each year, and when its report came. A day of receipt counts that was too late; what waits for somebody to
-- say whose it is may well be this unit's.
SELECT
    agency_id AS unit, year, due, confirmed, state <> 'missing' AS received, report_id AS report,
    CASE WHEN late_days > 0 THEN handed_in_on END AS received_on, published_on, due_on, statutory_on,
    unconfirmed > 0 AS doubted
FROM submission($collection, 'report', $first_year, $last_year, make_date($last_year + 1, 12, 31))
WHERE $units IS NULL OR agency_id IN (SELECT unnest($units))
