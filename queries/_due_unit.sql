-- question: Who is on each year's list of those who have to report (编制主体名单)? Where the list is not confirmed: who would be?
-- parameters: collection text, first_year integer, last_year integer
-- columns: agency_id, year, due, confirmed
-- A proposal takes over the last confirmed list before: a unit that has ended is replaced by its successor, and units that
-- the register has only since then are added. Without such a list it is the register's units that exist in the year, and
-- without a register the units whose report of the year before is there. What people changed in the year goes before.
WITH RECURSIVE asked AS (
    SELECT
        span.year, coalesce(bool_or(confirmed) FILTER (due_list.year = span.year), false) AS confirmed,
        max(due_list.year) FILTER (confirmed AND due_list.year < span.year) AS earlier
    FROM (SELECT CAST(unnest(range($first_year, $last_year + 1)) AS INTEGER) AS year) AS span
    LEFT JOIN due_list ON due_list.collection = $collection
    GROUP BY span.year
),
existing AS (
    SELECT agency_id, since, until, successor_id FROM registered_agency WHERE collection = $collection
),
listed AS (
    SELECT agency_id, year, due
    FROM due_entry
    WHERE collection = $collection AND year BETWEEN $first_year AND $last_year
),
taken_over AS (
    SELECT asked.year, due_entry.agency_id
    FROM due_entry JOIN asked ON asked.earlier = due_entry.year
    WHERE due_entry.collection = $collection AND due_entry.due
    UNION
    SELECT taken_over.year, existing.successor_id
    FROM taken_over JOIN existing USING (agency_id)
    WHERE existing.until < taken_over.year AND existing.successor_id IS NOT NULL
),
proposed AS (
    SELECT taken_over.year, taken_over.agency_id
    FROM taken_over LEFT JOIN existing USING (agency_id)
    WHERE coalesce(existing.since, taken_over.year) <= taken_over.year
        AND coalesce(existing.until, taken_over.year) >= taken_over.year
    UNION
    SELECT asked.year, existing.agency_id
    FROM existing, asked
    WHERE coalesce(existing.since, asked.year) <= asked.year AND coalesce(existing.until, asked.year) >= asked.year
        AND (asked.earlier IS NULL OR existing.since > asked.earlier)
    UNION
    SELECT asked.year, report.agency_id
    FROM report JOIN asked ON report.year = asked.year - 1
    WHERE report.collection = $collection AND report.standing = 'current'
        AND report.kind = 'annual_report' AND NOT coalesce(report.listed, report.format = 'sheet')
        AND asked.earlier IS NULL AND NOT EXISTS (FROM existing)
)
SELECT
    coalesce(listed.agency_id, proposed.agency_id) AS agency_id,
    asked.year AS year,
    coalesce(listed.due, NOT asked.confirmed) AS due,
    asked.confirmed AS confirmed
FROM proposed
FULL JOIN listed ON listed.agency_id = proposed.agency_id AND listed.year = proposed.year
JOIN asked ON asked.year = coalesce(listed.year, proposed.year)
WHERE listed.agency_id IS NOT NULL OR NOT asked.confirmed
