-- question: For each of these metrics in one year: how many units report it, and what is their median? With together = 1
--   only the units count that report all of those metrics that any unit reports, so that the medians compare.
-- parameters: collection text, scope text, year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, metrics texts, together integer = 0
-- columns: metric, units, median, approximate
WITH part AS (
    SELECT agency_id, metric, value, approximate
    FROM fact SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
    WHERE metric IN (SELECT unnest($metrics))
        AND applicant = 'all'
        AND status = 'reported'
        AND collection = $collection
        AND coalesce(scope, 'unstated') = $scope
        AND year = $year
),
complete AS (
    SELECT agency_id
    FROM part
    GROUP BY agency_id
    HAVING $together = 0 OR count(*) = (SELECT count(DISTINCT metric) FROM part)
)
SELECT metric, count(*) AS units, median(value) AS median, bool_or(approximate) AS approximate
FROM part SEMI JOIN complete USING (agency_id)
GROUP BY metric
ORDER BY list_position($metrics, metric);
