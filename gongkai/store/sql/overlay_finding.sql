-- The findings of single reports, those of reports whose figures people vouched for made anew (vouched.py).
CREATE OR REPLACE VIEW finding AS
SELECT * FROM store.finding ANTI JOIN settled_report USING (report_id)
UNION ALL BY NAME
SELECT * FROM settled_finding;
