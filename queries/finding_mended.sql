-- question: Which finding rested on a figure that we had misread, and who corrected that?
-- parameters: finding_key text
-- columns: finding_key, collection, agency_id, agency, year, report_id, check_code, severity, metrics, applicant,
--   expected, found, detail, correction, corrected_by, corrected_at, reason
-- A row for each correction of a figure that the finding named; what it found is what it had found before.
SELECT
    finding_key, mended.collection, mended.agency_id, agency.name AS agency, mended.year, mended.report_id, check_code,
    severity, metrics, mended.applicant, expected, found, detail, correction.correction,
    correction.actor AS corrected_by, correction.made_at AS corrected_at, correction.reason
FROM standing_finding AS mended
LEFT JOIN agency USING (agency_id)
LEFT JOIN correction
    ON correction.report_id = mended.report_id AND correction.state = 'applied' AND correction.misread
    AND list_contains(mended.metrics, correction.metric)
WHERE mended.mended AND finding_key = $finding_key
ORDER BY correction.correction;
