-- question: What are the totals of one year made of, for the units that report every part, largest total first?
-- parameters: collection text, scope text, year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, metrics texts, count integer = 15
-- columns: agency_id, agency, metric, value, total, units
WITH part AS (
    SELECT agency_id, metric, value
    FROM fact SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
    WHERE metric IN (SELECT unnest($metrics))
        AND applicant = 'all'
        AND status = 'reported'
        AND collection = $collection
        AND coalesce(scope, 'unstated') = $scope
        AND year = $year
),
complete AS (
    SELECT agency_id, sum(value) AS total, count(*) OVER () AS units
    FROM part
    GROUP BY agency_id
    HAVING count(*) = len($metrics)
),
largest AS (
    SELECT * FROM complete WHERE total > 0 ORDER BY total DESC, agency_id LIMIT $count
)
SELECT agency_id, agency.name AS agency, metric, value, total, units
FROM part
JOIN largest USING (agency_id)
JOIN agency USING (agency_id)
ORDER BY total DESC, agency_id, list_position($metrics, metric);
