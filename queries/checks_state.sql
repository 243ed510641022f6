-- question: Do the findings across reports rest on all that is stored and decided now?
-- parameters: collection text
-- columns: collection, checked, fresh, new_runs, new_decisions, new_submissions, new_ledgers
-- checked: whether `gongkai check` was ever run over the whole collection; fresh: nothing was stored (new_runs) nor decided
-- about reports and figures (new_decisions) since, nor about who is due, by when, and what came (new_submissions), and the
-- ledgers of other offices are the same (new_ledgers).
WITH known AS (
    SELECT max(run) AS run, max(decision) AS decision, max(correction) AS correction, max(submissions) AS submissions,
        max(ledgers) AS ledgers
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
        ) AS new_decisions,
        coalesce(known.submissions, 0) <> coalesce(
            (SELECT digest FROM submissions_digest AS now WHERE now.collection = $collection), 0
        ) AS new_submissions,
        coalesce(known.ledgers, 0) <> coalesce(
            (SELECT digest FROM ledger_digest AS now WHERE now.collection = $collection), 0
        ) AS new_ledgers
    FROM known
)
SELECT
    $collection AS collection, checked,
    checked AND new_runs = 0 AND new_decisions = 0 AND NOT new_submissions AND NOT new_ledgers AS fresh, new_runs,
    new_decisions, new_submissions, new_ledgers
FROM since;
