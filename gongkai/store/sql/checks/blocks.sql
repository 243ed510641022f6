-- The blocks of table 4 per unit, year and scope, of those units that left a case pending in any year.
WITH block AS (
    SELECT
        unit_number, year, scope, regexp_replace(metric::VARCHAR, '\.(total|pending)$', '') AS block,
        max(value) FILTER (WHERE metric::VARCHAR LIKE '%.total') AS total,
        max(value) FILTER (WHERE metric::VARCHAR LIKE '%.pending') AS pending,
        min(number) AS number, bool_or(doubted) AS doubted
    FROM check_cell
    WHERE metric IN (
            'review.total', 'review.pending', 'litigation.direct.total', 'litigation.direct.pending',
            'litigation.after_review.total', 'litigation.after_review.pending'
        )
        AND applicant = 'all'
    GROUP BY unit_number, year, scope, regexp_replace(metric::VARCHAR, '\.(total|pending)$', '')
)
SELECT
    report.unit, report.year, block.scope::VARCHAR AS scope, block.block, block.total, block.pending, report.report,
    block.doubted
FROM block JOIN check_report AS report USING (number)
QUALIFY max(pending) OVER (PARTITION BY block.unit_number, block.scope, block.block) > 0
