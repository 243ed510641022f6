-- Table 3's flow per unit, year, scope and applicant: gongkai/checks/across/carry_over.py.
SELECT
    unit, year, scope, applicant,
    max(value) FILTER (WHERE metric = 'applications.new') AS new,
    max(value) FILTER (WHERE metric = 'applications.carried_in') AS carried_in,
    max(value) FILTER (WHERE metric = 'applications.closed') AS closed,
    max(value) FILTER (WHERE metric = 'applications.carried_out') AS carried_out,
    min(report) AS report, bool_or(doubted) AS doubted
FROM check_cell
WHERE metric IN ('applications.new', 'applications.carried_in', 'applications.closed', 'applications.carried_out')
GROUP BY unit, year, scope, applicant
