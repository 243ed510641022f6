-- question: How far is every unit that has to hand in an item of each year, and every unit that did so unasked, and by when
--   was it due?
-- parameters: collection text, item text, first_year integer, last_year integer, today date
-- columns: agency_id, year, due, confirmed, state, since, versions, returns, report_id, fresh, received_on, handed_in_on,
--   published_on, filed_on, due_on, statutory_on, late_days, unconfirmed, known_contact, url
-- due_on is the notice's date, statutory_on the law's; late_days counts from the notice's, else from the law's, to the
-- first receipt, of what is missing to `today`; 0 in time, null where nobody set a date or knows the day of receipt. unconfirmed: versions that wait
-- until somebody confirms whose they are, or of which year; they do not count.
WITH unit AS (
    SELECT
        coalesce(listed.agency_id, reached.agency_id) AS agency_id, coalesce(listed.year, reached.year) AS year,
        coalesce(listed.due, false) AS due, coalesce(listed.confirmed, false) AS confirmed,
        reached.* EXCLUDE (agency_id, year)
    FROM due_unit($collection, $first_year, $last_year) AS listed
    FULL JOIN submission_state($collection, $item, $first_year, $last_year) AS reached
        ON reached.agency_id = listed.agency_id AND reached.year = listed.year
),
waiting AS (
    SELECT agency_id, year, count(*) AS unconfirmed
    FROM report
    WHERE $item = 'report' AND collection = $collection AND year BETWEEN $first_year AND $last_year
        AND standing = 'quarantined' AND kind = 'annual_report' AND standing_reason <> 'not_a_year'
        AND agency_id IS NOT NULL
    GROUP BY agency_id, year
)
SELECT
    unit.agency_id, unit.year, unit.due, unit.confirmed, coalesce(unit.state, 'missing') AS state, unit.since,
    coalesce(unit.versions, 0) AS versions, coalesce(unit.returns, 0) AS returns, unit.report_id,
    coalesce(unit.fresh, false) AS fresh, unit.received_on, unit.handed_in_on, unit.published_on, unit.filed_on,
    deadline.due_on, deadline.statutory_on,
    CASE
        WHEN coalesce(unit.state, 'missing') = 'missing'
            THEN greatest(date_diff('day', coalesce(deadline.due_on, deadline.statutory_on), $today), 0)
        WHEN unit.received_on <= coalesce(deadline.due_on, deadline.statutory_on) THEN 0
        WHEN unit.handed_in_on IS NOT NULL
            THEN date_diff('day', coalesce(deadline.due_on, deadline.statutory_on), unit.handed_in_on)
    END AS late_days,
    coalesce(waiting.unconfirmed, 0) AS unconfirmed, unit.known_contact, unit.url
FROM unit
JOIN agency USING (agency_id)
LEFT JOIN deadline($collection, $item, $first_year, $last_year) AS deadline
    ON deadline.level IS NOT DISTINCT FROM agency.level AND deadline.kind IS NOT DISTINCT FROM agency.kind
    AND deadline.year = unit.year
LEFT JOIN waiting ON waiting.agency_id = unit.agency_id AND waiting.year = unit.year
WHERE unit.due OR unit.state IS NOT NULL
