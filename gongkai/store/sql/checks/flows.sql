-- Table 3's flow per unit, year, scope and applicant: gongkai/checks/across/carry_over.py.
WITH flow AS (
    SELECT
        unit_number, year, scope, applicant,
        max(value) FILTER (WHERE metric = 'applications.new') AS new,
        max(value) FILTER (WHERE metric = 'applications.carried_in') AS carried_in,
        max(value) FILTER (WHERE metric = 'applications.closed') AS closed,
        max(value) FILTER (WHERE metric = 'applications.carried_out') AS carried_out,
        min(number) AS number, bool_or(doubted) AS doubted
    FROM check_cell
    WHERE metric IN ('applications.new', 'applications.carried_in', 'applications.closed', 'applications.carried_out')
    GROUP BY unit_number, year, scope, applicant
)
SELECT
    report.unit, report.year, flow.scope::VARCHAR AS scope, flow.applicant::VARCHAR AS applicant, flow.new, flow.carried_in,
    flow.closed, flow.carried_out, report.report, flow.doubted
FROM flow JOIN check_report AS report USING (number)
