-- question: Which reports wait for a person to say whose they are, and which registered units may be meant?
-- parameters: collection text, province text, city text, words text = null, report_id text = null, count integer = 1000
-- columns: report_id, collection, sha256, ordinal, year, kind, title, source, url, publisher, agency, agency_as_printed,
--   scope, province_read, city_read, doubt, candidates, likely_id, likely, score, total
-- An empty text leaves everything; a place narrows only what is known to lie elsewhere. candidates: JSON, the likeliest
-- first: [{agency_id, agency, score, reasons}]; likely_id and likely: the one that a click may accept, null where there is
-- none. doubt: why it waits (detail of the doubt), null where the register alone leaves it open. total: before `count`.
WITH chosen AS (
    SELECT report.*, count(*) OVER () AS total
    FROM report
    WHERE report.standing = 'quarantined' AND (report.agency_uncertain OR report.agency_id IS NULL)
        AND ($collection = '' OR report.collection = $collection)
        AND ($province = '' OR report.province = $province OR report.province IS NULL)
        AND ($city = '' OR report.city = $city OR report.city IS NULL)
        AND ($report_id IS NULL OR report.report_id = $report_id)
        AND (
            $words IS NULL
            OR contains(
                lower(concat_ws(' ', report.agency, report.agency_as_printed, report.title, report.source)),
                lower($words)
            )
        )
),
proposed AS (
    SELECT
        report_id,
        to_json(list({'agency_id': agency_id, 'agency': agency, 'score': score, 'reasons': reasons} ORDER BY position))
            AS candidates,
        max(agency_id) FILTER (likely) AS likely_id, max(agency) FILTER (likely) AS likely, max(score) AS score
    FROM author_candidate SEMI JOIN chosen USING (report_id)
    GROUP BY report_id
),
doubted AS (
    SELECT report_id, min(detail) AS doubt
    FROM doubt SEMI JOIN chosen USING (report_id)
    WHERE reason = 'agency_uncertain'
    GROUP BY report_id
)
SELECT
    report_id, collection, sha256, ordinal, year, kind, title, source, url, publisher, agency, agency_as_printed,
    scope, province_read, city_read, doubt, candidates::VARCHAR AS candidates, likely_id, likely, score, total
FROM chosen
LEFT JOIN proposed USING (report_id)
LEFT JOIN doubted USING (report_id)
ORDER BY (likely_id IS NULL), score DESC NULLS LAST, year DESC NULLS LAST, source, report_id
LIMIT $count;
