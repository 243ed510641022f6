-- Government rules that a unit made or has in force, and its level.
SELECT unit, year, scope, metric, value, level, report, doubted
FROM check_named
WHERE metric IN ('rules.issued', 'rules.repealed', 'rules.in_force', 'rules.made') AND applicant = 'all'
