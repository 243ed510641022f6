-- question: Which findings rest on another report that has changed since: a newer version stands, or it counts no more?
-- parameters: collection text, first_year integer, last_year integer, agency_id text = null
-- columns: finding_key
-- Another version of the same report is compared whether it stands or not; last year's, another unit's and those of the
-- units that are counted in one have to stand.
WITH side AS (
    SELECT
        finding_key, found.agency_id, found.year,
        unnest(
            list_append(
                [place ->> '$.report_id' for place in from_json(evidence, '["JSON"]')], other_report_id
            )
        ) AS report_id
    FROM found
    WHERE found.collection = $collection AND found.year BETWEEN $first_year AND $last_year
        AND ($agency_id IS NULL OR found.agency_id = $agency_id)
        -- What one report suffices for names no other.
        AND (other_report_id IS NOT NULL OR contains(evidence, '"report_id"'))
)
SELECT DISTINCT side.finding_key
FROM side
LEFT JOIN report ON report.report_id = side.report_id
WHERE side.report_id IS NOT NULL
    AND report.standing IS DISTINCT FROM 'current'
    AND NOT coalesce(
        report.standing = 'superseded' AND report.agency_id = side.agency_id AND report.year = side.year, false
    )
