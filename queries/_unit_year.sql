-- question: Which units have a current report, per year, under the filters?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null
-- columns: agency_id, year, report_id, url
SELECT report.agency_id, report.year,
    -- The unit's own report before what a list says of it.
    arg_min(report.report_id, (coalesce(report.listed, false), report.report_id)) AS report_id,
    min(report.url) AS url
FROM report SEMI JOIN chosen_agency($province, $city, $levels, $kinds, $peers) USING (agency_id)
WHERE report.standing = 'current'
    AND report.collection = $collection
    AND coalesce(report.scope, 'unstated') = $scope
    AND report.year BETWEEN $first_year AND $last_year
GROUP BY report.agency_id, report.year
