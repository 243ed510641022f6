-- question: How many findings are there under the filters, by check, severity, state and doubt, and of how many units?
-- parameters: collection text, first_year integer, last_year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, agency_id text = null, today date = null
-- columns: check_code, severity, state, doubtful, findings, units
-- A report is missing once its day is over by `today`.
SELECT check_code, severity, state, doubtful, count(*) AS findings, count(DISTINCT agency_id) AS units
FROM found_by($collection, $first_year, $last_year, $today)
SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
WHERE ($agency_id IS NULL OR agency_id = $agency_id)
GROUP BY ALL
ORDER BY ALL;
