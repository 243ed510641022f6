-- question: Which units are meant by `peers`: "saved:3" (a group that a person saved), "county_departments" (a peer group),
--   or "county_departments:few:organ:2025:office" (its band in a scope, as of a year, in a collection)?
-- parameters: peers text
-- columns: agency_id
SELECT agency_id FROM saved_member WHERE $peers = 'saved:' || saved_id
UNION ALL
SELECT agency.agency_id FROM agency JOIN peer_rule USING (level, kind) WHERE peer_rule.code = $peers
UNION ALL
SELECT agency_id
FROM peer_group(
    split_part($peers, ':', 5), split_part($peers, ':', 3),
    coalesce(TRY_CAST(split_part($peers, ':', 4) AS BIGINT), 0),
    coalesce(TRY_CAST(split_part($peers, ':', 4) AS BIGINT), 0)
)
WHERE peer_group = split_part($peers, ':', 1) AND band = split_part($peers, ':', 2)
