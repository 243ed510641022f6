-- question: What does each collection hold: units, reports by standing, findings in current reports, years?
-- parameters: none
-- columns: collection, units, reports, current_reports, waiting, errors, doubtful, first_year, last_year
-- errors: what the checks found in reports on sure readings, without false alarms (so no report that is missing).
WITH found AS (
    SELECT collection, count(*) AS errors
    FROM found
    WHERE severity = 'error' AND NOT doubtful AND state <> 'false_alarm' AND report_id IS NOT NULL
    GROUP BY collection
),
doubted AS (
    SELECT report.collection, count(DISTINCT report_id) AS doubtful
    FROM doubt JOIN report USING (report_id)
    WHERE report.standing = 'current'
    GROUP BY report.collection
),
held AS (
    SELECT
        collection,
        count(DISTINCT agency_id) FILTER (standing = 'current') AS units,
        count(*) AS reports,
        count(*) FILTER (standing = 'current') AS current_reports,
        count(*) FILTER (standing = 'quarantined') AS waiting,
        min(year) FILTER (standing = 'current') AS first_year,
        max(year) FILTER (standing = 'current') AS last_year
    FROM report
    GROUP BY collection
)
SELECT
    collection, units, reports, current_reports, waiting, coalesce(errors, 0) AS errors,
    coalesce(doubtful, 0) AS doubtful, first_year, last_year
FROM held
LEFT JOIN found USING (collection)
LEFT JOIN doubted USING (collection)
ORDER BY reports DESC, collection;
