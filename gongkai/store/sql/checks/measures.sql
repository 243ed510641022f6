-- The figures whose changes are looked at ($metrics), for all applicants. `peers` is the unit's peer group and its band by
-- volume as of the year before, so that a jump does not choose its own peers; where it has none, level and kind.
WITH banded AS (
    SELECT agency_id, year + 1 AS year, 'organ' AS scope, peer_group || ' ' || band AS peers
    FROM peer_group($collection, 'organ', $first_year - 1, $last_year - 1)
    WHERE band IS NOT NULL
    UNION ALL
    SELECT agency_id, year + 1 AS year, 'whole' AS scope, peer_group || ' ' || band AS peers
    FROM peer_group($collection, 'whole', $first_year - 1, $last_year - 1)
    WHERE band IS NOT NULL
)
SELECT
    named.unit, named.year, named.scope, named.metric, named.value, coalesce(banded.peers, named.level_kind) AS peers,
    named.level_kind, named.kind, named.report, named.doubted
FROM check_named AS named
LEFT JOIN banded ON banded.agency_id = named.unit AND banded.year = named.year AND banded.scope = named.scope
WHERE metric IN (SELECT unnest($metrics)) AND applicant = 'all'
