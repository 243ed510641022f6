-- What all checks found in the current reports and beside them, with keys that last: finding_key says what a finding is
-- about, not what it found: unit, year, check, the scope where it is not the unit's usual one (so that saying or
-- confirming the usual one changes nothing), and the cell (the total that an identity is about, or the only
-- metric), the table (several metrics) or the words it rests on; equal ones are numbered. It is the same for another
-- version or reading. figures_digest tells whether the figures changed: the cells', and what was expected and found; not
-- where they stand in the document, nor the sentence around one.
WITH single AS (
    SELECT
        report.collection, report.agency_id, report.year, report.scope, finding.*, NULL::VARCHAR AS other_report_id,
        NULL::VARCHAR AS other_agency_id, NULL::INTEGER AS other_year, true AS alone,
        json_extract_string(finding.detail, ['$.applicant', '$.metric', '$.reason']) AS told
    FROM finding JOIN report USING (report_id)
    WHERE report.standing = 'current'
),
crossing AS (
    SELECT
        cross_finding.*, report.scope, false AS alone,
        [cross_finding.applicant, json_extract_string(cross_finding.detail, '$.metric'),
            json_extract_string(cross_finding.detail, '$.reason')] AS told
    FROM cross_finding LEFT JOIN report USING (report_id)
    WHERE cross_finding.report_id IS NULL OR report.standing = 'current'
),
every AS (
    SELECT * EXCLUDE (told), told[1] AS applicant, told[2] AS about, told[3] AS why FROM single
    UNION ALL BY NAME
    SELECT * EXCLUDE (told), told[2] AS about, told[3] AS why FROM crossing
),
named AS (
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
        )[:16] AS cell
    FROM every
    LEFT JOIN metric ON metric.code = every.metrics[1]
    LEFT JOIN agency ON agency.agency_id = every.agency_id
    LEFT JOIN registered_agency AS registered
        ON registered.collection = every.collection AND registered.agency_id = every.agency_id
    LEFT JOIN usual_scope ON usual_scope.level = agency.level AND usual_scope.kind = agency.kind
),
numbered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY collection, agency_id, year, check_code, cell ORDER BY doubtful, expected, found, evidence
        ) AS number
    FROM named
),
keyed AS (
    SELECT *, cell || CASE WHEN number > 1 THEN '-' || number ELSE '' END AS finding_key FROM numbered
)
SELECT
    finding_key, collection, agency_id, year, report_id, other_report_id, other_agency_id, other_year, check_code,
    severity, metrics, applicant, expected, found, detail, evidence, doubtful,
    md5(
        concat_ws(
            chr(31), expected, found,
            [
                coalesce(place ->> '$.value', CASE WHEN place ->> '$.row' IS NOT NULL THEN trim(place ->> '$.quote') END)
                for place in from_json(evidence, '["JSON"]')
            ]
        )
    )[:16] AS figures_digest
FROM keyed
