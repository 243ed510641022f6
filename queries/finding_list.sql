-- question: Which findings are there under the filters, and where does each stand?
-- parameters: collection text, first_year integer, last_year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, severities texts = [], check_code text = null, states texts = [], doubtful boolean = false, agency_id text = null,
--   report_id text = null, words text = null, today date = null, to_send boolean = false, first integer = 0,
--   count integer = 100
-- columns: finding_key, collection, agency_id, agency, city, county, level, kind, year, report_id, other_report_id,
--   check_code, severity, metrics, applicant, expected, found, detail, doubtful, figures_digest, state, decided_at,
--   decided_by, decision, total
-- doubtful: those that rest on a doubtful reading, which are never shown among the others. words: part of the unit's name.
-- A report is missing once its day is over by `today`. to_send: not those whose other side changed since the check.
-- The worst of the latest year first. `total` is the number of findings before `count` of them, from `first` on, were taken.
WITH chosen AS NOT MATERIALIZED (
    SELECT
        found.* EXCLUDE (evidence), agency.agency, agency.city, agency.county, agency.level, agency.kind,
        CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END AS weight
    FROM found_by($collection, $first_year, $last_year, $today) AS found
    JOIN chosen_agency($province, $city, $levels, $kinds, $peers) AS agency USING (agency_id)
    WHERE found.doubtful = $doubtful
        AND (len($severities) = 0 OR list_contains($severities, severity))
        AND (len($states) = 0 OR list_contains($states, state))
        AND ($check_code IS NULL OR check_code = $check_code)
        AND ($agency_id IS NULL OR agency_id = $agency_id)
        AND ($report_id IS NULL OR report_id = $report_id)
        AND (
            NOT $to_send
            OR finding_key NOT IN (
                SELECT finding_key FROM overtaken_finding($collection, $first_year, $last_year, $agency_id)
            )
        )
        AND ($words IS NULL OR contains(agency.agency, $words))
),
page AS (
    SELECT * FROM chosen ORDER BY year DESC, weight, agency, agency_id, check_code, finding_key LIMIT $count OFFSET $first
)
SELECT
    finding_key, collection, agency_id, agency, city, county, level, kind, year, report_id, other_report_id, check_code,
    severity, metrics, applicant, expected, found, detail, doubtful,
    figures_digest, state, decided_at, decided_by, decision,
    (SELECT count(*) FROM chosen) AS total
FROM page
ORDER BY year DESC, weight, agency, agency_id, check_code, finding_key;
