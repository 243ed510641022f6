-- The agencies that agency_source (reports) names. What a sheet says of an agency goes before what its name tells.
CREATE OR REPLACE VIEW work_agency AS
SELECT
    agency_id,
    arg_max(agency, (length(agency), agency)) AS name,     -- the fullest form of the name
    min(province) AS province,
    coalesce(min(city) FILTER (format = 'sheet'), min(city)) AS city,
    coalesce(min(county) FILTER (format = 'sheet'), min(county)) AS county,
    coalesce(min(agency_level) FILTER (format = 'sheet'), min(agency_level)) AS level,
    coalesce(min(agency_kind) FILTER (format = 'sheet'), min(agency_kind)) AS kind,
    NULL::VARCHAR AS parent_id,
    false AS registered
FROM agency_source
WHERE agency_id IS NOT NULL
GROUP BY agency_id;
