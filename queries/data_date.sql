-- question: When was the last ingest or import of this generation done (UTC)?
-- parameters: none
-- columns: finished
SELECT max(finished) AS finished FROM ingest_run;
