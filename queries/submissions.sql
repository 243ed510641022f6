-- question: How far is every unit that has to hand in an item of a year, and every unit that did so unasked?
-- parameters: collection text, year integer, item text = report, today date, province text = null, city text = null,
--   levels texts = [], kinds texts = [], scope text = null, agency_id text = null, peers text = null
-- columns: agency_id, agency, city, county, level, kind, reports_to_id, reports_to, due, state, since, versions, returns,
--   report_id, fresh, received_on, published_on, filed_on, due_on, statutory_on, late_days, contact, telephone, province,
--   scope, confirmed, unconfirmed, url, handed_in_on
-- due_on, statutory_on, late_days and unconfirmed: _submission.sql. An empty text or list leaves everything.
-- Whom to call is told by the register, else by the list that came with the latest version: a name and a telephone in one.
WITH placed AS (
    SELECT
        unit.*, agency.name AS agency, agency.province, agency.city, agency.county, agency.level, agency.kind,
        registered.reports_to_id,
        coalesce(registered.scope, usual_scope.scope) AS scope
    FROM submission($collection, $item, $year, $year, $today) AS unit
    JOIN agency USING (agency_id)
    LEFT JOIN registered_agency AS registered
        ON registered.collection = $collection AND registered.agency_id = unit.agency_id
    LEFT JOIN usual_scope ON usual_scope.level = agency.level AND usual_scope.kind = agency.kind
    WHERE ($agency_id IS NULL OR unit.agency_id = $agency_id)
        AND (coalesce($province, '') = '' OR agency.province = $province)
        AND (coalesce($city, '') = '' OR agency.city = $city)
        AND (len($levels) = 0 OR list_contains($levels, agency.level))
        AND (len($kinds) = 0 OR list_contains($kinds, agency.kind))
        AND ($peers IS NULL OR unit.agency_id IN (SELECT agency_id FROM peer_member($peers)))
)
SELECT
    placed.agency_id, placed.agency, placed.city, placed.county, placed.level, placed.kind, placed.reports_to_id,
    above.name AS reports_to, due, state, since, versions, returns, report_id, fresh, received_on, published_on, filed_on,
    due_on, statutory_on, late_days,
    coalesce(unit_contact.contact, nullif(trim(regexp_replace(known_contact, '\+?[0-9][0-9 -]{5,}[0-9]', '')), '')) AS contact,
    coalesce(unit_contact.telephone, nullif(regexp_extract(known_contact, '\+?[0-9][0-9 -]{5,}[0-9]'), '')) AS telephone,
    placed.province, placed.scope,
    confirmed, unconfirmed, url, handed_in_on
FROM placed
LEFT JOIN agency AS above ON above.agency_id = placed.reports_to_id
LEFT JOIN unit_contact ON unit_contact.collection = $collection AND unit_contact.agency_id = placed.agency_id
WHERE coalesce($scope, '') = '' OR placed.scope = $scope
ORDER BY placed.province COLLATE zh, placed.city COLLATE zh NULLS FIRST, placed.county COLLATE zh NULLS FIRST,
    list_position(['national', 'province', 'prefecture', 'county', 'township'], placed.level),
    placed.agency COLLATE zh, placed.agency_id;
