-- The current annual reports of a collection ($collection), each with the peers and the county of its unit, and whether
-- our reading of it is in doubt or somebody else states its figures. What all checks across reports start from.
CREATE OR REPLACE TEMP TABLE check_report AS
WITH doubted AS (
    SELECT DISTINCT report_id
    FROM open_doubt
    WHERE reason IN (
        'cell_unreadable', 'placement_uncertain', 'values_unplaced', 'recognised', 'picture_unread'
    )
),
known AS (
    SELECT
        report.report_id AS report, report.agency_id AS unit, report.year, coalesce(report.scope, 'unstated') AS scope,
        report.regime, agency.level, agency.kind,
        coalesce(agency.level, '') || ' ' || coalesce(agency.kind, '') AS level_kind,
        coalesce(registered.parent_id, agency.county, agency.city, agency.province, '') AS county,
        report.published_on, report.signed_on, report.received_on,
        report.format = 'sheet' OR coalesce(report.listed, false) OR doubted.report_id IS NOT NULL AS doubted
    FROM report
    JOIN agency USING (agency_id)
    LEFT JOIN registered_agency AS registered
        ON registered.agency_id = report.agency_id AND registered.collection = report.collection
    LEFT JOIN doubted USING (report_id)
    WHERE report.collection = $collection AND report.standing = 'current' AND report.kind = 'annual_report'
        AND ($units IS NULL OR report.agency_id IN (SELECT unnest($units)))
)
SELECT
    known.*, row_number() OVER (ORDER BY report)::INTEGER AS number, dense_rank() OVER (ORDER BY unit)::INTEGER AS unit_number,
    dense_rank() OVER (ORDER BY county)::INTEGER AS county_number
FROM known;

-- Numbers are compared, joined and sorted faster than names; a type of none is refused.
CREATE TEMP TYPE check_scope AS ENUM (SELECT coalesce(scope, 'unstated') FROM fact UNION SELECT 'unstated' ORDER BY ALL);
CREATE TEMP TYPE check_metric AS ENUM (SELECT code FROM metric ORDER BY ALL);
CREATE TEMP TYPE check_applicant AS ENUM (SELECT applicant FROM fact UNION SELECT 'all' ORDER BY ALL);
CREATE TEMP TYPE check_regime AS ENUM (
    SELECT regime FROM fact WHERE regime IS NOT NULL UNION SELECT '2021' ORDER BY ALL
);

-- The figures of their tables as they stand, corrections laid over; what only a sentence says is compared elsewhere.
CREATE OR REPLACE TEMP TABLE check_cell AS
SELECT
    check_report.number, check_report.unit_number, check_report.year,
    coalesce(fact.scope, 'unstated')::check_scope AS scope, TRY_CAST(fact.metric AS check_metric) AS metric,
    fact.applicant::check_applicant AS applicant, fact.value, fact.regime::check_regime AS regime,
    check_report.doubted OR fact.basis = 'imported' AS doubted
FROM fact JOIN check_report ON check_report.report = fact.report_id
WHERE fact.basis IN ('table', 'correction', 'imported') AND fact.status = 'reported' AND NOT fact.approximate;

-- Few of them, by their names.
CREATE OR REPLACE TEMP VIEW check_named AS
SELECT
    report.unit, report.year, check_cell.scope::VARCHAR AS scope, check_cell.metric::VARCHAR AS metric,
    check_cell.applicant::VARCHAR AS applicant, check_cell.value, report.report, report.level_kind, report.kind, report.level,
    check_cell.doubted
FROM check_cell JOIN check_report AS report USING (number);
