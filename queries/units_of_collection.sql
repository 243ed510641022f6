-- question: Which units does a collection know, from its register or its reports, by words in their names or by ids?
-- parameters: collection text, words text = null, agency_ids texts = null, count integer = 50
-- columns: agency_id, agency, province, city, level, kind
SELECT agency_id, name AS agency, province, city, level, kind
FROM agency
WHERE agency_id IN (
    SELECT agency_id FROM registered_agency WHERE collection = $collection
    UNION ALL
    SELECT agency_id FROM report WHERE collection = $collection AND agency_id IS NOT NULL
)
    AND ($words IS NULL OR contains(lower(name), lower($words)))
    AND ($agency_ids IS NULL OR list_contains($agency_ids, agency_id))
ORDER BY
    list_position(['national', 'province', 'prefecture', 'county', 'township'], level) NULLS LAST,
    agency COLLATE zh, agency_id
LIMIT $count;
