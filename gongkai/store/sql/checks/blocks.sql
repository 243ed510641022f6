-- The blocks of table 4 per unit, year and scope.
SELECT
    unit, year, scope, regexp_replace(metric, '\.(total|pending)$', '') AS block,
    max(value) FILTER (WHERE metric LIKE '%.total') AS total,
    max(value) FILTER (WHERE metric LIKE '%.pending') AS pending,
    min(report) AS report, bool_or(doubted) AS doubted
FROM check_named
WHERE metric IN (
        'review.total', 'review.pending', 'litigation.direct.total', 'litigation.direct.pending',
        'litigation.after_review.total', 'litigation.after_review.pending'
    )
    AND applicant = 'all'
GROUP BY unit, year, scope, block
