-- question: What did all checks find in the current reports and beside them, and what did people decide about it?
-- parameters: none
-- columns: finding_key, collection, agency_id, year, report_id, other_report_id, other_agency_id, other_year, check_code,
--   severity, metrics, applicant, expected, found, detail, evidence, doubtful, figures_digest, state, decided_at,
--   decided_by, decision
-- finding_key and figures_digest are explained in gongkai/store/sql/standing_finding.sql. `again`: decided about, but the
-- figures changed since. What rested on a misreading that somebody corrected is not among them. Notices take: severity error and chosen warnings, NOT doubtful, state found, notified or again.
SELECT
    finding_key, standing.collection, standing.agency_id, standing.year, report_id, other_report_id, other_agency_id,
    other_year, standing.check_code, severity, metrics, applicant, expected, found, detail, evidence, doubtful,
    standing.figures_digest,
    state_of_finding(decided.event, decided.figures_digest, standing.figures_digest) AS state,
    decided.decided_at, decided.decided_by, decided.decision
FROM standing_finding AS standing LEFT JOIN finding_state AS decided USING (finding_key)
WHERE NOT standing.mended
