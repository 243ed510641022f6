-- question: How far is each unit's item of each year, by its versions and by what people entered?
-- parameters: collection text, item text, first_year integer, last_year integer
-- columns: agency_id, year, state, since, versions, returns, report_id, fresh, received_on, handed_in_on, published_on,
--   filed_on, known_contact, url
-- received_on: the first day on which something was surely there (received, published, or lay before somebody who decided).
-- handed_in_on: the day of the first receipt, null where not all days of receipt are known: only it tells who was late.
-- published_on: as a version or an event tells it, never guessed from the day of receipt.
-- The one definition of the states. Versions stand in the order in which they came: by the day of receipt, else of
-- publication, else of the first event that knew them; those that no event has seen come last. An event stands behind the
-- version it was about (and those that were there), whatever its date; a later version is later than the event. Where it
-- names no version, its date decides. From 未报 on, each step leads on as the CASE below says: published documents count as
-- 已发布 even if nobody passed them, a draft after a return waits again, nothing but a return leads back from 已发布.
-- Versions that are quarantined (whose they are is not sure) and withdrawn ones do not count.
WITH version AS (
    SELECT
        report_id, agency_id, year, stage, received_on, published_on, url, contact, run, sha256, ordinal
    FROM report
    WHERE $item = 'report' AND collection = $collection AND year BETWEEN $first_year AND $last_year
        AND kind = 'annual_report' AND standing IN ('current', 'superseded')
        AND NOT coalesce(listed, format = 'sheet')
),
happened AS (
    SELECT entry, agency_id, year, event, on_date, report_id, url, seen
    FROM submission_event
    WHERE collection = $collection AND item = $item AND year BETWEEN $first_year AND $last_year
),
known AS (
    SELECT report_id, min(on_date) AS known_on, bool_or(named) AS named
    FROM (
        SELECT report_id, on_date, true AS named FROM happened WHERE report_id IS NOT NULL
        UNION ALL
        SELECT unnest(seen) AS report_id, on_date, false AS named FROM happened
    )
    GROUP BY report_id
),
ordered AS (
    SELECT
        version.*, coalesce(received_on, published_on, known_on) AS day,
        row_number() OVER (
            PARTITION BY agency_id, year
            ORDER BY
                coalesce(received_on, published_on, known_on) NULLS LAST, coalesce(named, false), run,
                CASE stage WHEN 'corrected' THEN 3 WHEN 'published' THEN 2 WHEN 'approved' THEN 1 ELSE 0 END,
                sha256, ordinal
        ) AS place
    FROM version LEFT JOIN known USING (report_id)
),
behind AS (
    SELECT
        happened.entry,
        coalesce(
            max(ordered.place) FILTER (
                ordered.report_id = happened.report_id OR list_contains(happened.seen, ordered.report_id)
            ),
            max(ordered.place) FILTER (happened.seen IS NULL AND ordered.day <= happened.on_date),
            0
        ) AS place
    FROM happened LEFT JOIN ordered USING (agency_id, year)
    GROUP BY happened.entry
),
placed AS (
    SELECT
        happened.*,
        max(behind.place) OVER (
            PARTITION BY agency_id, year ORDER BY on_date, entry ROWS UNBOUNDED PRECEDING
        ) AS place
    FROM happened JOIN behind USING (entry)
),
steps AS (
    SELECT
        agency_id, year, place, 0 AS turn, 0 AS entry,
        CASE WHEN stage IN ('published', 'corrected') THEN coalesce(published_on, day) ELSE day END AS day,
        CASE stage WHEN 'approved' THEN 'passed' WHEN 'published' THEN 'published' WHEN 'corrected' THEN 'corrected'
            ELSE 'received' END AS code
    FROM ordered
    UNION ALL
    SELECT agency_id, year, place, 1 AS turn, entry, on_date AS day, event AS code FROM placed
),
walked AS (
    SELECT
        agency_id, year,
        list_reduce(
            list({'code': code, 'day': day} ORDER BY place, turn, day, entry),
            lambda before, step: {
                'code': CASE
                    WHEN step.code IN ('returned', 'corrected', 'filed') THEN step.code
                    WHEN before.code IN ('filed', 'corrected') THEN before.code
                    WHEN step.code = 'published' THEN 'published'
                    WHEN before.code = 'published' THEN before.code
                    WHEN step.code = 'passed' THEN 'passed'
                    ELSE 'waiting'
                END,
                'day': CASE
                    WHEN step.code IN ('returned', 'corrected', 'filed') THEN step.day
                    WHEN before.code IN ('filed', 'corrected') THEN before.day
                    WHEN before.code = 'published' THEN before.day
                    ELSE step.day
                END
            },
            {'code': 'missing', 'day': NULL::DATE}
        ) AS reached
    FROM steps
    GROUP BY agency_id, year
),
counted AS (
    SELECT
        agency_id, year, count(*) AS versions, max(place) AS last_place, arg_max(report_id, place) AS report_id,
        min(day) AS received_on,
        CASE
            WHEN bool_and(received_on IS NOT NULL OR coalesce(stage, '') IN ('published', 'corrected'))
                THEN min(received_on)
        END AS handed_in_on,
        min(published_on) FILTER (stage IN ('published', 'corrected')) AS published_on,
        arg_max(url, place) FILTER (stage IN ('published', 'corrected')) AS url,
        arg_max(contact, place) AS contact
    FROM ordered
    GROUP BY agency_id, year
),
told AS (
    SELECT
        agency_id, year, count(*) FILTER (event = 'returned') AS returns, max(place) AS last_place,
        min(on_date) FILTER (event = 'received') AS received_on,
        min(on_date) FILTER (event IN ('published', 'corrected')) AS published_on,
        max(on_date) FILTER (event = 'filed') AS filed_on,
        arg_max(url, entry) FILTER (url IS NOT NULL) AS url
    FROM placed
    GROUP BY agency_id, year
)
SELECT
    agency_id, year, reached.code AS state, reached.day AS since, coalesce(versions, 0) AS versions,
    coalesce(returns, 0) AS returns, counted.report_id AS report_id,
    coalesce(counted.last_place > told.last_place, false) AS fresh,
    least(counted.received_on, told.received_on) AS received_on,
    least(counted.handed_in_on, told.received_on) AS handed_in_on,
    least(counted.published_on, told.published_on) AS published_on,
    filed_on, counted.contact AS known_contact, coalesce(told.url, counted.url) AS url
FROM walked
LEFT JOIN counted USING (agency_id, year)
LEFT JOIN told USING (agency_id, year)
