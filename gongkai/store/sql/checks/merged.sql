-- Whose cases a unit took over, and in which year it answers for them first.
SELECT successor_id AS unit, until + 1 AS year, agency_id AS predecessor
FROM registered_agency
WHERE collection = $collection AND successor_id IS NOT NULL AND until IS NOT NULL
ORDER BY successor_id, year, predecessor
