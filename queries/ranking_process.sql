-- question: How well do the units that collect reports do their work, per year: how many of the units that hand in to them
--   did so in time, published in time, passed at once, and were published with mistakes left?
-- parameters: collection text, first_year integer, last_year integer, province text, city text, levels texts, kinds texts,
--   peers text = null, today date, numerator text, denominator text
-- columns: agency_id, agency, province, city, county, level, kind, peers, year, numerator, denominator, status,
--   approximate, corrected, report_id
-- Only years whose list of who is due is confirmed, and units whose day is over by `today`; of publication not those that
-- published nobody knows when. Passed at once: of those about which it was decided at all. numerator and denominator name
-- columns of `counted`.
WITH due AS (
    SELECT entry.agency_id, entry.year
    FROM due_entry AS entry JOIN due_list ON due_list.collection = entry.collection AND due_list.year = entry.year
    WHERE entry.collection = $collection AND entry.year BETWEEN $first_year AND $last_year AND entry.due
        AND due_list.confirmed
),
decided AS (
    SELECT DISTINCT agency_id, year
    FROM submission_event
    WHERE collection = $collection AND item = 'report' AND event IN ('returned', 'passed')
),
wrong AS (
    SELECT DISTINCT agency_id, year
    FROM found
    WHERE collection = $collection AND severity = 'error' AND NOT doubtful AND state <> 'false_alarm'
        AND report_id IS NOT NULL
),
followed AS (
    SELECT
        registered.reports_to_id AS agency_id, due.year, reached.received_on, reached.published_on,
        reached.published_on IS NOT NULL
        OR coalesce(reached.state IN ('published', 'filed', 'corrected'), false) AS published,
        coalesce(reached.returns, 0) AS returns, coalesce(deadline.due_on, deadline.statutory_on) AS due_on,
        deadline.statutory_on, decided.agency_id IS NOT NULL AS decided, wrong.agency_id IS NOT NULL AS wrong
    FROM due
    JOIN registered_agency AS registered
        ON registered.collection = $collection AND registered.agency_id = due.agency_id
    LEFT JOIN submission_state($collection, 'report', $first_year, $last_year) AS reached
        ON reached.agency_id = due.agency_id AND reached.year = due.year
    LEFT JOIN deadline($collection, 'report', $first_year, $last_year) AS deadline
        ON deadline.level = registered.level AND deadline.kind = registered.kind AND deadline.year = due.year
    LEFT JOIN decided ON decided.agency_id = due.agency_id AND decided.year = due.year
    LEFT JOIN wrong ON wrong.agency_id = due.agency_id AND wrong.year = due.year
    WHERE registered.reports_to_id IS NOT NULL
),
counted AS (
    SELECT
        agency_id, year,
        count(*) FILTER (due_on < $today) AS due,
        count(*) FILTER (due_on < $today AND received_on <= due_on) AS on_time,
        count(*) FILTER (statutory_on < $today AND (published_on IS NOT NULL OR NOT published)) AS due_in_law,
        count(*) FILTER (statutory_on < $today AND published_on <= statutory_on) AS published_on_time,
        count(*) FILTER (decided) AS decided,
        count(*) FILTER (decided AND returns = 0) AS first_pass,
        count(*) FILTER (published) AS published,
        count(*) FILTER (published AND wrong) AS wrong
    FROM followed
    GROUP BY agency_id, year
),
asked AS (
    SELECT agency_id, year, name, amount
    FROM counted
    UNPIVOT (amount FOR name IN (due, on_time, due_in_law, published_on_time, decided, first_pass, published, wrong))
)
SELECT
    above.agency_id, agency.agency, agency.province, agency.city, agency.county, agency.level, agency.kind,
    CASE WHEN $peers IS NULL THEN coalesce(peer_rule.code, 'other') ELSE 'chosen' END AS peers,
    above.year, above.amount::DOUBLE AS numerator, below.amount::DOUBLE AS denominator, 'reported' AS status,
    false AS approximate, false AS corrected, NULL::VARCHAR AS report_id
FROM asked AS above
JOIN asked AS below ON below.agency_id = above.agency_id AND below.year = above.year AND below.name = $denominator
JOIN chosen_agency($province, $city, $levels, $kinds, $peers) AS agency ON agency.agency_id = above.agency_id
LEFT JOIN peer_rule ON peer_rule.level = agency.level AND peer_rule.kind = agency.kind
WHERE above.name = $numerator
ORDER BY above.year, agency.agency COLLATE zh, above.agency_id;
