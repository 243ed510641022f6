-- Agencies that only a decision names, beside those of the generation.
CREATE OR REPLACE VIEW agency AS
SELECT * FROM store.agency
UNION ALL BY NAME
SELECT * FROM work_agency ANTI JOIN store.agency USING (agency_id);
