-- question: Which units are in a group? `peers` as in _peer_member.sql.
-- parameters: peers text
-- columns: agency_id, agency, province, city, level, kind
SELECT agency_id, name AS agency, province, city, level, kind
FROM agency SEMI JOIN peer_member($peers) USING (agency_id)
ORDER BY agency COLLATE zh, agency_id;
