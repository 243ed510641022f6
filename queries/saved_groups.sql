-- question: Which groups did people save, with how many units, and who keeps them?
-- parameters: none
-- columns: saved_id, collection, name, units, owner, changed_by, changed_at
SELECT saved_id, collection, name, count(agency_id) AS units, owner, changed_by, changed_at
FROM saved_group LEFT JOIN saved_member USING (saved_id)
GROUP BY ALL
ORDER BY collection, name COLLATE zh, saved_id;
