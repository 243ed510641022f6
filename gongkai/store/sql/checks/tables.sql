-- A digest of every table of a unit, year and scope: equal digests, equal cells. (A hash of several values is linear in
-- them: without the outer one, values that changed places would give the same sum.)
SELECT
    cell.unit, cell.year, cell.scope, metric.metric_group AS "table", min(cell.regime) AS regime,
    (bit_xor(hash(hash(cell.metric, cell.applicant, cell.value))) >> 1)::BIGINT AS digest, count(*) AS cells,
    max(cell.value) AS largest,
    min(cell.report) AS report, bool_or(cell.doubted) AS doubted
FROM check_cell AS cell JOIN metric ON metric.code = cell.metric
WHERE cell.regime IN ('2019', '2021')
GROUP BY cell.unit, cell.year, cell.scope, metric.metric_group
