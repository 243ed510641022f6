-- question: Which files could not be read, and have not been read since?
-- parameters: runs integer = 200
-- columns: run, finished, actor, source, reason, message
-- A failure stands until the same file, or another one of its name, is read or fails anew, for so many runs at most.
WITH latest AS (
    SELECT source, sha256, reason, message, run
    FROM ingest_failure
    WHERE run > (SELECT max(run) FROM ingest_run) - $runs
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY run DESC) = 1
),
unread AS (
    SELECT *
    FROM latest
    ANTI JOIN report ON report.source = latest.source AND report.run > latest.run
    ANTI JOIN report AS same ON same.sha256 = latest.sha256 AND same.run > latest.run
)
SELECT run, finished, actor, source, reason, message
FROM unread JOIN ingest_run USING (run)
ORDER BY run DESC, source;
