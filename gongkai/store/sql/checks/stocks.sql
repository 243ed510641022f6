-- Rules and normative documents per unit, year and scope: gongkai/checks/across/stocks.py.
SELECT
    unit, year, scope, split_part(metric, '.', 1) AS kind,
    max(value) FILTER (WHERE metric LIKE '%.issued') AS issued,
    max(value) FILTER (WHERE metric LIKE '%.repealed') AS repealed,
    max(value) FILTER (WHERE metric LIKE '%.in_force') AS in_force,
    min(report) AS report, bool_or(doubted) AS doubted
FROM check_named
WHERE metric IN (
        'rules.issued', 'rules.repealed', 'rules.in_force', 'normative_documents.issued',
        'normative_documents.repealed', 'normative_documents.in_force'
    )
    AND applicant = 'all'
GROUP BY unit, year, scope, split_part(metric, '.', 1)
