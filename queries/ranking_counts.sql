-- question: What does each unit with a report put up for an indicator, per year: numerator and denominator, and among
--   whom is it compared? peers: 'chosen' where a group was, else its peer group, 'other' where none is defined for it.
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, numerators texts, denominators texts, peers text = null
-- columns: agency_id, agency, province, city, county, level, kind, peers, year, numerator, denominator, status,
--   approximate, corrected, report_id
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
)
SELECT
    agency_id, agency.name AS agency, agency.province, agency.city, agency.county, agency.level, agency.kind,
    CASE WHEN $peers IS NULL THEN coalesce(peer_rule.code, 'other') ELSE 'chosen' END AS peers,
    year, measured.numerator, measured.denominator, coalesce(measured.status, 'absent') AS status,
    coalesce(measured.approximate, false) AS approximate, coalesce(measured.corrected, false) AS corrected,
    coalesce(measured.report_id, reported.report_id) AS report_id
FROM reported
FULL JOIN measured USING (agency_id, year)
JOIN agency USING (agency_id)
LEFT JOIN peer_rule USING (level, kind)
-- Pages put units in the order of their ranks: sorting all of them by name took a third of the time.
ORDER BY year, agency_id;
