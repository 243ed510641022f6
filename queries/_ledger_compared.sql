-- question: What does each ledger say of a unit, and what does the unit's report give for it?
-- parameters: none
-- columns: collection, kind, batch, agency_id, named, year, scope, metric, applicant, value, file, row_no, own, own_scope,
--   basis, report_id, state
-- scope: what the ledger counts: what its column 口径 says, else what the unit usually reports on. Only the report's figure
-- of that very scope is held against it, or, where the report's scope is not known, that one (own_scope unstated).
-- state: agrees, differs, no_figure (the report gives no number for it), no_report (nothing of that unit and year stands),
-- other_scope (what stands counts the other scope).
WITH said AS (
    SELECT
        ledger_figure.* EXCLUDE (entry, scope),
        coalesce(ledger_figure.scope, registered.scope, usual_scope.scope, 'unstated') AS scope
    FROM ledger_figure
    LEFT JOIN registered_agency AS registered
        ON registered.collection = ledger_figure.collection AND registered.agency_id = ledger_figure.agency_id
    LEFT JOIN agency ON agency.agency_id = ledger_figure.agency_id
    LEFT JOIN usual_scope ON usual_scope.level = agency.level AND usual_scope.kind = agency.kind
),
told AS (
    SELECT collection, agency_id, year, coalesce(scope, 'unstated') AS scope, metric, applicant, value, basis, report_id
    FROM fact
    WHERE metric IN (SELECT metric FROM ledger_figure) AND applicant = 'all'
        AND year IN (SELECT year FROM ledger_figure) AND status = 'reported' AND NOT approximate AND basis <> 'narrative'
),
reporting AS (
    SELECT
        collection, agency_id, year, list(DISTINCT coalesce(scope, 'unstated')) AS scopes
    FROM report
    WHERE standing = 'current' AND kind = 'annual_report' AND year IN (SELECT year FROM ledger_figure)
    GROUP BY collection, agency_id, year
)
-- One join for each scope that counts: with both in one condition, every row would be held against every other.
SELECT
    said.collection, said.kind, batch, said.agency_id, named, said.year, said.scope, said.metric, said.applicant,
    said.value, file, row_no, coalesce(told.value, vague.value) AS own, coalesce(told.scope, vague.scope) AS own_scope,
    coalesce(told.basis, vague.basis) AS basis, coalesce(told.report_id, vague.report_id) AS report_id,
    CASE
        WHEN abs(coalesce(told.value, vague.value) - said.value) <= ledger_setting.tolerance THEN 'agrees'
        WHEN coalesce(told.value, vague.value) IS NOT NULL THEN 'differs'
        WHEN reporting.scopes IS NULL THEN 'no_report'
        WHEN list_has_any(reporting.scopes, [said.scope, 'unstated']) THEN 'no_figure'
        ELSE 'other_scope'
    END AS state
FROM said
CROSS JOIN ledger_setting
LEFT JOIN told
    ON told.collection = said.collection AND told.agency_id = said.agency_id AND told.year = said.year
    AND told.metric = said.metric AND told.applicant = said.applicant AND told.scope = said.scope
LEFT JOIN told AS vague
    ON vague.collection = said.collection AND vague.agency_id = said.agency_id AND vague.year = said.year
    AND vague.metric = said.metric AND vague.applicant = said.applicant AND vague.scope = 'unstated'
LEFT JOIN reporting
    ON reporting.collection = said.collection AND reporting.agency_id = said.agency_id AND reporting.year = said.year
QUALIFY row_number() OVER (
    PARTITION BY said.collection, said.kind, said.agency_id, said.year, said.scope, said.metric ORDER BY row_no
) = 1
