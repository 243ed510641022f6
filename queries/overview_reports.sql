-- question: How many current reports are there under the filters, per year, level and format?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null
-- columns: year, level, format, reports
SELECT report.year, coalesce(agency.level, '') AS level, report.format, count(*) AS reports
FROM report JOIN chosen_agency($province, $city, $levels, $kinds, $peers) AS agency USING (agency_id)
WHERE report.standing = 'current'
    AND report.collection = $collection
    AND coalesce(report.scope, 'unstated') = $scope
    AND report.year BETWEEN $first_year AND $last_year
GROUP BY ALL
ORDER BY ALL;
