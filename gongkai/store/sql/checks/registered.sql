-- The authors of all reports that a person need not confirm first, where the collection has a register.
SELECT
    report.agency_id AS unit, report.year, report.agency AS name, registered.agency_id IS NOT NULL AS registered,
    report.report_id AS report, report.format = 'sheet' OR coalesce(report.listed, false) AS doubted
FROM report
LEFT JOIN registered_agency AS registered
    ON registered.agency_id = report.agency_id AND registered.collection = report.collection
WHERE report.collection = $collection AND report.standing = 'current'
    AND EXISTS (SELECT 1 FROM registered_agency WHERE collection = $collection)
    AND ($units IS NULL OR report.agency_id IN (SELECT unnest($units)))
