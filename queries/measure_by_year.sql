-- question: How does a measure of all units together run over the years, and how many units does each year rest on?
--   total: the sum, or the pooled rate; panel: the same over the units that report in every year that anyone reports.
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, numerators texts, denominators texts
-- columns: year, units, reporting, blank, undefined, approximate, total, median, smallest, largest,
--   panel_units, panel_total
WITH measured AS (
    SELECT *
    FROM measure_value(
        $collection, $scope, $first_year, $last_year, $province, $city, $levels, $kinds, $numerators, $denominators
    )
),
present AS (
    SELECT year, count(DISTINCT agency_id) AS units
    FROM (
        SELECT agency_id, year
        FROM unit_year($collection, $scope, $first_year, $last_year, $province, $city, $levels, $kinds)
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
summed AS (
    SELECT
        year,
        count(value) AS reporting,
        count(*) FILTER (status = 'blank') AS blank,
        count(*) FILTER (status = 'undefined') AS undefined,
        count(*) FILTER (value IS NOT NULL AND approximate) AS approximate,
        sum(numerator) FILTER (value IS NOT NULL) AS above,
        sum(denominator) FILTER (value IS NOT NULL) AS below,
        median(value) AS median, min(value) AS smallest, max(value) AS largest,
        count(value) FILTER (agency_id IN (FROM faithful)) AS panel_units,
        sum(numerator) FILTER (value IS NOT NULL AND agency_id IN (FROM faithful)) AS panel_above,
        sum(denominator) FILTER (value IS NOT NULL AND agency_id IN (FROM faithful)) AS panel_below
    FROM measured
    GROUP BY year
)
SELECT
    year, units, coalesce(reporting, 0) AS reporting, coalesce(blank, 0) AS blank, coalesce(undefined, 0) AS undefined,
    coalesce(approximate, 0) AS approximate,
    CASE WHEN len($denominators) = 0 THEN above WHEN below > 0 THEN 100.0 * above / below END AS total,
    median, smallest, largest,
    coalesce(panel_units, 0) AS panel_units,
    CASE WHEN len($denominators) = 0 THEN panel_above WHEN panel_below > 0 THEN 100.0 * panel_above / panel_below END
        AS panel_total
FROM present LEFT JOIN summed USING (year)
ORDER BY year;
