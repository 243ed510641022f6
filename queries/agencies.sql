-- question: Which units have current reports under the filters, for which years?
-- parameters: collection text, scope text, first_year integer, last_year integer, province text, city text,
--   levels texts, kinds texts, peers text = null, words text = null, count integer = 500
-- columns: agency_id, agency, province, city, level, kind, reports, first_year, last_year, total
WITH held AS (
    SELECT agency_id, count(*) AS reports, min(year) AS first_year, max(year) AS last_year
    FROM report
    WHERE standing = 'current'
        AND collection = $collection
        AND coalesce(scope, 'unstated') = $scope
        AND year BETWEEN $first_year AND $last_year
    GROUP BY agency_id
)
SELECT
    agency_id, agency, province, city, level, kind, reports, first_year, last_year,
    count(*) OVER () AS total
FROM chosen_agency($province, $city, $levels, $kinds, $peers) JOIN held USING (agency_id)
WHERE $words IS NULL OR contains(lower(agency), lower($words))
ORDER BY
    list_position(['national', 'province', 'prefecture', 'county', 'township'], level) NULLS LAST,
    agency COLLATE zh, agency_id
LIMIT $count;
