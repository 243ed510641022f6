-- One year's reports in words (all_texts.sql).
SELECT
    check_report.unit, check_report.year, check_report.county, check_report.kind, check_text.report,
    check_report.dated, check_report.doubted, check_text.five, check_text.masked, check_text.own
FROM check_text JOIN check_report USING (report)
WHERE check_text.year = $year
ORDER BY check_text.report, check_text.five
