-- question: Which agencies pass the filters on place, level and kind ('' or an empty list: all), and on a group of units
--   (null: all; see _peer_member.sql)?
-- parameters: province text, city text, levels texts, kinds texts, peers text = null
-- columns: agency_id, agency, province, city, county, level, kind
SELECT agency_id, name AS agency, province, city, county, level, kind
FROM agency
WHERE ($province = '' OR province = $province)
    AND ($city = '' OR city = $city)
    AND (len($levels) = 0 OR list_contains($levels, level))
    AND (len($kinds) = 0 OR list_contains($kinds, kind))
    AND ($peers IS NULL OR agency_id IN (SELECT agency_id FROM peer_member($peers)))
