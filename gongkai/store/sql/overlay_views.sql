-- The views of views.sql where decisions touch them; work_standing and work_fact are those of publish.
CREATE OR REPLACE TABLE report_overlay AS
SELECT
    report.* REPLACE (work_standing.standing AS standing, work_standing.standing_reason AS standing_reason)
FROM work_report AS report JOIN work_standing USING (report_id);
CREATE OR REPLACE VIEW report AS
SELECT * FROM store.report ANTI JOIN report_overlay USING (report_id)
UNION ALL
SELECT * FROM report_overlay;

CREATE OR REPLACE TABLE fact_overlay AS
SELECT * FROM work_fact ORDER BY metric, applicant, year, collection, agency_id, scope;
CREATE OR REPLACE VIEW fact AS
WITH standing AS (
    SELECT *, false AS corrected FROM store.fact ANTI JOIN touched_key USING (collection, agency_id, year)
    UNION ALL BY NAME
    SELECT * FROM fact_overlay
)
SELECT *, report_id || '-' || position AS figure_id FROM standing;

CREATE OR REPLACE VIEW agency_source AS SELECT * FROM report_overlay;
