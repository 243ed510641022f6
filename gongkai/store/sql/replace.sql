-- Take out the earlier readings of the files in batch_file (collection, sha256), and remember where they stood.
CREATE TABLE IF NOT EXISTS replaced_key (collection VARCHAR, agency_id VARCHAR, year INTEGER);
CREATE OR REPLACE TABLE replaced_report AS
SELECT report_id, collection, agency_id, year FROM store.report SEMI JOIN batch_file USING (collection, sha256);
INSERT INTO replaced_key SELECT collection, agency_id, year FROM replaced_report;
DELETE FROM store.report WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.metadata_source WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.figure WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.evidence WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.finding WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.doubt WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.unmapped WHERE report_id IN (SELECT report_id FROM replaced_report);
