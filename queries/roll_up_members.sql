-- question: Which units are in a total, and which are missing or left out, and why?
-- parameters: collection text, agency_id text, year integer, members texts = [], part text = whole, use text = published
-- columns: member_id, member, level, kind, city, county, scope, state, other_id, other, report_id, stage, regime, source,
--   url, received_on, published_on, reviewer, contact
SELECT
    member.member_id, member.member, member.level, member.kind, member.city, member.county, member.scope, member.state,
    member.other_id, other.name AS other, member.report_id, member.stage, member.regime, report.source, report.url,
    report.received_on, report.published_on, report.reviewer, report.contact
FROM roll_up_member($collection, $agency_id, $members, $year, $year, $part, $use) AS member
LEFT JOIN report ON report.report_id = member.report_id
LEFT JOIN agency AS other ON other.agency_id = member.other_id
ORDER BY
    -- The unit's own organs before the governments below it.
    list_position(['national', 'province', 'prefecture', 'county', 'township'], member.level),
    list_position(['office', 'department', 'institution', 'vertical', 'zone', 'government'], member.kind),
    member.city COLLATE zh NULLS FIRST, member.member COLLATE zh, member.member_id;
