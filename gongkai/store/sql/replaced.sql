-- The earlier readings of the files in batch_file (collection, sha256).
CREATE OR REPLACE TABLE replaced_report AS
SELECT report_id, collection, agency_id, year FROM store.report SEMI JOIN batch_file USING (collection, sha256);
