-- question: In which peer group and volume band is each unit, as of each year? The one definition of peers: the group by
--   level and kind, the band by the mean volume of those of the last years in which all its parts are reported.
-- parameters: collection text, scope text, first_year integer, last_year integer
-- columns: collection, agency_id, year, peer_group, band, volume, volume_years
-- A unit without figures, of a group without bands, or in another scope than that of the bands has a group and no band.
WITH yearly AS (
    SELECT fact.agency_id, fact.year, peer_rule.code, sum(fact.value) AS volume
    FROM fact
    JOIN agency USING (agency_id)
    JOIN peer_rule USING (level, kind)
    JOIN peer_band ON peer_band.code = peer_rule.code AND peer_band.metric = fact.metric AND peer_band.scope = $scope
    WHERE fact.metric IN (SELECT metric FROM peer_band)
        AND fact.applicant = 'all'
        AND fact.status = 'reported'
        AND fact.collection = $collection
        AND coalesce(fact.scope, 'unstated') = $scope
        AND fact.year BETWEEN $first_year - 9 AND $last_year    -- a mean takes in ten years at most
    GROUP BY fact.agency_id, fact.year, peer_rule.code
    HAVING count(*) = max(peer_band.metrics)
),
bound AS (
    SELECT DISTINCT code, years, medium_from, many_from FROM peer_band
),
as_of AS (
    SELECT unnest(range($first_year, $last_year + 1)) AS year
),
mean AS (
    SELECT yearly.agency_id, as_of.year, avg(yearly.volume) AS volume, count(*) AS volume_years
    FROM yearly
    JOIN bound USING (code)
    JOIN as_of ON yearly.year BETWEEN as_of.year - bound.years + 1 AND as_of.year
    GROUP BY yearly.agency_id, as_of.year
)
SELECT
    $collection AS collection, agency.agency_id, as_of.year, peer_rule.code AS peer_group,
    CASE
        WHEN mean.volume >= bound.many_from THEN 'many'
        WHEN mean.volume >= bound.medium_from THEN 'medium'
        WHEN mean.volume IS NOT NULL THEN 'few'
    END AS band,
    mean.volume, coalesce(mean.volume_years, 0) AS volume_years
FROM agency
JOIN peer_rule USING (level, kind)
CROSS JOIN as_of
LEFT JOIN bound USING (code)
LEFT JOIN mean ON mean.agency_id = agency.agency_id AND mean.year = as_of.year
