-- question: How does a measure of all units together run over the years, and how many units does each year rest on?
--   total: the sum, or the pooled rate, over the units that no other of them contains (added); panel: the same over the
--   units that report in every year that anyone reports; kept: the units that report it in the year before too.
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null, numerators texts, denominators texts
-- columns: year, units, reporting, blank, undefined, approximate, total, added, median, smallest, largest,
--   panel_units, panel_added, panel_total, kept
WITH measured AS (
    SELECT *
    FROM measure_value(
        $collection, $scope, $first_year, $last_year, $province, $city, $levels, $kinds, $numerators, $denominators,
        $peers
    )
),
present AS (
    SELECT year, count(DISTINCT agency_id) AS units
    FROM (
        SELECT agency_id, year
        FROM unit_year($collection, $scope, $first_year, $last_year, $province, $city, $levels, $kinds, $peers)
        UNION ALL
        SELECT agency_id, year FROM measured
    )
    GROUP BY year
),
faithful AS (
    SELECT agency_id
    FROM measured
    WHERE value IS NOT NULL
    GROUP BY agency_id
    HAVING count(*) = (SELECT count(DISTINCT year) FROM measured WHERE value IS NOT NULL)
),
-- Governments whose report is part of another's that also counts: they would be added twice.
contained AS (
    SELECT lower_one.agency_id, lower_one.year, bool_or(faithful.agency_id IS NOT NULL) AS within_panel
    FROM measured AS lower_one
    JOIN containment($province, $city, $levels, $kinds, $peers) USING (agency_id)
    JOIN measured AS upper_one ON upper_one.agency_id = within_id AND upper_one.year = lower_one.year
    LEFT JOIN faithful ON faithful.agency_id = within_id
    WHERE $scope = 'whole' AND upper_one.value IS NOT NULL
    GROUP BY lower_one.agency_id, lower_one.year
),
known AS (
    SELECT DISTINCT agency_id, year FROM measured WHERE value IS NOT NULL
),
counted AS (
    SELECT
        measured.*,
        value IS NOT NULL AND known.agency_id IS NOT NULL AS kept,
        value IS NOT NULL AND within_panel IS NULL AS adds,
        value IS NOT NULL AND faithful.agency_id IS NOT NULL AS in_panel,
        coalesce(within_panel, false) AS within_panel
    FROM measured
    LEFT JOIN contained USING (agency_id, year)
    LEFT JOIN faithful USING (agency_id)
    LEFT JOIN known ON known.agency_id = measured.agency_id AND known.year = measured.year - 1
),
summed AS (
    SELECT
        year,
        count(value) AS reporting,
        count(*) FILTER (status = 'blank') AS blank,
        count(*) FILTER (status = 'undefined') AS undefined,
        count(*) FILTER (value IS NOT NULL AND approximate) AS approximate,
        sum(numerator) FILTER (adds) AS above,
        sum(denominator) FILTER (adds) AS below,
        count(*) FILTER (adds) AS added,
        median(value) AS median, min(value) AS smallest, max(value) AS largest,
        count(*) FILTER (kept) AS kept,
        count(*) FILTER (in_panel) AS panel_units,
        count(*) FILTER (in_panel AND NOT within_panel) AS panel_added,
        sum(numerator) FILTER (in_panel AND NOT within_panel) AS panel_above,
        sum(denominator) FILTER (in_panel AND NOT within_panel) AS panel_below
    FROM counted
    GROUP BY year
)
SELECT
    year, units, coalesce(reporting, 0) AS reporting, coalesce(blank, 0) AS blank, coalesce(undefined, 0) AS undefined,
    coalesce(approximate, 0) AS approximate,
    CASE WHEN len($denominators) = 0 THEN above WHEN below > 0 THEN 100.0 * above / below END AS total,
    coalesce(added, 0) AS added,
    median, smallest, largest,
    coalesce(panel_units, 0) AS panel_units,
    coalesce(panel_added, 0) AS panel_added,
    CASE WHEN len($denominators) = 0 THEN panel_above WHEN panel_below > 0 THEN 100.0 * panel_above / panel_below END
        AS panel_total,
    coalesce(kept, 0) AS kept
FROM present LEFT JOIN summed USING (year)
ORDER BY year;
