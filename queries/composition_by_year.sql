-- question: What are totals made of, per year, over the units that report every part and that no other of them contains?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null, metrics texts
-- columns: year, metric, value, units
WITH part AS (
    SELECT agency_id, year, metric, value
    FROM fact SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
    WHERE metric IN (SELECT unnest($metrics))
        AND applicant = 'all'
        AND status = 'reported'
        AND collection = $collection
        AND coalesce(scope, 'unstated') = $scope
        AND year BETWEEN $first_year AND $last_year
),
complete AS (
    SELECT agency_id, year FROM part GROUP BY agency_id, year HAVING count(*) = len($metrics)
),
contained AS (
    SELECT DISTINCT lower_one.agency_id, lower_one.year
    FROM complete AS lower_one
    JOIN containment($province, $city, $levels, $kinds, $peers) USING (agency_id)
    JOIN complete AS upper_one ON upper_one.agency_id = within_id AND upper_one.year = lower_one.year
    WHERE $scope <> 'organ'    -- where it is not stated, some may contain others
)
SELECT year, metric, sum(value) AS value, count(*) AS units
FROM part JOIN complete USING (agency_id, year) ANTI JOIN contained USING (agency_id, year)
GROUP BY year, metric
ORDER BY year, list_position($metrics, metric);
