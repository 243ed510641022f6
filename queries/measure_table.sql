-- question: What is the value of a measure for each unit and year that has a report?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null, numerators texts, denominators texts
-- columns: agency_id, agency, province, city, level, kind, year, value, status, approximate, corrected, source,
--   url
WITH measured AS (
    SELECT *
    FROM measure_value(
        $collection, $scope, $first_year, $last_year, $province, $city, $levels, $kinds, $numerators, $denominators,
        $peers
    )
),
reported AS (
    SELECT *
    FROM unit_year($collection, $scope, $first_year, $last_year, $province, $city, $levels, $kinds, $peers)
),
-- Collating every unit once, not in every year.
placed AS (
    SELECT
        *,
        row_number() OVER (
            ORDER BY province COLLATE zh, city COLLATE zh NULLS FIRST, agency COLLATE zh, agency_id
        ) AS place
    FROM chosen_agency($province, $city, $levels, $kinds, $peers)
)
SELECT
    agency_id, agency.agency, agency.province, agency.city, agency.level, agency.kind,
    year, measured.value, coalesce(measured.status, 'absent') AS status,
    coalesce(measured.approximate, false) AS approximate, coalesce(measured.corrected, false) AS corrected,
    report.source, report.url
FROM reported
FULL JOIN measured USING (agency_id, year)
JOIN placed AS agency USING (agency_id)
LEFT JOIN report ON report.report_id = coalesce(measured.report_id, reported.report_id)
ORDER BY agency.place, year;
