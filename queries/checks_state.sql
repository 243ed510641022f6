-- question: Do the findings across reports rest on all that is stored and decided now?
-- parameters: collection text
-- columns: collection, checked, fresh, new_runs, new_decisions
-- checked: whether `gongkai check` was ever run over the whole collection; fresh: nothing was stored (new_runs) nor decided
-- about reports and figures (new_decisions) since.
WITH known AS (
    SELECT max(run) AS run, max(decision) AS decision, max(correction) AS correction
    FROM check_state
    WHERE collection = $collection
),
since AS (
    SELECT
        known.run IS NOT NULL AS checked,
        (SELECT count(*) FROM ingest_run WHERE ingest_run.run > coalesce(known.run, -1)) AS new_runs,
        (
            SELECT count(*)
            FROM decision
            WHERE decision.collection = $collection AND decision.decision > coalesce(known.decision, 0)
        )
        + (
            SELECT count(*)
            FROM correction
            WHERE correction.collection = $collection AND correction.correction > coalesce(known.correction, 0)
        ) AS new_decisions
    FROM known
)
SELECT $collection AS collection, checked, checked AND new_runs = 0 AND new_decisions = 0 AS fresh, new_runs, new_decisions
FROM since;
