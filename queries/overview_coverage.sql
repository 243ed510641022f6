-- question: Who has reports of which years? Grouped by province, by city, or by unit; `known` counts the units of a group.
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null, grouping text
-- columns: place, agency_id, known, year, units
WITH covered AS (
    SELECT *
    FROM unit_year($collection, $scope, $first_year, $last_year, $province, $city, $levels, $kinds, $peers)
),
placed AS (
    SELECT
        CASE $grouping
            WHEN 'province' THEN coalesce(agency.province, '')
            WHEN 'city' THEN coalesce(agency.city, agency.province, '')
            ELSE agency.name
        END AS place,
        CASE WHEN $grouping = 'unit' THEN agency_id END AS agency_id,
        agency_id AS unit, covered.year
    FROM covered JOIN agency USING (agency_id)
),
sized AS (
    SELECT place, agency_id, count(DISTINCT unit) AS known FROM placed GROUP BY ALL
)
SELECT place, placed.agency_id AS agency_id, known, year, count(DISTINCT unit) AS units
FROM placed JOIN sized USING (place)
WHERE placed.agency_id IS NOT DISTINCT FROM sized.agency_id
GROUP BY place, placed.agency_id, known, year
ORDER BY place COLLATE zh, agency_id, year;
