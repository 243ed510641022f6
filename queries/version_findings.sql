-- question: What did the checks of one report find in this version, whether it stands or not?
-- parameters: report_id text, doubtful boolean = false
-- columns: finding_key, collection, agency_id, agency, year, report_id, other_report_id, check_code, severity, metrics,
--   applicant, expected, found, detail, doubtful, figures_digest, state
-- Errors first. What needs other years, units and versions is found for the current version alone (finding_list).
SELECT
    finding_key, version.collection, version.agency_id, agency.name AS agency, version.year, report_id, other_report_id,
    check_code, severity, metrics, applicant, expected, found, detail, doubtful, figures_digest, state
FROM version_found($report_id) AS version
LEFT JOIN agency USING (agency_id)
WHERE doubtful = $doubtful
ORDER BY list_position(['error', 'warning', 'notice'], severity), check_code, finding_key;
