-- question: Where a unit's own figure is not the sum of those that count in it, which units could explain the difference?
-- parameters: collection text, agency_id text, members texts, first_year integer, last_year integer, part text, use text
-- columns: within_id, year, metric, applicant, member_id, reason, value
-- The parameters are those of _roll_up_member. reason: omitted (the sum is higher by just what this unit reports),
-- twice (lower by just that), included (lower by just what a report says that does not count here), narrative (lower
-- by just what this unit says in its text alone), missing (lower, and this unit gives no figure). Where more than three units would fit, none of them explains anything.
WITH differing AS MATERIALIZED (
    SELECT *
    FROM roll_up_total($collection, $agency_id, $members, $first_year, $last_year, $part, $use)
    WHERE difference <> 0 OR (reported <> 0 AND value IS NULL)
),
member AS MATERIALIZED (
    SELECT * FROM roll_up_member($collection, $agency_id, $members, $first_year, $last_year, $part, $use)
),
value_of AS (
    SELECT *
    FROM roll_up_value($collection, $agency_id, $members, $first_year, $last_year, $part, $use)
),
judged AS (
    SELECT
        differing.within_id, differing.year, differing.metric, differing.applicant, member.member_id, value_of.value,
        CASE
            WHEN value_of.status = 'counted' AND value_of.value <> 0
                AND CAST(value_of.value AS DECIMAL(30, 6)) = CAST(-differing.difference AS DECIMAL(30, 6))
                THEN 'omitted'
            WHEN value_of.status = 'counted' AND value_of.value <> 0
                AND CAST(value_of.value AS DECIMAL(30, 6)) = CAST(differing.difference AS DECIMAL(30, 6))
                THEN 'twice'
            WHEN value_of.status <> 'counted' AND value_of.value <> 0
                AND CAST(value_of.value AS DECIMAL(30, 6))
                    = CAST(coalesce(differing.difference, differing.reported) AS DECIMAL(30, 6))
                THEN CASE WHEN value_of.status = 'narrative' THEN 'narrative' ELSE 'included' END
            WHEN coalesce(differing.difference, differing.reported) > 0
                AND value_of.status IS DISTINCT FROM 'counted'
                AND member.state NOT IN ('vertical', 'nowhere', 'elsewhere', 'merged', 'contained')
                THEN 'missing'
        END AS reason
    FROM differing
    JOIN member ON member.within_id = differing.within_id AND member.year = differing.year
    LEFT JOIN value_of
        ON value_of.within_id = differing.within_id AND value_of.year = differing.year
        AND value_of.member_id = member.member_id AND value_of.metric = differing.metric
        AND value_of.applicant = differing.applicant
)
SELECT within_id, year, metric, applicant, member_id, reason, value
FROM judged
WHERE reason IS NOT NULL
QUALIFY reason = 'missing' OR count(*) OVER (PARTITION BY within_id, year, metric, applicant, reason) <= 3
