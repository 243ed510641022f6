-- question: Which units have a name with these words, in whichever collection and scope they have current reports?
-- parameters: words text, count integer = 12
-- columns: agency_id, agency, collection, scope, reports
SELECT
    agency_id, agency.name AS agency, report.collection, coalesce(report.scope, 'unstated') AS scope,
    count(*) AS reports
FROM agency JOIN report USING (agency_id)
WHERE report.standing = 'current' AND contains(lower(agency.name), lower($words))
GROUP BY ALL
ORDER BY reports DESC, agency COLLATE zh, agency_id, collection, scope
LIMIT $count;
