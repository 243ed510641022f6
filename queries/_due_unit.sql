-- question: Who is on a year's list of those who have to report (编制主体名单)? Where the list is not confirmed: who would be?
-- parameters: collection text, year integer
-- columns: agency_id, due, confirmed
-- A proposal takes over the last confirmed list before: a unit that has ended is replaced by its successor, and units that
-- the register has only since then are added. Without such a list it is the register's units that exist in the year, and
-- without a register the units whose report of the year before is there. What people changed in the year goes before.
WITH RECURSIVE asked AS (
    SELECT
        coalesce(bool_or(confirmed) FILTER (year = $year), false) AS confirmed,
        max(year) FILTER (confirmed AND year < $year) AS earlier
    FROM due_list
    WHERE collection = $collection
),
existing AS (
    SELECT agency_id, since, until, successor_id FROM registered_agency WHERE collection = $collection
),
listed AS (
    SELECT agency_id, due FROM due_entry WHERE collection = $collection AND year = $year
),
taken_over AS (
    SELECT due_entry.agency_id
    FROM due_entry, asked
    WHERE due_entry.collection = $collection AND due_entry.year = asked.earlier AND due_entry.due
    UNION
    SELECT existing.successor_id
    FROM taken_over JOIN existing USING (agency_id)
    WHERE existing.until < $year AND existing.successor_id IS NOT NULL
),
proposed AS (
    SELECT taken_over.agency_id
    FROM taken_over LEFT JOIN existing USING (agency_id)
    WHERE coalesce(existing.since, $year) <= $year AND coalesce(existing.until, $year) >= $year
    UNION
    SELECT existing.agency_id
    FROM existing, asked
    WHERE coalesce(existing.since, $year) <= $year AND coalesce(existing.until, $year) >= $year
        AND (asked.earlier IS NULL OR existing.since > asked.earlier)
    UNION
    SELECT report.agency_id
    FROM report, asked
    WHERE report.collection = $collection AND report.year = $year - 1 AND report.standing = 'current'
        AND report.kind = 'annual_report' AND NOT coalesce(report.listed, report.format = 'sheet')
        AND asked.earlier IS NULL AND NOT EXISTS (FROM existing)
)
SELECT
    coalesce(listed.agency_id, proposed.agency_id) AS agency_id,
    coalesce(listed.due, NOT asked.confirmed) AS due,
    asked.confirmed AS confirmed
FROM proposed FULL JOIN listed USING (agency_id), asked
WHERE listed.agency_id IS NOT NULL OR NOT asked.confirmed
