-- question: Which files could the last ingest runs not read, and why?
-- parameters: runs integer = 1
-- columns: run, finished, actor, source, reason, message
-- Runs without a failure between them count too: what the last run read well is no failure any more.
WITH latest AS (
    SELECT run, finished, actor FROM ingest_run ORDER BY run DESC LIMIT $runs
)
SELECT latest.run, latest.finished, latest.actor, source, reason, message
FROM ingest_failure JOIN latest USING (run)
ORDER BY run DESC, source;
