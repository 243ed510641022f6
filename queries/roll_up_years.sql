-- question: For which years, from the first national form on, does a collection hold reports of registered units?
-- parameters: collection text
-- columns: year
SELECT DISTINCT report.year AS year
FROM report
WHERE report.collection = $collection
    AND report.year >= (SELECT min(first_year) FROM form_cell)
    AND report.agency_id IN (SELECT agency_id FROM registered_agency WHERE collection = $collection)
ORDER BY year DESC;
