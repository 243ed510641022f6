-- question: Which versions are there of one report: the same unit, year, period and kind?
-- parameters: report_id text
-- columns: version, report_id, stage, scope, received_on, published_on, sender, contact, reviewer, standing, standing_reason,
--   source, format, sha256, parser_version, title, url
-- In the order in which they came: by the day of receipt, else of publication; those without a day by the run that read
-- them, then draft, approved, published, corrected. Lists on several units and imported sheets are no versions. A report
-- whose unit or year is not known has no other versions, only itself.
WITH this AS (
    SELECT * FROM report WHERE report_id = $report_id
),
several AS (
    SELECT report.*
    FROM report
    JOIN this ON report.collection = this.collection AND report.agency_id = this.agency_id AND report.year = this.year
        AND report.kind = this.kind AND report.period = this.period
        AND coalesce(report.listed, report.format = 'sheet') = coalesce(this.listed, this.format = 'sheet')
    UNION
    SELECT * FROM this
)
SELECT
    row_number() OVER (
        ORDER BY
            coalesce(received_on, published_on) NULLS LAST, run,
            CASE stage WHEN 'corrected' THEN 3 WHEN 'published' THEN 2 WHEN 'approved' THEN 1 ELSE 0 END,
            sha256, ordinal
    ) AS version,
    report_id, stage, scope, received_on, published_on, sender, contact, reviewer, standing, standing_reason,
    source, format, sha256, parser_version, title, url
FROM several
ORDER BY version;
