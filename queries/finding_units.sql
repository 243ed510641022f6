-- question: How many findings has each unit under the filters, and how far are they?
-- parameters: collection text, first_year integer, last_year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, words text = null, today date = null, count integer = 2000
-- columns: agency_id, agency, city, county, level, kind, errors, warnings, notices, undecided, notified, answered, closed,
--   doubtful, total
-- errors, warnings and notices: undoubted, false alarms left out; undecided: found, or changed since somebody decided;
-- A report is missing once its day is over by `today`. answered: corrected or explained. doubtful: those that rest on a doubtful reading, whatever their state.
WITH counted AS (
    SELECT
        agency_id, agency.agency, agency.city, agency.county, agency.level, agency.kind,
        count(*) FILTER (severity = 'error' AND NOT doubtful AND state <> 'false_alarm') AS errors,
        count(*) FILTER (severity = 'warning' AND NOT doubtful AND state <> 'false_alarm') AS warnings,
        count(*) FILTER (severity = 'notice' AND NOT doubtful AND state <> 'false_alarm') AS notices,
        count(*) FILTER (NOT doubtful AND state IN ('found', 'again')) AS undecided,
        count(*) FILTER (NOT doubtful AND state = 'notified') AS notified,
        count(*) FILTER (NOT doubtful AND state IN ('corrected', 'explained')) AS answered,
        count(*) FILTER (NOT doubtful AND state = 'closed') AS closed,
        count(*) FILTER (doubtful) AS doubtful
    FROM found_by($collection, $first_year, $last_year, $today) AS found
    JOIN chosen_agency($province, $city, $levels, $kinds, $peers) AS agency USING (agency_id)
    WHERE ($words IS NULL OR contains(agency.agency, $words))
    GROUP BY ALL
)
SELECT
    agency_id, agency, city, county, level, kind, errors, warnings, notices, undecided, notified, answered, closed,
    doubtful, count(*) OVER () AS total
FROM counted
ORDER BY errors DESC, warnings DESC, undecided DESC, agency COLLATE zh, agency_id
LIMIT $count;
