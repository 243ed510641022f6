-- question: Who applied, per year, over the units that report a metric for every kind of applicant?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, metric text, applicants texts
-- columns: year, applicant, value, units
WITH part AS (
    SELECT agency_id, year, applicant, value
    FROM fact SEMI JOIN chosen_agency($province, $city, $levels, $kinds) USING (agency_id)
    WHERE metric = $metric
        AND applicant IN (SELECT unnest($applicants))
        AND status = 'reported'
        AND collection = $collection
        AND coalesce(scope, 'unstated') = $scope
        AND year BETWEEN $first_year AND $last_year
),
complete AS (
    SELECT agency_id, year FROM part GROUP BY agency_id, year HAVING count(*) = len($applicants)
)
SELECT year, applicant, sum(value) AS value, count(*) AS units
FROM part JOIN complete USING (agency_id, year)
GROUP BY year, applicant
ORDER BY year, list_position($applicants, applicant);
