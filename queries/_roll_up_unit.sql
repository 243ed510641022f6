-- question: Which registered units does a total have to do with, per year, and do they count in it? The one definition of who
--   is added up: the direct children (a government's report already contains its departments'), each under its own scope.
-- parameters: collection text, agency_id text, members texts, first_year integer, last_year integer, part text
-- columns: within_id, year, member_id, member, level, kind, city, county, scope, standing, other_id
-- agency_id: whose total; '' for every unit in which others count. members: the units of a group instead (then agency_id
-- is the name of the group). part: 'whole' for all of them, 'organ' for those of the unit's own level (本级) alone.
-- standing: counts; else why not: vertical (reports in its own line), nowhere and elsewhere (by the register), merged
-- (other_id took over for the whole year), contained (in another member of the group, other_id).
WITH RECURSIVE year_of AS (
    SELECT CAST(unnest(range($first_year, $last_year + 1)) AS INTEGER) AS year
),
known AS MATERIALIZED (
    SELECT
        *,
        -- What a unit reports on where the register does not say it: scope_of in gongkai/agencies/naming.py.
        coalesce(
            scope, CASE WHEN kind = 'government' AND level <> 'township' THEN 'whole' ELSE 'organ' END
        ) AS reports_on
    FROM registered_agency
    WHERE collection = $collection
),
above AS (
    SELECT agency_id AS member_id, counts_in_id AS above_id
    FROM known
    WHERE list_contains($members, agency_id) AND counts_in_id IS NOT NULL
    UNION
    SELECT above.member_id, known.counts_in_id
    FROM above JOIN known ON known.agency_id = above.above_id
    WHERE known.counts_in_id IS NOT NULL
),
container AS (
    SELECT member_id, min(above_id) AS above_id
    FROM above
    WHERE list_contains($members, above_id) AND above_id <> member_id
    GROUP BY member_id
),
-- Each unit beside those that its figures might be looked for in: where they are added up, who stands above it.
related AS (
    SELECT agency_id, counts_in_id AS within_id FROM known WHERE counts_in_id IS NOT NULL AND len($members) = 0
    UNION
    SELECT agency_id, parent_id FROM known WHERE parent_id IS NOT NULL AND len($members) = 0
    UNION
    SELECT agency_id, reports_to_id FROM known WHERE reports_to_id IS NOT NULL AND len($members) = 0
    UNION
    SELECT agency_id, $agency_id FROM known WHERE list_contains($members, agency_id)
),
judged AS (
    SELECT
        related.within_id, year_of.year, known.agency_id AS member_id, known.name AS member, known.level, known.kind,
        known.city, known.county, known.reports_on AS scope, outer_one.level AS outer_level,
        CASE
            WHEN known.until < year_of.year THEN 'merged'
            WHEN len($members) > 0 AND container.above_id IS NOT NULL THEN 'contained'
            WHEN len($members) > 0 OR known.counts_in_id = related.within_id THEN 'counts'
            WHEN known.counts_in_id IS NOT NULL THEN 'elsewhere'
            WHEN known.kind = 'vertical' THEN 'vertical'
            ELSE 'nowhere'
        END AS standing,
        CASE
            WHEN known.until < year_of.year THEN known.successor_id
            WHEN len($members) > 0 THEN container.above_id
            WHEN known.counts_in_id <> related.within_id THEN known.counts_in_id
        END AS other_id
    FROM related
    JOIN known USING (agency_id)
    CROSS JOIN year_of
    LEFT JOIN container ON container.member_id = known.agency_id
    LEFT JOIN known AS outer_one ON outer_one.agency_id = related.within_id
    WHERE (len($members) > 0 OR $agency_id = '' OR related.within_id = $agency_id)
        AND coalesce(known.since, year_of.year) <= year_of.year
        -- A unit that ended is told of in the year that another took over; later nobody looks for it.
        AND coalesce(known.until, year_of.year) >= year_of.year - 1
)
SELECT
    within_id, year, member_id, member, level, kind, city, county, scope, standing, other_id
FROM judged
WHERE $part = 'whole' OR (scope = 'organ' AND (level = outer_level OR outer_level IS NULL))
