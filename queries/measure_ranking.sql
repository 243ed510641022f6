-- question: What is the value of a measure for each unit that has a report of the year? Highest first, missing last.
-- parameters: collection text, scope text, year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, numerators texts, denominators texts
-- columns: agency_id, agency, province, city, level, kind, year, value, status, approximate, corrected, numerator,
--   denominator, report_id, url
WITH measured AS (
    SELECT *
    FROM measure_value(
        $collection, $scope, $year, $year, $province, $city, $levels, $kinds, $numerators, $denominators, $peers
    )
),
reported AS (
    SELECT * FROM unit_year($collection, $scope, $year, $year, $province, $city, $levels, $kinds, $peers)
)
SELECT
    agency_id, agency.name AS agency, agency.province, agency.city, agency.level, agency.kind,
    coalesce(measured.year, reported.year) AS year, measured.value,
    coalesce(measured.status, 'absent') AS status, coalesce(measured.approximate, false) AS approximate,
    coalesce(measured.corrected, false) AS corrected,
    measured.numerator, measured.denominator, coalesce(measured.report_id, reported.report_id) AS report_id, report.url
FROM reported
FULL JOIN measured USING (agency_id)
JOIN agency USING (agency_id)
LEFT JOIN report ON report.report_id = coalesce(measured.report_id, reported.report_id)
ORDER BY measured.value DESC NULLS LAST, agency COLLATE zh, agency_id;
