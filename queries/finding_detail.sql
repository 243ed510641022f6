-- question: What is one finding: what was found where, and where does it stand?
-- parameters: finding_key text
-- columns: finding_key, collection, agency_id, agency, year, report_id, other_report_id, other_agency_id, other_agency,
--   other_year, check_code, severity, metrics, applicant, expected, found, detail, evidence, doubtful, figures_digest,
--   state, decided_at, decided_by, decision, regime, scope
SELECT
    finding_key, found.collection, found.agency_id, coalesce(agency.name, report.agency) AS agency, found.year,
    found.report_id, found.other_report_id, found.other_agency_id, other_agency.name AS other_agency, found.other_year,
    check_code, severity, metrics, applicant, expected, found, detail, evidence, doubtful, figures_digest, state,
    decided_at, decided_by, decision, report.regime, report.scope
FROM found
LEFT JOIN agency USING (agency_id)
LEFT JOIN report ON report.report_id = found.report_id
LEFT JOIN agency AS other_agency ON other_agency.agency_id = found.other_agency_id
WHERE finding_key = $finding_key;
