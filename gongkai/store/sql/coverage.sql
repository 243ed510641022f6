-- What stands of the journals and lists that coverage_overlay.py hands over (the tables named .._rows).
CREATE OR REPLACE TABLE due_list AS
SELECT
    collection, year, arg_max(due, entry) AS confirmed, arg_max(made, entry)::TIMESTAMP AS made,
    arg_max(actor, entry) AS actor, arg_max(reason, entry) AS reason
FROM due_list_rows
GROUP BY collection, year;
CREATE OR REPLACE TABLE due_entry AS
SELECT collection, year, agency_id, arg_max(due, entry) AS due
FROM due_unit_rows
GROUP BY collection, year, agency_id;
CREATE OR REPLACE TABLE notice_deadline AS
SELECT collection, year, item, level, kind, arg_max_null(due_on, entry) AS due_on
FROM deadline_rows
GROUP BY collection, year, item, level, kind
HAVING due_on IS NOT NULL;
-- Without those that were taken back, and without what took them back.
CREATE OR REPLACE TABLE submission_event AS
SELECT entry, collection, year, agency_id, item, event, on_date, report_id, url, seen
FROM event_rows
WHERE undoes IS NULL AND entry NOT IN (SELECT undoes FROM event_rows WHERE undoes IS NOT NULL);
CREATE OR REPLACE TABLE statutory_deadline AS FROM statutory_rows;
CREATE OR REPLACE TABLE unit_contact AS FROM contact_rows;
CREATE OR REPLACE TABLE usual_scope AS FROM scope_rows;
-- One number for all that the checks know of submissions, per collection: another one where anything of it changed.
CREATE OR REPLACE TABLE submissions_digest AS
SELECT collection, (bit_xor(said) >> 1)::BIGINT AS digest
FROM (
    SELECT collection, hash(hash('list', collection, year, confirmed)) AS said FROM due_list
    UNION ALL
    SELECT collection, hash(hash('due', collection, year, agency_id, due)) FROM due_entry
    UNION ALL
    SELECT collection, hash(hash('day', collection, year, item, level, kind, due_on)) FROM notice_deadline
    UNION ALL
    SELECT collection, hash(hash('event', entry)) FROM submission_event
)
GROUP BY collection;
