-- question: Which reports does the filter bar leave, in which standing, with how many figures, findings and doubts?
-- parameters: collection text, first_year integer, last_year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, standing text = null, having text = null, words text = null, agency_id text = null, count integer = 2000
-- columns: report_id, collection, agency_id, agency, province, city, level, agency_kind, year, period, kind, stage, scope,
--   regime, standing, standing_reason, figures, findings, errors, doubts, published_on, url, title, source, format, total
-- having: 'errors' or 'doubts', only current reports with undoubted errors or with doubts, as overview_holdings counts them.
-- An empty text or list and the year 0 leave everything. What a report waiting for confirmation does not say narrows nothing:
-- nobody would find it otherwise. `total` is the number of reports before the first `count` were taken.
WITH chosen AS (
    SELECT
        report.*, coalesce(agency.level, report.agency_level) AS level,
        coalesce(agency.kind, report.agency_kind) AS unit_kind,
        report.standing = 'quarantined' AS waiting,
        count(*) OVER () AS total
    FROM report LEFT JOIN agency USING (agency_id)
    WHERE ($collection = '' OR report.collection = $collection)
        AND (
            $first_year = 0 OR report.year BETWEEN $first_year AND $last_year
            OR report.year IS NULL OR report.year_uncertain
        )
        AND ($province = '' OR report.province = $province OR (waiting AND report.province IS NULL))
        AND ($city = '' OR report.city = $city OR (waiting AND report.city IS NULL))
        AND (len($levels) = 0 OR list_contains($levels, level) OR (waiting AND level IS NULL))
        AND (len($kinds) = 0 OR list_contains($kinds, unit_kind) OR (waiting AND unit_kind IS NULL))
        AND ($peers IS NULL OR report.agency_id IN (SELECT agency_id FROM peer_member($peers)))
        AND ($standing IS NULL OR report.standing = $standing)
        AND (
            $having IS NULL
            OR (
                report.standing = 'current'
                AND report.report_id IN (
                    SELECT report_id
                    FROM found
                    WHERE $having = 'errors' AND severity = 'error' AND NOT doubtful AND state <> 'false_alarm'
                    UNION ALL
                    SELECT report_id FROM doubt WHERE $having = 'doubts'
                )
            )
        )
        AND ($agency_id IS NULL OR report.agency_id = $agency_id)
        AND (
            $words IS NULL
            OR contains(
                lower(concat_ws(' ', report.agency, report.agency_as_printed, report.title, report.source)),
                lower($words)
            )
        )
    ORDER BY (report.standing = 'quarantined') DESC, report.year DESC NULLS FIRST,
        report.agency COLLATE zh, report.report_id
    LIMIT $count
),
figures AS (
    SELECT report_id, count(*) AS figures FROM figure SEMI JOIN chosen USING (report_id) GROUP BY report_id
),
findings AS (
    SELECT report_id, count(*) AS findings, count(*) FILTER (severity = 'error' AND NOT doubtful) AS errors
    FROM finding SEMI JOIN chosen USING (report_id)
    GROUP BY report_id
),
doubts AS (
    SELECT report_id, count(*) AS doubts FROM doubt SEMI JOIN chosen USING (report_id) GROUP BY report_id
)
SELECT
    report_id, collection, agency_id, coalesce(agency, agency_as_printed) AS agency, province, city, level,
    unit_kind AS agency_kind, year, period, kind, stage, scope, regime, standing, standing_reason,
    coalesce(figures, 0) AS figures, coalesce(findings, 0) AS findings, coalesce(errors, 0) AS errors,
    coalesce(doubts, 0) AS doubts, published_on, url, title, source, format, total
FROM chosen
LEFT JOIN figures USING (report_id)
LEFT JOIN findings USING (report_id)
LEFT JOIN doubts USING (report_id)
ORDER BY (standing = 'quarantined') DESC, year DESC NULLS FIRST, agency COLLATE zh, report_id;
