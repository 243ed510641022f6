-- Rules and normative documents per unit, year and scope: gongkai/checks/across/stocks.py. Left out are series in which
-- every year follows from the one before to the last digit, with no less in force than it issued less repealed.
WITH stock AS (
    SELECT
        unit_number, year, scope, split_part(metric::VARCHAR, '.', 1) AS kind,
        max(value) FILTER (WHERE metric::VARCHAR LIKE '%.issued') AS issued,
        max(value) FILTER (WHERE metric::VARCHAR LIKE '%.repealed') AS repealed,
        max(value) FILTER (WHERE metric::VARCHAR LIKE '%.in_force') AS in_force,
        min(number) AS number, bool_or(doubted) AS doubted
    FROM check_cell
    WHERE metric IN (
            'rules.issued', 'rules.repealed', 'rules.in_force', 'normative_documents.issued',
            'normative_documents.repealed', 'normative_documents.in_force'
        )
        AND applicant = 'all'
    GROUP BY unit_number, year, scope, split_part(metric::VARCHAR, '.', 1)
),
rolled AS (
    SELECT
        *,
        coalesce(in_force < issued - repealed, false) OR coalesce(
            in_force <> lag(in_force) OVER series + issued - repealed AND year = 1 + lag(year) OVER series, false
        ) AS broken
    FROM stock
    WINDOW series AS (PARTITION BY unit_number, scope, kind ORDER BY year)
)
SELECT
    report.unit, report.year, rolled.scope::VARCHAR AS scope, rolled.kind, rolled.issued, rolled.repealed, rolled.in_force,
    report.report, rolled.doubted
FROM rolled JOIN check_report AS report USING (number)
QUALIFY bool_or(broken) OVER (PARTITION BY rolled.unit_number, rolled.scope, rolled.kind)
