-- The agencies that agency_source (reports) names, and those of the register. The register goes before what a sheet
-- says of an agency, and that before what its name tells.
CREATE OR REPLACE VIEW work_agency AS
WITH named AS (
    SELECT
        agency_id,
        arg_max(agency, (length(agency), agency)) AS name,      -- the fullest form of the name
        min(province) AS province,
        coalesce(min(city) FILTER (format = 'sheet'), min(city)) AS city,
        coalesce(min(county) FILTER (format = 'sheet'), min(county)) AS county,
        coalesce(min(agency_level) FILTER (format = 'sheet'), min(agency_level)) AS level,
        coalesce(min(agency_kind) FILTER (format = 'sheet'), min(agency_kind)) AS kind
    FROM agency_source
    WHERE agency_id IS NOT NULL
    GROUP BY agency_id
),
registered AS (
    SELECT * FROM store.registered_agency
    QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY collection) = 1
)
SELECT
    agency_id,
    coalesce(registered.name, named.name) AS name,
    coalesce(registered.province, named.province) AS province,
    coalesce(registered.city, named.city) AS city,
    coalesce(registered.county, named.county) AS county,
    coalesce(registered.level, named.level) AS level,
    coalesce(registered.kind, named.kind) AS kind,
    registered.parent_id,
    registered.agency_id IS NOT NULL AS registered
FROM named FULL JOIN registered USING (agency_id);
