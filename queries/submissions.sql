-- question: How far is every unit that has to hand in an item of a year, and every unit that did so unasked?
-- parameters: collection text, year integer, item text = report, today date, province text = null, city text = null,
--   levels texts = [], kinds texts = [], scope text = null, agency_id text = null, peers text = null
-- columns: agency_id, agency, city, county, level, kind, reports_to_id, reports_to, due, state, since, versions, returns,
--   report_id, fresh, received_on, published_on, filed_on, due_on, statutory_on, late_days, contact, telephone, province,
--   scope, confirmed, unconfirmed, url, handed_in_on
-- due_on is the notice's date, statutory_on the law's; late_days counts from the notice's, else from the law's, to the
-- first receipt, of what is missing to `today`; 0 in time, null where nobody set a date or knows the day of receipt. unconfirmed: versions that wait
-- until somebody confirms whose they are, or of which year; they do not count. An empty text or list leaves everything.
-- Whom to call is told by the register, else by the list that came with the latest version: a name and a telephone in one.
WITH unit AS (
    SELECT
        coalesce(listed.agency_id, reached.agency_id) AS agency_id, coalesce(listed.due, false) AS due,
        coalesce(listed.confirmed, false) AS confirmed, reached.* EXCLUDE (agency_id)
    FROM due_unit($collection, $year) AS listed
    FULL JOIN submission_state($collection, $item, $year, $year) AS reached USING (agency_id)
),
placed AS (
    SELECT
        unit.*, agency.name AS agency, agency.province, agency.city, agency.county, agency.level, agency.kind,
        registered.reports_to_id,
        coalesce(registered.scope, usual_scope.scope) AS scope,
        deadline.due_on, deadline.statutory_on
    FROM unit
    JOIN agency USING (agency_id)
    LEFT JOIN registered_agency AS registered
        ON registered.collection = $collection AND registered.agency_id = unit.agency_id
    LEFT JOIN usual_scope ON usual_scope.level = agency.level AND usual_scope.kind = agency.kind
    LEFT JOIN deadline($collection, $item, $year, $year) AS deadline
        ON deadline.level IS NOT DISTINCT FROM agency.level AND deadline.kind IS NOT DISTINCT FROM agency.kind
    WHERE (unit.due OR unit.state IS NOT NULL)
        AND ($agency_id IS NULL OR unit.agency_id = $agency_id)
        AND (coalesce($province, '') = '' OR agency.province = $province)
        AND (coalesce($city, '') = '' OR agency.city = $city)
        AND (len($levels) = 0 OR list_contains($levels, agency.level))
        AND (len($kinds) = 0 OR list_contains($kinds, agency.kind))
        AND ($peers IS NULL OR unit.agency_id IN (SELECT agency_id FROM peer_member($peers)))
),
waiting AS (
    SELECT agency_id, count(*) AS unconfirmed
    FROM report
    WHERE $item = 'report' AND collection = $collection AND year = $year AND standing = 'quarantined'
        AND kind = 'annual_report' AND standing_reason <> 'not_a_year' AND agency_id IS NOT NULL
    GROUP BY agency_id
)
SELECT
    placed.agency_id, placed.agency, placed.city, placed.county, placed.level, placed.kind, placed.reports_to_id,
    above.name AS reports_to, due, coalesce(state, 'missing') AS state, since, coalesce(versions, 0) AS versions,
    coalesce(returns, 0) AS returns, report_id, coalesce(fresh, false) AS fresh, received_on, published_on, filed_on,
    due_on, statutory_on,
    CASE
        WHEN coalesce(state, 'missing') = 'missing'
            THEN greatest(date_diff('day', coalesce(due_on, statutory_on), $today), 0)
        WHEN received_on <= coalesce(due_on, statutory_on) THEN 0
        WHEN handed_in_on IS NOT NULL THEN date_diff('day', coalesce(due_on, statutory_on), handed_in_on)
    END AS late_days,
    coalesce(unit_contact.contact, nullif(trim(regexp_replace(known_contact, '\+?[0-9][0-9 -]{5,}[0-9]', '')), '')) AS contact,
    coalesce(unit_contact.telephone, nullif(regexp_extract(known_contact, '\+?[0-9][0-9 -]{5,}[0-9]'), '')) AS telephone,
    placed.province, placed.scope,
    confirmed, coalesce(unconfirmed, 0) AS unconfirmed, url, handed_in_on
FROM placed
LEFT JOIN agency AS above ON above.agency_id = placed.reports_to_id
LEFT JOIN waiting ON waiting.agency_id = placed.agency_id
LEFT JOIN unit_contact ON unit_contact.collection = $collection AND unit_contact.agency_id = placed.agency_id
WHERE coalesce($scope, '') = '' OR placed.scope = $scope
ORDER BY placed.province COLLATE zh, placed.city COLLATE zh NULLS FIRST, placed.county COLLATE zh NULLS FIRST,
    list_position(['national', 'province', 'prefecture', 'county', 'township'], placed.level),
    placed.agency COLLATE zh, placed.agency_id;
