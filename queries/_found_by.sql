-- question: What did all checks find under the filters by a day, and where does each finding stand?
-- parameters: collection text, first_year integer, last_year integer, today date
-- columns: finding_key, collection, agency_id, year, report_id, other_report_id, other_agency_id, other_year, check_code,
--   severity, metrics, applicant, expected, found, detail, evidence, doubtful, figures_digest, state, decided_at,
--   decided_by, decision
-- `found`, without missing reports whose day, the notice's or else the law's, is not over by `today` (null: all are over).
SELECT
    finding_key, found.collection, found.agency_id, found.year, report_id, other_report_id, other_agency_id, other_year,
    check_code, severity, metrics, applicant, expected, found, detail, evidence, doubtful, figures_digest, state,
    decided_at, decided_by, decision
FROM found
WHERE found.collection = $collection
    AND found.year BETWEEN $first_year AND $last_year
    AND (
        check_code <> 'report_missing'
        OR NOT EXISTS (
            SELECT 1
            FROM agency
            JOIN deadline($collection, 'report', $first_year, $last_year) AS deadline
                ON deadline.level IS NOT DISTINCT FROM agency.level
                AND deadline.kind IS NOT DISTINCT FROM agency.kind
            WHERE agency.agency_id = found.agency_id AND deadline.year = found.year
                AND coalesce(deadline.due_on, deadline.statutory_on) >= $today
        )
    )
