-- question: What is one unit, and in which collections and scopes are there reports or figures of it?
-- parameters: agency_id text
-- columns: agency_id, agency, province, city, county, level, kind, collection, scope, reports, current_reports,
--   first_year, last_year, stated
-- A row per collection and scope, the one with most current reports first; collection and scope are null for a unit
-- without any report. stated: the figures that stand; a sentence of an organ's own report may give one of the whole.
WITH held AS (
    SELECT
        collection, coalesce(scope, 'unstated') AS scope, count(*) AS reports,
        count(*) FILTER (standing = 'current') AS current_reports,
        min(year) AS first_year, max(year) AS last_year
    FROM report
    WHERE agency_id = $agency_id
    GROUP BY ALL
),
given AS (
    SELECT collection, coalesce(scope, 'unstated') AS scope, count(*) AS stated, min(year) AS first, max(year) AS last
    FROM fact
    WHERE agency_id = $agency_id AND status = 'reported'
    GROUP BY ALL
),
views AS (
    SELECT
        collection, scope, coalesce(reports, 0) AS reports, coalesce(current_reports, 0) AS current_reports,
        coalesce(first_year, first) AS first_year, coalesce(last_year, last) AS last_year, coalesce(stated, 0) AS stated
    FROM held FULL JOIN given USING (collection, scope)
)
SELECT
    agency.agency_id, agency.name AS agency, agency.province, agency.city, agency.county, agency.level, agency.kind,
    collection, scope, coalesce(reports, 0) AS reports, coalesce(current_reports, 0) AS current_reports,
    first_year, last_year, coalesce(stated, 0) AS stated
FROM agency LEFT JOIN views ON true
WHERE agency.agency_id = $agency_id
ORDER BY current_reports DESC, reports DESC, stated DESC, collection, scope;
