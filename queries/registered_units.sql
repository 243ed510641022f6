-- question: Which registered units of a collection are called, or were called, like this?
-- parameters: collection text, words text, count integer = 12
-- columns: agency_id, agency, province, city, county, known_as
-- known_as: the short or former name in which the words stand, null where the unit's own name holds them.
WITH named AS (
    SELECT
        unit.agency_id, unit.name AS agency, unit.province, unit.city, unit.county, said.name AS said,
        said.name = unit.name AS own
    FROM registered_agency AS unit JOIN registered_name AS said USING (collection, agency_id)
    WHERE unit.collection = $collection AND contains(lower(said.name), lower($words))
)
SELECT
    agency_id, agency, province, city, county, CASE WHEN bool_or(own) THEN NULL ELSE min(said) END AS known_as
FROM named
GROUP BY agency_id, agency, province, city, county
ORDER BY bool_or(own) DESC, length(agency), agency COLLATE zh, agency_id
LIMIT $count;
