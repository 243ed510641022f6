-- question: Which of these parts of measures (as in _measure_value.sql) have reported values under the filters, and how many?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null, metrics texts
-- columns: metric, reported
WITH wanted AS (
    SELECT
        part, split_part(part, '/', 1) AS metric,
        CASE WHEN contains(part, '/') THEN split_part(part, '/', 2) ELSE 'all' END AS applicant
    FROM (SELECT unnest($metrics) AS part)
),
chosen AS (
    SELECT agency_id FROM chosen_agency($province, $city, $levels, $kinds, $peers)
),
found AS (
    SELECT wanted.part AS metric, count(*) AS reported
    FROM fact
    SEMI JOIN chosen USING (agency_id)
    JOIN wanted ON wanted.metric = fact.metric AND wanted.applicant = fact.applicant
    WHERE fact.status = 'reported'
        AND fact.collection = $collection
        AND coalesce(fact.scope, 'unstated') = $scope
        AND fact.year BETWEEN $first_year AND $last_year
    GROUP BY wanted.part
    UNION ALL
    SELECT 'register.population', count(*)
    FROM registered_agency SEMI JOIN chosen USING (agency_id)
    WHERE list_contains($metrics, 'register.population')
        AND collection = $collection
        AND population > 0
        AND population_year BETWEEN $first_year - 5 AND $last_year + 5
    HAVING count(*) > 0
)
SELECT metric, reported FROM found ORDER BY metric;
