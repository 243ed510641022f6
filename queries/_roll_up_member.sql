-- question: Which version of whose report counts in a total, and why does none of the others' count?
-- parameters: collection text, agency_id text, members texts, first_year integer, last_year integer, part text, use text
-- columns: within_id, year, member_id, member, level, kind, city, county, scope, state, other_id, report_id, stage, regime
-- agency_id, members, part: as in _roll_up_unit. use: 'published' takes versions that are published or corrected since,
-- 'approved' approved ones as well, 'latest' whatever version stands. How far a version is its own stage tells, or what
-- people entered about it (_submission_state). Imported figures (format sheet) count in each use.
-- state: counted; else why not: the standing of _roll_up_unit, or no_report, other_scope (本级 and 汇总 are never mixed),
-- withdrawn, unconfirmed (year, author or source), returned (sent back, and no newer version came), not_approved,
-- not_published.
WITH unit AS MATERIALIZED (
    SELECT * FROM roll_up_unit($collection, $agency_id, $members, $first_year, $last_year, $part)
),
held AS MATERIALIZED (
    SELECT
        agency_id, year, report_id, stage, regime, scope, standing, standing_reason, format,
        row_number() OVER (
            PARTITION BY agency_id, year, scope
            -- The unit's own report before a summary, and both before what a list says of it.
            ORDER BY
                standing = 'current' DESC, coalesce(listed, format = 'sheet'), kind <> 'annual_report',
                kind, report_id
        ) AS place
    FROM report
    WHERE collection = $collection
        AND year BETWEEN $first_year AND $last_year
        AND agency_id IN (SELECT member_id FROM unit)
),
reached AS MATERIALIZED (
    SELECT agency_id, year, state
    FROM submission_state($collection, 'report', $first_year, $last_year)
    WHERE agency_id IN (SELECT member_id FROM unit)
),
own AS (
    SELECT
        unit.*, reached.state AS reached, held.report_id, held.stage, held.regime, held.standing AS report_standing, held.standing_reason,
        held.format,
        EXISTS (
            SELECT 1
            FROM held AS other
            WHERE other.agency_id = unit.member_id AND other.year = unit.year AND other.standing = 'current'
                AND other.scope IS DISTINCT FROM unit.scope
        ) AS elsewhere
    FROM unit
    LEFT JOIN held
        ON held.agency_id = unit.member_id AND held.year = unit.year AND held.scope = unit.scope AND held.place = 1
    LEFT JOIN reached ON reached.agency_id = unit.member_id AND reached.year = unit.year
)
SELECT
    within_id, year, member_id, member, level, kind, city, county, scope,
    CASE
        WHEN standing <> 'counts' THEN standing
        WHEN report_standing = 'current' AND ($use = 'latest' OR format = 'sheet') THEN 'counted'
        WHEN report_standing = 'current' AND reached = 'returned' THEN 'returned'
        WHEN report_standing = 'current' AND (
            stage IN ('published', 'corrected') OR reached IN ('published', 'filed', 'corrected')
            OR ($use = 'approved' AND (stage = 'approved' OR reached = 'passed'))
        ) THEN 'counted'
        WHEN report_standing = 'current' THEN 'not_' || $use
        WHEN elsewhere THEN 'other_scope'
        WHEN report_standing = 'withdrawn' THEN 'withdrawn'
        WHEN report_id IS NOT NULL THEN 'unconfirmed'
        ELSE 'no_report'
    END AS state,
    other_id, report_id, stage, regime
FROM own
