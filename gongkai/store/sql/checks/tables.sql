-- A digest of every table of a unit, year and scope that has the same one in another year: equal digests, equal cells. (A
-- hash of several values is linear in them: without the outer one, values that changed places would give the same sum.)
WITH digested AS (
    SELECT
        cell.unit_number, cell.year, cell.scope, metric.metric_group AS "table", min(cell.regime)::VARCHAR AS regime,
        (bit_xor(hash(hash(cell.metric, cell.applicant, cell.value))) >> 1)::BIGINT AS digest, count(*) AS cells,
        max(cell.value) AS largest, min(cell.number) AS number, bool_or(cell.doubted) AS doubted
    FROM check_cell AS cell JOIN metric ON metric.code = cell.metric
    WHERE cell.regime IN ('2019', '2021')
    GROUP BY cell.unit_number, cell.year, cell.scope, metric.metric_group
    QUALIFY count(*) OVER (PARTITION BY cell.unit_number, cell.scope, metric.metric_group, digest) > 1
)
SELECT
    report.unit, report.year, digested.scope::VARCHAR AS scope, digested."table", digested.regime, digested.digest,
    digested.cells, digested.largest, report.report, digested.doubted
FROM digested JOIN check_report AS report USING (number)
