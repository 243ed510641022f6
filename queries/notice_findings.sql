-- question: Which findings of a year still have to be put to the units, and how many are kept back, and why?
-- parameters: collection text, year integer, warnings texts = [], agency_id text = null, only_new boolean = false,
--   province text = null, city text = null, levels texts = [], kinds texts = [], peers text = null, today date = null
-- columns: finding_key, collection, agency_id, agency, province, city, county, level, kind, year, report_id,
--   other_report_id, check_code, severity, metrics, applicant, expected, found, detail, doubtful, figures_digest, state,
--   regime
-- What goes out: errors, and warnings of the checks named in `warnings`; of current reports; not a doubtful reading, and
-- nothing whose other side changed since the check; not settled (found, again, notified; with only_new not those that the
-- unit was told of already). That a report is missing goes out only where the confirmed list has the unit still, its day
-- is over by `today`, and nothing came since the check; without `today` never. By place, then unit; the errors of a unit
-- first, tables in the order of the form.
WITH overdue AS (
    SELECT listed.agency_id
    FROM due_unit($collection, $year, $year) AS listed
    JOIN agency USING (agency_id)
    JOIN deadline($collection, 'report', $year, $year) AS deadline
        ON deadline.level IS NOT DISTINCT FROM agency.level AND deadline.kind IS NOT DISTINCT FROM agency.kind
    ANTI JOIN submission_state($collection, 'report', $year, $year) AS reached
        ON reached.agency_id = listed.agency_id AND reached.state <> 'missing'
    -- What waits for somebody to say whose it is may well be this unit's.
    ANTI JOIN report AS waiting
        ON waiting.agency_id = listed.agency_id AND waiting.collection = $collection AND waiting.year = $year
        AND waiting.standing = 'quarantined' AND waiting.kind = 'annual_report'
    WHERE listed.due AND listed.confirmed AND coalesce(deadline.due_on, deadline.statutory_on) < $today
)
SELECT
    finding_key, found.collection, found.agency_id, agency.agency, agency.province, agency.city, agency.county,
    agency.level, agency.kind, found.year, found.report_id, other_report_id, check_code, severity, metrics, applicant,
    expected, found, detail, doubtful, figures_digest, state, report.regime
FROM found
JOIN chosen_agency(coalesce($province, ''), coalesce($city, ''), $levels, $kinds, $peers) AS agency USING (agency_id)
LEFT JOIN report ON report.report_id = found.report_id
LEFT JOIN metric ON metric.code = found.metrics[1]
WHERE found.collection = $collection
    AND found.year = $year
    AND NOT doubtful
    AND (severity = 'error' OR (severity = 'warning' AND list_contains($warnings, check_code)))
    AND (state IN ('found', 'again') OR (state = 'notified' AND NOT $only_new))
    AND ($agency_id IS NULL OR found.agency_id = $agency_id)
    AND (check_code <> 'report_missing' OR found.agency_id IN (SELECT agency_id FROM overdue))
    AND finding_key NOT IN (SELECT finding_key FROM overtaken_finding($collection, $year, $year, $agency_id))
ORDER BY
    agency.province COLLATE zh, agency.city COLLATE zh NULLS FIRST, agency.county COLLATE zh NULLS FIRST,
    list_position(['national', 'province', 'prefecture', 'county', 'township'], agency.level),
    agency.agency COLLATE zh, found.agency_id, severity, metric.position NULLS LAST, check_code, finding_key;
