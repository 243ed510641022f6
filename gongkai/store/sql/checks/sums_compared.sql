-- One row per government, year, metric and applicant in which every unit that counts gives a number.
WITH added AS (
    SELECT
        member.within_id AS unit, member.year, cell.metric, cell.applicant, sum(cell.value) AS total,
        count(*) AS given, bool_or(cell.doubted) AS doubted
    FROM check_cell AS cell
    JOIN check_member AS member
        ON member.member_id = cell.unit AND member.year = cell.year AND member.scope = cell.scope AND member.counted
    SEMI JOIN check_whole AS whole ON whole.within_id = member.within_id AND whole.year = member.year
    WHERE cell.regime IN ('2019', '2021')
    GROUP BY member.within_id, member.year, cell.metric, cell.applicant
)
SELECT
    own.unit, own.year, own.scope, own.metric, own.applicant, own.value AS own, added.total, whole.units,
    own.report, own.doubted OR added.doubted AS doubted
FROM check_cell AS own
JOIN check_whole AS whole ON whole.within_id = own.unit AND whole.year = own.year
JOIN added
    ON added.unit = own.unit AND added.year = own.year AND added.metric = own.metric
    AND added.applicant = own.applicant AND added.given = whole.units
JOIN metric ON metric.code = own.metric AND metric.kind <> 'rate'
WHERE own.scope = 'whole' AND own.regime IN ('2019', '2021')
