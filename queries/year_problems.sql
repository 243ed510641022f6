-- question: Which problems has each unit had in a year, those that are settled or no longer found included?
-- parameters: collection text, year integer, province text = null, city text = null, levels texts = [], kinds texts = [],
--   peers text = null
-- columns: agency_id, check_code, severity, state, findings
-- Neither doubtful readings nor false alarms. state `gone`: people decided about it, and no check finds it any more.
WITH present AS (
    SELECT collection, year, agency_id, check_code, severity, state, finding_key FROM found
    WHERE NOT doubtful AND state <> 'false_alarm'
),
gone AS (
    SELECT
        collection, year, agency_id, check_code, said ->> '$.severity' AS severity, 'gone' AS state, finding_key
    FROM finding_state
    WHERE event NOT IN ('false_alarm', 'reopened')
        AND finding_key NOT IN (SELECT finding_key FROM found WHERE found.collection = $collection)
)
SELECT agency_id, check_code, severity, state, count(*) AS findings
FROM (FROM present UNION ALL FROM gone)
SEMI JOIN chosen_agency(coalesce($province, ''), coalesce($city, ''), $levels, $kinds, $peers) USING (agency_id)
WHERE collection = $collection AND year = $year
GROUP BY ALL
ORDER BY ALL;
