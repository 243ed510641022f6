-- Take out the reports of replaced_report, and remember where they stood.
CREATE TABLE IF NOT EXISTS replaced_key (collection VARCHAR, agency_id VARCHAR, year INTEGER);
INSERT INTO replaced_key SELECT collection, agency_id, year FROM replaced_report;
DELETE FROM store.report WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.metadata_source WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.figure WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.evidence WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.finding WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.passage WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.cross_finding WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.doubt WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.unmapped WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.author_name WHERE report_id IN (SELECT report_id FROM replaced_report);
DELETE FROM store.author_candidate WHERE report_id IN (SELECT report_id FROM replaced_report);
