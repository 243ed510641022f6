-- question: What is the value of a measure, per unit and year, under the filters? The one definition of rates: the sum of
--   the numerators, in percent of the sum of the denominators if there are any, and only where all parts are reported.
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, numerators texts, denominators texts, peers text = null
-- columns: agency_id, year, value, status, approximate, corrected, numerator, denominator, regime, report_id, figure_id
-- A part is a metric (all applicants) or a metric and an applicant (applications.new/natural_person). The denominator
-- register.population is the unit's people in thousands: in years at most five from the one they were counted in.
WITH wanted AS (
    SELECT DISTINCT
        part, split_part(part, '/', 1) AS metric,
        CASE WHEN contains(part, '/') THEN split_part(part, '/', 2) ELSE 'all' END AS applicant
    FROM (SELECT unnest(list_concat($numerators, $denominators)) AS part)
),
found AS (
    SELECT
        fact.agency_id, fact.year, wanted.part, fact.value, fact.status, fact.approximate, fact.corrected, fact.regime,
        fact.report_id, fact.figure_id
    FROM fact
    SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
    JOIN wanted ON wanted.metric = fact.metric AND wanted.applicant = fact.applicant
    WHERE fact.collection = $collection
        AND coalesce(fact.scope, 'unstated') = $scope
        AND fact.year BETWEEN $first_year AND $last_year
),
part AS (
    SELECT * FROM found
    UNION ALL
    -- Beside figures only: people alone are no report.
    SELECT
        reported.agency_id, reported.year, 'register.population', registered.population / 1000.0, 'reported', false,
        false, NULL, NULL, NULL
    FROM (SELECT DISTINCT agency_id, year FROM found) AS reported
    JOIN registered_agency AS registered
        ON registered.collection = $collection AND registered.agency_id = reported.agency_id
    WHERE list_contains($denominators, 'register.population')
        AND registered.population > 0
        AND abs(reported.year - registered.population_year) <= 5
),
sided AS (
    SELECT
        part.*, list_contains($numerators, part.part) AS above, list_contains($denominators, part.part) AS below
    FROM part
),
gathered AS (
    SELECT
        agency_id, year,
        sum(value) FILTER (above) AS numerator,
        sum(value) FILTER (below) AS denominator,
        count(*) FILTER (above AND status = 'reported') AS numerators,
        count(*) FILTER (below AND status = 'reported') AS denominators,
        count(*) AS parts, min(status) AS status, bool_or(approximate) AS approximate,
        bool_or(corrected) AS corrected, max(regime) AS regime, min(report_id) AS report_id, min(figure_id) AS figure_id
    FROM sided
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
