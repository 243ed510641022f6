-- Table 3's flow per unit, year, scope and applicant: gongkai/checks/across/carry_over.py. Left out are applicants' series
-- in which every year follows from the one before to the last digit, but for units that took another one over or were.
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
),
followed AS (
    SELECT
        *,
        carried_in <> lag(carried_out) OVER series AND year = 1 + lag(year) OVER series AS broken
    FROM flow
    WINDOW series AS (PARTITION BY unit_number, scope, applicant ORDER BY year)
),
merged AS (
    SELECT agency_id AS unit
    FROM registered_agency
    WHERE collection = $collection AND successor_id IS NOT NULL
    UNION
    SELECT successor_id FROM registered_agency WHERE collection = $collection AND successor_id IS NOT NULL
)
SELECT
    report.unit, report.year, followed.scope::VARCHAR AS scope, followed.applicant::VARCHAR AS applicant, followed.new,
    followed.carried_in, followed.closed, followed.carried_out, report.report, followed.doubted
FROM followed
JOIN check_report AS report USING (number)
LEFT JOIN merged ON merged.unit = report.unit
QUALIFY merged.unit IS NOT NULL
    OR bool_or(broken) OVER (PARTITION BY followed.unit_number, followed.scope, followed.applicant)
