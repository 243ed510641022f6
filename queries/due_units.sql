-- question: Who is on a year's list (or, where it is not confirmed, on the proposed one), and who could be put on it?
-- parameters: collection text, year integer
-- columns: agency_id, agency, province, city, county, level, kind, due, edited, exists_then
-- edited: somebody put the unit on this year's list or took it out. exists_then: the register has it in that year.
WITH listed AS (
    SELECT agency_id, due FROM due_unit($collection, $year, $year)
),
registered AS (
    SELECT
        agency_id,
        coalesce(since, $year) <= $year AND coalesce(until, $year) >= $year AS exists_then
    FROM registered_agency
    WHERE collection = $collection
),
edited AS (
    SELECT agency_id FROM due_entry WHERE collection = $collection AND year = $year
)
SELECT
    agency_id, agency.name AS agency, agency.province, agency.city, agency.county, agency.level, agency.kind,
    coalesce(listed.due, false) AS due, edited.agency_id IS NOT NULL AS edited,
    coalesce(registered.exists_then, false) AS exists_then
FROM listed
FULL JOIN registered USING (agency_id)
LEFT JOIN edited USING (agency_id)
JOIN agency USING (agency_id)
WHERE coalesce(listed.due, false) OR edited.agency_id IS NOT NULL OR registered.exists_then
ORDER BY agency.province COLLATE zh, agency.city COLLATE zh NULLS FIRST, agency.county COLLATE zh NULLS FIRST,
    list_position(['national', 'province', 'prefecture', 'county', 'township'], agency.level),
    agency.name COLLATE zh, agency_id;
