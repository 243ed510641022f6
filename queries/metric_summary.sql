-- question: For each of these metrics in one year: how many units report it, and what is their median?
-- parameters: collection text, scope text, year integer, province text, city text, levels texts, kinds texts,
--   metrics texts
-- columns: metric, units, median, approximate
SELECT
    metric, count(*) AS units, median(value) AS median, bool_or(approximate) AS approximate
FROM fact SEMI JOIN chosen_agency($province, $city, $levels, $kinds) USING (agency_id)
WHERE metric IN (SELECT unnest($metrics))
    AND applicant = 'all'
    AND status = 'reported'
    AND collection = $collection
    AND coalesce(scope, 'unstated') = $scope
    AND year = $year
GROUP BY metric
ORDER BY list_position($metrics, metric);
