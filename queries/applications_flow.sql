-- question: How do a year's applications run, from who applied to what became of them, over the units that report every
--   part for every kind of applicant and that no other of them contains (or of one unit)?
-- parameters: collection text, scope text, year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, agency_id text = '', metrics texts, applicants texts
-- columns: metric, applicant, value, units
WITH part AS (
    SELECT agency_id, metric, applicant, value
    FROM fact SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
    WHERE metric IN (SELECT unnest($metrics))
        AND applicant IN (SELECT unnest($applicants))
        AND status = 'reported'
        AND collection = $collection
        AND coalesce(scope, 'unstated') = $scope
        AND year = $year
        AND ($agency_id = '' OR agency_id = $agency_id)
),
complete AS (
    SELECT agency_id FROM part GROUP BY agency_id HAVING count(*) = len($metrics) * len($applicants)
),
contained AS (
    SELECT DISTINCT lower_one.agency_id
    FROM complete AS lower_one
    JOIN containment($province, $city, $levels, $kinds, $peers) USING (agency_id)
    JOIN complete AS upper_one ON upper_one.agency_id = within_id
    WHERE $scope <> 'organ'    -- where it is not stated, some may contain others
)
SELECT metric, applicant, sum(value) AS value, count(*) AS units
FROM part JOIN complete USING (agency_id) ANTI JOIN contained USING (agency_id)
GROUP BY metric, applicant
ORDER BY list_position($metrics, metric), list_position($applicants, applicant);
