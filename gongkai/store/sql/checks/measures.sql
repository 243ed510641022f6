-- The figures whose changes are looked at ($metrics), for all applicants.
SELECT unit, year, scope, metric, value, peers, kind, report, doubted
FROM check_named
WHERE metric IN (SELECT unnest($metrics)) AND applicant = 'all'
