-- question: How does a measure of some agencies run over the years?
-- parameters: collection text, scope text, first_year integer, last_year integer, agency_ids texts, numerators texts,
--   denominators texts
-- columns: agency_id, agency, year, value, status, approximate, corrected, numerator, denominator, report_id, figure_id
SELECT
    agency_id, agency.name AS agency, year, value, status, approximate, corrected, numerator, denominator, report_id,
    figure_id
FROM measure_value(
    $collection, $scope, $first_year, $last_year, '', '', []::VARCHAR[], []::VARCHAR[], $numerators, $denominators
)
JOIN agency USING (agency_id)
WHERE list_contains($agency_ids, agency_id)
ORDER BY list_position($agency_ids, agency_id), year;
