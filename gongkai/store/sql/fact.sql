-- The one value that stands per collection, agency, year, scope, metric and applicant, from the current reports of
-- work_report and their figures. Needs the tables work_derivation (total, part, parts, regime), work_setting and
-- work_correction (what people say of figures: none at publish, the reader's overlay fills it).
--
-- Reports are numbered first (place: collection, agency and year; number: the report, in the order of ids), so that the
-- choice among millions of figures sorts small integers instead of names.
CREATE OR REPLACE TABLE work_current AS
SELECT
    report_id, report.collection, report.agency_id, report.year, report.scope, report.regime,
    dense_rank() OVER (ORDER BY report.collection, report.agency_id, report.year)::INTEGER AS place,
    row_number() OVER (ORDER BY report_id)::INTEGER AS number,
    work_standing.listed,
    CASE report.kind WHEN 'annual_report' THEN 0 WHEN 'summary' THEN 1 ELSE 2 END AS kind_rank
FROM work_report AS report JOIN work_standing USING (report_id)
WHERE work_standing.standing = 'current';

-- A smaller rank stands: a number before none; the annual report before a summary before a self-check; table before
-- sentence before the list of somebody else (odd steps are for sums of parts of that strength); a report on this very
-- scope before a remark in a report on another; an exact figure before an approximate one.
CREATE OR REPLACE VIEW work_candidate AS
SELECT
    report.place, coalesce(figure.scope, report.scope) AS scope, figure.metric, figure.applicant,
    figure.value, figure.status, figure.approximate, figure.method AS basis, report.number, figure.position,
    figure.confidence,
    CASE WHEN figure.status = 'reported' THEN 0 ELSE 1000 END
    + 100 * report.kind_rank
    + CASE WHEN report.listed THEN 40 WHEN figure.method = 'narrative' THEN 20 ELSE 0 END
    + CASE WHEN figure.scope IS NOT NULL AND figure.scope IS DISTINCT FROM report.scope THEN 2 ELSE 0 END
    + CASE WHEN figure.approximate THEN 1 ELSE 0 END AS rank
FROM store.figure AS figure JOIN work_current AS report USING (report_id);

-- The figure that each correction is about: the strongest statement of its kind, however sure its reading. The
-- correction applies if that still says what the person saw; it corrects unless it confirms that very value.
CREATE OR REPLACE TABLE work_target AS
SELECT
    correction.correction, candidate.number, candidate.position, correction.value, correction.status AS said,
    candidate.value AS printed, candidate.value IS NOT DISTINCT FROM correction.expected_value AS applies,
    correction.value IS DISTINCT FROM correction.expected_value OR correction.status IS NOT NULL AS corrects
FROM work_correction AS correction
JOIN work_current AS report USING (collection, agency_id, year)
JOIN work_candidate AS candidate
    ON candidate.number = report.number
    AND candidate.metric = correction.metric
    AND candidate.applicant = correction.applicant
    AND candidate.basis = correction.method
    AND candidate.scope IS NOT DISTINCT FROM correction.scope
QUALIFY row_number() OVER (
    PARTITION BY correction.correction
    ORDER BY candidate.rank, candidate.confidence DESC, candidate.number, candidate.position
) = 1;

-- corrected: somebody corrected it, or a part of which it is the sum.
CREATE OR REPLACE VIEW work_fact AS
WITH settled AS (
    SELECT *, false AS corrected FROM work_candidate WHERE confidence >= (SELECT confident FROM work_setting)
    UNION ALL BY NAME
    -- A corrected value goes before all statements, the later correction first; a confirmed figure keeps its rank.
    SELECT
        candidate.* REPLACE (
            CASE WHEN corrects THEN target.value ELSE candidate.value END AS value,
            CASE WHEN corrects THEN coalesce(target.said, 'reported') ELSE status END AS status,
            approximate AND NOT corrects AS approximate,
            CASE WHEN corrects THEN 'correction' ELSE basis END AS basis,
            1.0 AS confidence,
            CASE WHEN corrects THEN -target.correction ELSE rank END AS rank
        ),
        corrects AS corrected
    FROM work_candidate AS candidate JOIN work_target AS target USING (number, position)
    WHERE target.applies
),
stated AS MATERIALIZED (
    SELECT *
    FROM settled
    QUALIFY row_number() OVER (
        PARTITION BY place, scope, metric, applicant ORDER BY rank, confidence DESC, number, position
    ) = 1
),
-- A sum that the form does not print: only if every part is there with a number, from one and the same report.
-- It is as strong as its weakest part, and goes after a statement of that strength.
derived AS (
    SELECT
        stated.place, stated.scope, derivation.total AS metric, stated.applicant,
        sum(stated.value) AS value, 'reported' AS status, bool_or(stated.approximate) AS approximate,
        'derived' AS basis, stated.number, NULL::INTEGER AS position, min(stated.confidence) AS confidence,
        max(stated.rank // 10) * 10 + 10 AS rank, bool_or(stated.corrected) AS corrected
    FROM stated
    JOIN work_current AS report USING (number)
    JOIN work_derivation AS derivation ON derivation.part = stated.metric AND derivation.regime = report.regime
    WHERE stated.status = 'reported'
    GROUP BY stated.place, stated.scope, derivation.total, stated.applicant, stated.number
    HAVING count(*) = max(derivation.parts)
),
summed AS (
    SELECT * FROM stated SEMI JOIN work_derivation ON work_derivation.total = stated.metric
    UNION ALL
    SELECT * FROM derived
),
standing AS (
    SELECT * FROM stated ANTI JOIN work_derivation ON work_derivation.total = stated.metric
    UNION ALL
    SELECT *
    FROM summed
    QUALIFY row_number() OVER (
        PARTITION BY place, scope, metric, applicant ORDER BY rank, confidence DESC, number, position
    ) = 1
)
SELECT
    report.collection, report.agency_id, report.year, standing.scope, standing.metric, standing.applicant,
    standing.value, standing.status, standing.approximate, standing.basis, report.regime, report.report_id,
    standing.position, standing.corrected
FROM standing JOIN work_current AS report USING (number);
