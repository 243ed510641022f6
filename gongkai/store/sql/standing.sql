-- The standing of every report of work_report (columns of store.report, people's decisions applied).
-- Comparable or not first; then, of several versions of one report, the one that stands.
CREATE OR REPLACE VIEW work_standing AS
WITH judged AS (
    SELECT
        report_id, collection, agency_id, year, scope, kind, stage, published_on, received_on, sha256, ordinal,
        coalesce(listed, format = 'sheet') AS listed,     -- an earlier version did not say
        CASE
            WHEN withdrawn THEN 'withdrawn'
            WHEN year IS NULL OR year_uncertain THEN 'year_uncertain'
            WHEN agency_id IS NULL OR agency_uncertain THEN 'agency_uncertain'
            WHEN secondary_source THEN 'secondary_source'
            WHEN period <> 'year' THEN 'not_a_year'
        END AS obstacle
    FROM work_report
),
one_scope AS (
    SELECT
        *,
        -- A version that does not state its scope is one of the report whose versions do, unless they state both.
        coalesce(scope, CASE WHEN min(scope) OVER stated = max(scope) OVER stated THEN min(scope) OVER stated END)
            AS report_scope
    FROM judged
    WHERE obstacle IS NULL
    WINDOW stated AS (PARTITION BY collection, agency_id, year, kind, listed)
),
versions AS (
    SELECT
        report_id,
        first_value(report_id) OVER (
            -- What a list says of a unit is no version of the unit's own report: it fills in what that leaves open.
            PARTITION BY collection, agency_id, year, report_scope, kind, listed
            ORDER BY
                CASE stage WHEN 'corrected' THEN 0 WHEN 'published' THEN 1 WHEN 'approved' THEN 2 ELSE 3 END,
                published_on DESC NULLS LAST, received_on DESC NULLS LAST, sha256, ordinal
        ) AS standing_id
    FROM one_scope
)
SELECT
    judged.report_id, judged.listed,
    CASE
        WHEN obstacle = 'withdrawn' THEN 'withdrawn'
        WHEN obstacle IS NOT NULL THEN 'quarantined'
        WHEN standing_id = judged.report_id THEN 'current'
        ELSE 'superseded'
    END AS standing,
    CASE
        WHEN obstacle IS NOT NULL THEN obstacle
        WHEN standing_id <> judged.report_id THEN 'superseded_by:' || standing_id
    END AS standing_reason
FROM judged LEFT JOIN versions USING (report_id);
