-- What other offices' ledgers say of the units with a report, beside what the reports give (queries/_ledger_compared.sql).
SELECT
    compared.agency_id AS unit, compared.year, coalesce(own_scope, compared.scope) AS scope, metric, compared.kind AS ledger, file,
    row_no AS "row", compared.value AS expected, own AS found, state, compared.report_id AS report,
    check_report.doubted OR own_scope = 'unstated' OR basis = 'imported' AS doubted
FROM ledger_compared AS compared
JOIN check_report ON check_report.report = compared.report_id
WHERE compared.collection = $collection
