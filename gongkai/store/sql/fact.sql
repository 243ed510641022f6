-- The one value that stands per collection, agency, year, scope, metric and applicant, from the current reports of
-- work_report and their figures. Needs the tables work_derivation (total, part, parts, regime) and work_setting.
CREATE OR REPLACE VIEW work_fact AS
WITH candidate AS (
    SELECT
        report.collection, report.agency_id, report.year,
        coalesce(figure.scope, report.scope) AS scope,
        figure.metric, figure.applicant, figure.value, figure.status, figure.approximate,
        figure.method AS basis, report.regime, figure.report_id, figure.position,
        figure.confidence,
        -- A number before none; the annual report before a summary before a self-check; table before sentence.
        CASE WHEN figure.status = 'reported' THEN 0 ELSE 1 END AS silence,
        CASE report.kind WHEN 'annual_report' THEN 0 WHEN 'summary' THEN 1 ELSE 2 END AS kind_rank,
        CASE figure.method WHEN 'table' THEN 0 WHEN 'narrative' THEN 2 ELSE 4 END AS basis_rank,
        -- A report on this very scope before a remark in a report on another.
        CASE WHEN figure.scope IS DISTINCT FROM report.scope AND figure.scope IS NOT NULL THEN 1 ELSE 0 END AS aside
    FROM work_report AS report
    JOIN work_standing AS standing USING (report_id)
    JOIN store.figure AS figure USING (report_id)
    WHERE standing.standing = 'current' AND figure.confidence >= (SELECT confident FROM work_setting)
),
stated AS MATERIALIZED (
    SELECT *
    FROM candidate
    QUALIFY row_number() OVER (
        PARTITION BY collection, agency_id, year, scope, metric, applicant
        ORDER BY silence, kind_rank, basis_rank, aside, approximate, confidence DESC, report_id, position
    ) = 1
),
-- A sum that the form does not print: only if every part is there with a number, from one and the same report.
-- It is as strong as its weakest part, and goes after a statement of that strength (rank + 1).
derived AS (
    SELECT
        stated.collection, stated.agency_id, stated.year, stated.scope, derivation.total AS metric, stated.applicant,
        sum(stated.value) AS value, 'reported' AS status, bool_or(stated.approximate) AS approximate,
        'derived' AS basis, stated.regime, stated.report_id, NULL::INTEGER AS position,
        min(stated.confidence) AS confidence, 0 AS silence, max(stated.kind_rank) AS kind_rank,
        max(stated.basis_rank) + 1 AS basis_rank, max(stated.aside) AS aside
    FROM stated
    JOIN work_derivation AS derivation ON derivation.part = stated.metric AND derivation.regime = stated.regime
    WHERE stated.status = 'reported'
    GROUP BY
        stated.collection, stated.agency_id, stated.year, stated.scope, derivation.total, stated.applicant,
        stated.regime, stated.report_id
    HAVING count(*) = max(derivation.parts)
),
summed AS (
    SELECT * FROM stated WHERE metric IN (SELECT total FROM work_derivation)
    UNION ALL
    SELECT * FROM derived
),
standing AS (
    SELECT * FROM stated WHERE metric NOT IN (SELECT total FROM work_derivation)
    UNION ALL
    SELECT *
    FROM summed
    QUALIFY row_number() OVER (
        PARTITION BY collection, agency_id, year, scope, metric, applicant
        ORDER BY silence, kind_rank, basis_rank, aside, approximate, confidence DESC, report_id, position
    ) = 1
)
SELECT
    collection, agency_id, year, scope, metric, applicant, value, status, approximate, basis, regime, report_id,
    position
FROM standing;
