-- What all checks found, and what each finding is about: `cell` is the part of its key (standing_finding.sql) that tells
-- unit, year, check, the scope where it is not the unit's usual one (so that saying or confirming the usual one changes
-- nothing), and the cell (the total that an identity is about, or the only metric), the table (several metrics) or the
-- words it rests on. `standing` is that of its report; `alone`: one report suffices; `mended`: it rested on a misreading
-- of ours that somebody corrected, and does not hold any more.
CREATE OR REPLACE VIEW named_finding AS
WITH of_report AS (
    SELECT *, false AS mended FROM finding
    UNION ALL BY NAME
    SELECT *, true AS mended FROM mended_finding
),
single AS (
    SELECT
        report.collection, report.agency_id, report.year, report.scope, of_report.*, NULL::VARCHAR AS other_report_id,
        NULL::VARCHAR AS other_agency_id, NULL::INTEGER AS other_year, true AS alone, report.standing,
        json_extract_string(of_report.detail, ['$.applicant', '$.metric', '$.reason']) AS told
    FROM of_report JOIN report USING (report_id)
),
crossing AS (
    SELECT
        cross_finding.*, report.scope, false AS alone, false AS mended, coalesce(report.standing, 'current') AS standing,
        [cross_finding.applicant, json_extract_string(cross_finding.detail, '$.metric'),
            json_extract_string(cross_finding.detail, '$.reason')] AS told
    FROM cross_finding LEFT JOIN report USING (report_id)
    WHERE cross_finding.report_id IS NULL OR report.report_id IS NOT NULL
),
every AS (
    SELECT * EXCLUDE (told), told[1] AS applicant, told[2] AS about, told[3] AS why FROM single
    UNION ALL BY NAME
    SELECT * EXCLUDE (told), told[2] AS about, told[3] AS why FROM crossing
)
SELECT
    every.*,
    md5(
        concat_ws(
            chr(31), every.collection, every.agency_id, year, check_code,
            coalesce(nullif(every.scope, coalesce(registered.scope, usual_scope.scope)), ''),
            coalesce(applicant, ''),
            CASE
                WHEN about IS NOT NULL THEN about
                WHEN len(metrics) = 1 THEN metrics[1]
                WHEN len(metrics) > 1 THEN metric.metric_group
                WHEN alone THEN concat_ws(chr(31), why, expected, found)
            END,
            other_agency_id, other_year
        )
    )[:16] AS cell,
    md5(
        concat_ws(
            chr(31), expected, found,
            [
                coalesce(place ->> '$.value', CASE WHEN place ->> '$.row' IS NOT NULL THEN trim(place ->> '$.quote') END)
                for place in from_json(evidence, '["JSON"]')
            ]
        )
    )[:16] AS figures_digest
FROM every
LEFT JOIN metric ON metric.code = every.metrics[1]
LEFT JOIN agency ON agency.agency_id = every.agency_id
LEFT JOIN registered_agency AS registered
    ON registered.collection = every.collection AND registered.agency_id = every.agency_id
LEFT JOIN usual_scope ON usual_scope.level = agency.level AND usual_scope.kind = agency.kind;

-- The key of a finding, by its cell and its number among those about the same.
CREATE OR REPLACE MACRO key_of_finding(cell, number) AS cell || CASE WHEN number > 1 THEN '-' || number ELSE '' END;

-- Where a finding stands: what was decided last about it, unless its figures changed since.
CREATE OR REPLACE MACRO state_of_finding(event, decided_on, figures) AS
CASE
    WHEN event IS NULL OR event = 'reopened' THEN 'found'
    WHEN decided_on IS DISTINCT FROM figures THEN 'again'
    ELSE event
END;
