-- question: What do other offices' ledgers say, and what do the reports give for it?
-- parameters: collection text, kind text = null, year integer = null, agency_id text = null, states texts = [],
--   batch text = null
-- columns: kind, year, agency_id, agency, named, scope, metric, value, own, own_scope, state, file, row_no, batch, report_id
-- named: as the ledger calls the unit. own: the report's figure; the states are those of _ledger_compared.sql.
SELECT
    compared.kind, year, agency_id, coalesce(agency.name, named) AS agency, named, scope, metric, value, own, own_scope, state,
    file, row_no, batch, report_id
FROM ledger_compared AS compared LEFT JOIN agency USING (agency_id)
LEFT JOIN metric ON metric.code = compared.metric
WHERE compared.collection = $collection
    AND ($kind IS NULL OR compared.kind = $kind)
    AND ($year IS NULL OR year = $year)
    AND ($agency_id IS NULL OR agency_id = $agency_id)
    AND ($batch IS NULL OR batch = $batch)
    AND (len($states) = 0 OR list_contains($states, state))
ORDER BY year DESC, compared.kind, row_no, agency_id, metric.position;
