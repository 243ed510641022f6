-- question: Which reports are there, with their standing, and how much was read from each?
-- parameters: collection text = null, years integers = null, standings texts = null, agency_ids texts = null,
--   words text = null, first integer = 0, count integer = 100
-- columns: report_id, collection, agency_id, agency, agency_as_printed, province, city, level, agency_kind, year, period,
--   kind, stage, scope, regime, published_on, signed_on, url, title, source, format, sha256, ordinal, standing,
--   standing_reason, secondary_source, figures, findings, doubts, total
WITH chosen AS (
    SELECT *, count(*) OVER () AS total
    FROM report
    WHERE ($collection IS NULL OR collection = $collection)
        AND ($years IS NULL OR list_contains($years, year))
        AND ($standings IS NULL OR list_contains($standings, standing))
        AND ($agency_ids IS NULL OR list_contains($agency_ids, agency_id))
        AND ($words IS NULL OR contains(concat_ws(' ', agency, agency_as_printed, title, source), $words))
    ORDER BY year DESC NULLS FIRST, agency, report_id
    LIMIT $count OFFSET $first
),
figures AS (
    SELECT report_id, count(*) AS figures FROM figure SEMI JOIN chosen USING (report_id) GROUP BY report_id
),
findings AS (
    SELECT report_id, count(*) AS findings FROM finding SEMI JOIN chosen USING (report_id) GROUP BY report_id
),
doubts AS (
    SELECT report_id, count(*) AS doubts FROM doubt SEMI JOIN chosen USING (report_id) GROUP BY report_id
)
SELECT
    report_id, collection, agency_id, agency, agency_as_printed, province, city, agency_level AS level, agency_kind,
    year, period, kind, stage, scope, regime, published_on, signed_on, url, title, source, format, sha256, ordinal,
    standing, standing_reason, secondary_source,
    coalesce(figures, 0) AS figures, coalesce(findings, 0) AS findings, coalesce(doubts, 0) AS doubts, total
FROM chosen
LEFT JOIN figures USING (report_id)
LEFT JOIN findings USING (report_id)
LEFT JOIN doubts USING (report_id)
ORDER BY year DESC NULLS FIRST, agency, report_id;
