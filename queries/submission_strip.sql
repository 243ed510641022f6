-- question: In which state was every unit's item of each year? A year without a row: the unit was not due and sent nothing.
-- parameters: collection text, item text, year integer, first_year integer, last_year integer, province text = null,
--   city text = null, levels texts = [], kinds texts = [], peers text = null
-- columns: agency_id, agency, year, state
-- Where a year's list is not confirmed, only what was received is told; but `year` has its proposed list.
WITH due AS (
    SELECT entry.agency_id, entry.year
    FROM due_entry AS entry JOIN due_list ON due_list.collection = entry.collection AND due_list.year = entry.year
    WHERE entry.collection = $collection AND entry.year BETWEEN $first_year AND $last_year AND entry.due
        AND due_list.confirmed
    UNION
    SELECT agency_id, $year AS year FROM due_unit($collection, $year, $year) WHERE due
),
reached AS (
    SELECT agency_id, year, state FROM submission_state($collection, $item, $first_year, $last_year)
)
SELECT agency_id, agency.name AS agency, year, coalesce(state, 'missing') AS state
FROM due FULL JOIN reached USING (agency_id, year) JOIN agency USING (agency_id)
WHERE (coalesce($province, '') = '' OR agency.province = $province)
    AND (coalesce($city, '') = '' OR agency.city = $city)
    AND (len($levels) = 0 OR list_contains($levels, agency.level))
    AND (len($kinds) = 0 OR list_contains($kinds, agency.kind))
    AND ($peers IS NULL OR agency_id IN (SELECT agency_id FROM peer_member($peers)))
ORDER BY agency.province COLLATE zh, agency.city COLLATE zh NULLS FIRST, agency.county COLLATE zh NULLS FIRST,
    list_position(['national', 'province', 'prefecture', 'county', 'township'], agency.level),
    agency.name COLLATE zh, agency_id, year;
