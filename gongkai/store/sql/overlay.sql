-- People's decisions (table decided: report_id, withdrawn, and per field set_<field> and the value) and corrections of
-- figures (work_correction) laid over a generation: the effective reports of all agency-years that they touch, as they
-- were and as they become.
CREATE OR REPLACE VIEW effective_report AS
SELECT
    report.* REPLACE (
        CASE WHEN decided.set_agency THEN decided.agency_id ELSE report.agency_id END AS agency_id,
        CASE WHEN decided.set_agency THEN decided.agency ELSE report.agency END AS agency,
        CASE WHEN decided.set_agency THEN decided.province ELSE report.province END AS province,
        CASE WHEN decided.set_agency THEN decided.city ELSE report.city END AS city,
        CASE WHEN decided.set_agency THEN decided.county ELSE report.county END AS county,
        CASE WHEN decided.set_agency THEN decided.agency_level ELSE report.agency_level END AS agency_level,
        CASE WHEN decided.set_agency THEN decided.agency_kind ELSE report.agency_kind END AS agency_kind,
        report.agency_uncertain AND decided.vouched_agency IS NOT TRUE AS agency_uncertain,
        CASE WHEN decided.set_year THEN decided.year ELSE report.year END AS year,
        report.year_uncertain AND decided.set_year IS NOT TRUE AS year_uncertain,
        CASE WHEN decided.set_period THEN decided.period ELSE report.period END AS period,
        CASE WHEN decided.set_kind THEN decided.kind ELSE report.kind END AS kind,
        CASE WHEN decided.set_stage THEN decided.stage ELSE report.stage END AS stage,
        CASE WHEN decided.set_scope THEN decided.scope ELSE report.scope END AS scope,
        CASE WHEN decided.set_published_on THEN decided.published_on ELSE report.published_on END AS published_on,
        CASE WHEN decided.set_signed_on THEN decided.signed_on ELSE report.signed_on END AS signed_on,
        CASE WHEN decided.set_secondary_source THEN decided.secondary_source ELSE report.secondary_source END
            AS secondary_source,
        coalesce(decided.withdrawn, report.withdrawn) AS withdrawn
    )
FROM store.report AS report LEFT JOIN decided USING (report_id);

CREATE OR REPLACE TABLE touched_key AS
SELECT DISTINCT collection, agency_id, year FROM store.report SEMI JOIN decided USING (report_id)
UNION
SELECT DISTINCT collection, agency_id, year FROM effective_report SEMI JOIN decided USING (report_id)
UNION
SELECT DISTINCT collection, agency_id, year FROM work_correction;

CREATE OR REPLACE TABLE work_report AS
SELECT report.*
FROM effective_report AS report
SEMI JOIN touched_key AS touched
    ON report.collection = touched.collection
    AND report.agency_id IS NOT DISTINCT FROM touched.agency_id
    AND report.year IS NOT DISTINCT FROM touched.year;
