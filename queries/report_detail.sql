-- question: What is known of one report?
-- parameters: report_id text
-- columns: report_id, collection, sha256, ordinal, source, format, agency_id, agency, agency_as_printed, publisher, year,
--   period, kind, stage, scope, regime, province, city, published_on, signed_on, received_on, url, title,
--   secondary_source, year_uncertain, agency_uncertain, withdrawn, standing, standing_reason, parser_version, siblings,
--   sender, contact, reviewer
-- `siblings` is the number of reports that were read from the same document.
SELECT
    report_id, collection, sha256, ordinal, source, format, agency_id, agency, agency_as_printed, publisher, year,
    period, kind, stage, scope, regime, province, city, published_on, signed_on, received_on, url, title,
    secondary_source, year_uncertain, agency_uncertain, withdrawn, standing, standing_reason, parser_version,
    (SELECT count(*) FROM report AS other WHERE other.sha256 = report.sha256 AND other.collection = report.collection)
        AS siblings,
    sender, contact, reviewer
FROM report
WHERE report_id = $report_id;
