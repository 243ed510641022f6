-- question: What does the store hold, per collection?
-- parameters: none
-- columns: collection, agencies, reports, current_reports, quarantined_reports, facts, first_year, last_year
WITH held AS (
    SELECT
        collection,
        count(DISTINCT agency_id) AS agencies,
        count(*) AS reports,
        count(*) FILTER (standing = 'current') AS current_reports,
        count(*) FILTER (standing = 'quarantined') AS quarantined_reports,
        min(year) FILTER (standing = 'current') AS first_year,
        max(year) FILTER (standing = 'current') AS last_year
    FROM report
    GROUP BY collection
),
standing AS (
    SELECT collection, count(*) AS facts FROM fact GROUP BY collection
)
SELECT
    collection, agencies, reports, current_reports, quarantined_reports, coalesce(facts, 0) AS facts,
    first_year, last_year
FROM held LEFT JOIN standing USING (collection)
ORDER BY collection;
