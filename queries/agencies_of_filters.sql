-- question: Which units have a report under the filters, by name?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null
-- columns: agency_id, agency, level, kind
SELECT
    agency_id, any_value(agency.name) AS agency, any_value(agency.level) AS level, any_value(agency.kind) AS kind
FROM unit_year($collection, $scope, $first_year, $last_year, $province, $city, $levels, $kinds, $peers)
JOIN agency USING (agency_id)
GROUP BY agency_id
ORDER BY any_value(agency.province) COLLATE zh, any_value(agency.city) COLLATE zh NULLS FIRST,
    any_value(agency.name) COLLATE zh, agency_id;
