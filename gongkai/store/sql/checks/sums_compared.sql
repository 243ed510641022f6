-- One row per government, year, metric and applicant in which every unit that counts gives a number, and they do not add
-- up to the government's own to the last digit.
WITH unit AS (
    SELECT DISTINCT unit, unit_number FROM check_report
),
part AS (
    SELECT
        own.unit_number, member.year, TRY_CAST(member.scope AS check_scope) AS scope,
        within.unit_number AS within_number, whole.units
    FROM check_member AS member
    JOIN check_whole AS whole ON whole.within_id = member.within_id AND whole.year = member.year
    JOIN unit AS own ON own.unit = member.member_id
    JOIN unit AS within ON within.unit = member.within_id
    WHERE member.counted
),
added AS (
    SELECT
        part.within_number, part.year, cell.metric, cell.applicant, sum(cell.value) AS total, count(*) AS given,
        any_value(part.units) AS units, bool_or(cell.doubted) AS doubted
    FROM check_cell AS cell
    JOIN part ON part.unit_number = cell.unit_number AND part.year = cell.year AND part.scope = cell.scope
    WHERE cell.regime IN ('2019', '2021')
    GROUP BY part.within_number, part.year, cell.metric, cell.applicant
)
SELECT
    report.unit, report.year, own.scope::VARCHAR AS scope, own.metric::VARCHAR AS metric,
    own.applicant::VARCHAR AS applicant, own.value AS own, added.total, added.units, report.report,
    own.doubted OR added.doubted AS doubted
FROM added
JOIN check_cell AS own
    ON own.unit_number = added.within_number AND own.year = added.year AND own.metric = added.metric
    AND own.applicant = added.applicant
JOIN metric ON metric.code = own.metric AND metric.kind <> 'rate'
JOIN check_report AS report ON report.number = own.number
WHERE own.scope = 'whole' AND own.regime IN ('2019', '2021') AND added.given = added.units AND own.value <> added.total
