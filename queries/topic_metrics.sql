-- question: Which of these metrics have reported values under the filters, and how many?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null, metrics texts
-- columns: metric, reported
SELECT metric, count(*) AS reported
FROM fact SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
WHERE metric IN (SELECT unnest($metrics))
    AND applicant = 'all'
    AND status = 'reported'
    AND collection = $collection
    AND coalesce(scope, 'unstated') = $scope
    AND year BETWEEN $first_year AND $last_year
GROUP BY metric
ORDER BY metric;
