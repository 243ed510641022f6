-- question: What is the value of a measure, per unit and year, under the filters? The one definition of rates: the sum of
--   the numerators, in percent of the sum of the denominators if there are any, and only where all parts are reported.
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, numerators texts, denominators texts, peers text = null
-- columns: agency_id, year, value, status, approximate, corrected, numerator, denominator, regime, report_id, figure_id
WITH part AS (
    SELECT fact.*, list_contains($numerators, metric) AS above, list_contains($denominators, metric) AS below
    FROM fact SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
    WHERE metric IN (SELECT unnest(list_concat($numerators, $denominators)))
        AND applicant = 'all'
        AND collection = $collection
        AND coalesce(scope, 'unstated') = $scope
        AND year BETWEEN $first_year AND $last_year
),
gathered AS (
    SELECT
        agency_id, year,
        sum(value) FILTER (above) AS numerator,
        sum(value) FILTER (below) AS denominator,
        count(*) FILTER (above AND status = 'reported') AS numerators,
        count(*) FILTER (below AND status = 'reported') AS denominators,
        count(*) AS parts, min(status) AS status, bool_or(approximate) AS approximate,
        bool_or(basis = 'correction') AS corrected, max(regime) AS regime, min(report_id) AS report_id, min(figure_id) AS figure_id
    FROM part
    GROUP BY agency_id, year
),
judged AS (
    SELECT
        gathered.*, numerators = len($numerators) AND denominators = len($denominators) AS complete
    FROM gathered
)
SELECT
    agency_id, year,
    CASE
        WHEN NOT complete THEN NULL
        WHEN len($denominators) = 0 THEN numerator
        WHEN denominator > 0 THEN 100.0 * numerator / denominator
    END AS value,
    CASE
        WHEN complete AND (len($denominators) = 0 OR denominator > 0) THEN 'reported'
        WHEN complete THEN 'undefined'
        WHEN parts = 1 AND len($numerators) = 1 AND len($denominators) = 0 THEN status
        ELSE 'mixed'
    END AS status,
    complete AND approximate AS approximate,
    complete AND corrected AS corrected,
    CASE WHEN complete THEN numerator END AS numerator,
    CASE WHEN complete THEN denominator END AS denominator,
    regime, report_id,
    CASE WHEN parts = 1 THEN figure_id END AS figure_id
FROM judged
