-- question: Do the findings across reports rest on all that is stored and decided now?
-- parameters: collection text
-- columns: collection, checked, fresh, new_runs, new_decisions, new_submissions
-- checked: whether `gongkai check` was ever run over the whole collection; fresh: nothing was stored (new_runs) nor decided
-- about reports and figures (new_decisions) since, nor about who is due, by when, and what came (new_submissions).
WITH known AS (
    SELECT max(run) AS run, max(decision) AS decision, max(correction) AS correction, max(submissions) AS submissions
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
        ) AS new_submissions
    FROM known
)
SELECT
    $collection AS collection, checked,
    checked AND new_runs = 0 AND new_decisions = 0 AND NOT new_submissions AS fresh, new_runs, new_decisions,
    new_submissions
FROM since;
