-- question: What did the checks of one report find in this version, whether it stands or not, and what did people decide?
-- parameters: report_id text
-- columns: finding_key, collection, agency_id, year, report_id, other_report_id, other_agency_id, other_year, check_code,
--   severity, metrics, applicant, expected, found, detail, evidence, doubtful, figures_digest, state, decided_at,
--   decided_by, decision
-- As `found` has them, without what needs other reports: that is found for the current version alone.
WITH numbered AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY check_code, cell ORDER BY doubtful, expected, found, evidence) AS number
    FROM named_finding
    WHERE report_id = $report_id AND alone AND NOT mended
),
keyed AS (
    SELECT *, key_of_finding(cell, number) AS finding_key FROM numbered
)
SELECT
    finding_key, version.collection, version.agency_id, version.year, report_id, other_report_id, other_agency_id,
    other_year, version.check_code, severity, metrics, applicant, expected, found, detail, evidence, doubtful,
    version.figures_digest, state_of_finding(decided.event, decided.figures_digest, version.figures_digest) AS state,
    decided.decided_at, decided.decided_by, decided.decision
FROM keyed AS version LEFT JOIN finding_state AS decided USING (finding_key)
