-- question: In which registered units do others count, by their names?
-- parameters: collection text, words text = null, count integer = 200
-- columns: agency_id, agency, level, kind, city, members
SELECT
    outer_one.agency_id, outer_one.name AS agency, outer_one.level, outer_one.kind, outer_one.city,
    count(*) AS members
FROM registered_agency AS outer_one
JOIN registered_agency AS inner_one
    ON inner_one.collection = outer_one.collection AND inner_one.counts_in_id = outer_one.agency_id
WHERE outer_one.collection = $collection
    AND ($words IS NULL OR contains(lower(outer_one.name), lower($words)))
GROUP BY outer_one.agency_id, outer_one.name, outer_one.level, outer_one.kind, outer_one.city
ORDER BY
    list_position(['national', 'province', 'prefecture', 'county', 'township'], outer_one.level) NULLS LAST,
    agency COLLATE zh, agency_id
LIMIT $count;
