-- What each unit puts into the cells that differ (check_wrong), what another version of its report says there, and
-- whether its own table is wrong in them.
WITH asked AS (
    SELECT wrong.unit, wrong.year, wrong.scope, wrong.metric, wrong.applicant, member.member_id, member.counted,
        member.scope AS part_scope
    FROM check_wrong AS wrong
    JOIN check_member AS member ON member.within_id = wrong.unit AND member.year = wrong.year
),
other_version AS (
    SELECT
        report.agency_id, report.year, coalesce(figure.scope, report.scope) AS scope, figure.metric, figure.applicant,
        min(figure.value) AS value
    FROM figure JOIN report USING (report_id)
    WHERE report.collection = $collection AND report.standing = 'superseded' AND figure.method = 'table'
        AND figure.status = 'reported' AND report.agency_id IN (SELECT member_id FROM asked)
    GROUP BY ALL
),
faulty AS (
    SELECT DISTINCT report.agency_id, report.year, unnest(finding.metrics) AS metric
    FROM finding JOIN report USING (report_id)
    WHERE report.collection = $collection AND report.standing = 'current' AND finding.severity = 'error'
        AND NOT finding.doubtful AND report.agency_id IN (SELECT member_id FROM asked)
)
SELECT
    asked.unit, asked.year, asked.scope, asked.metric, asked.applicant, asked.member_id AS part, cell.value,
    asked.counted, asked.part_scope, other_version.value AS other_value, faulty.metric IS NOT NULL AS faulty, cell.report
FROM asked
LEFT JOIN check_named AS cell
    ON cell.unit = asked.member_id AND cell.year = asked.year AND cell.scope = asked.part_scope
    AND cell.metric = asked.metric AND cell.applicant = asked.applicant
LEFT JOIN other_version
    ON other_version.agency_id = asked.member_id AND other_version.year = asked.year
    AND other_version.scope = asked.part_scope AND other_version.metric = asked.metric
    AND other_version.applicant = asked.applicant
LEFT JOIN faulty
    ON faulty.agency_id = asked.member_id AND faulty.year = asked.year AND faulty.metric = asked.metric
ORDER BY ALL
