-- question: Which findings did people decide about that no check finds any more (the unit sent a better version)?
-- parameters: collection text, first_year integer, last_year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, agency_id text = null, finding_key text = null, count integer = 1000
-- columns: finding_key, collection, agency_id, agency, city, year, check_code, state, said, figures_digest, decided_at,
--   decided_by, reason, decision, total
-- said: what the finding said when somebody decided, as JSON.
WITH gone AS (
    SELECT
        decided.finding_key, decided.collection, agency_id, agency.agency, agency.city, decided.year,
        decided.check_code, CASE WHEN event = 'reopened' THEN 'found' ELSE event END AS state, said,
        decided.figures_digest, decided.decided_at, decided.decided_by, decided.reason, decided.decision,
        count(*) OVER () AS total
    FROM finding_state AS decided JOIN chosen_agency($province, $city, $levels, $kinds, $peers) AS agency USING (agency_id)
    WHERE decided.collection = $collection
        AND decided.year BETWEEN $first_year AND $last_year
        AND ($agency_id IS NULL OR agency_id = $agency_id)
        AND ($finding_key IS NULL OR decided.finding_key = $finding_key)
        AND decided.finding_key NOT IN (SELECT finding_key FROM found WHERE found.collection = $collection)
)
SELECT
    finding_key, collection, agency_id, agency, city, year, check_code, state, said, figures_digest, decided_at,
    decided_by, reason, decision, total
FROM gone
ORDER BY (state = 'closed'), year DESC, agency COLLATE zh, check_code, finding_key
LIMIT $count;
