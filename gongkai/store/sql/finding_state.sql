-- The decision that stands about each finding: the latest that was not taken back. None for those without one.
CREATE OR REPLACE TABLE finding_state AS
SELECT
    collection, agency_id, year, check_code, finding_key, figures_digest, event, said, entry AS decision, decided_at,
    decided_by, reason
FROM finding_event_rows
WHERE undoes IS NULL AND entry NOT IN (SELECT undoes FROM finding_event_rows WHERE undoes IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY finding_key ORDER BY entry DESC) = 1;
