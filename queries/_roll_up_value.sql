-- question: What does each unit put into each cell of a total, and why not where it puts nothing?
-- parameters: collection text, agency_id text, members texts, first_year integer, last_year integer, part text, use text
-- columns: within_id, year, member_id, form_table, metric, applicant, position, value, status, approximate, basis,
--   report_id, figure_id
-- Of every unit with a report of its own scope (_roll_up_member, which explains the parameters). status: counted; else
-- left_out (the unit's report does not count: value is shown, and not added), narrative (said in the text alone, not in
-- the table: likewise), other_form (the unit's form does not count this alike), doubtful (our reading), blank,
-- not_applicable, unreadable, absent. Missing is not zero: such a cell has no value.
WITH member AS MATERIALIZED (
    SELECT *
    FROM roll_up_member($collection, $agency_id, $members, $first_year, $last_year, $part, $use)
    WHERE report_id IS NOT NULL
),
place AS (
    SELECT
        member.within_id, member.year, member.member_id, member.scope, member.report_id, member.state, form_cell.form_table,
        form_cell.metric, form_cell.applicant, form_cell.position,
        member.regime IS NULL OR shared.metric IS NOT NULL AS alike
    FROM member
    JOIN form_cell ON member.year BETWEEN form_cell.first_year AND form_cell.last_year
    LEFT JOIN form_shared AS shared
        ON shared.regime = form_cell.regime AND shared.other_regime = member.regime
        AND shared.metric = form_cell.metric
),
stated AS (
    SELECT agency_id, year, scope, metric, applicant, value, status, approximate, basis, report_id, figure_id
    FROM fact
    WHERE metric IN (SELECT metric FROM form_cell)
        AND agency_id IN (SELECT member_id FROM member)
        AND collection = $collection
        AND year BETWEEN $first_year AND $last_year
),
doubted AS (
    SELECT DISTINCT report_id, metric, applicant
    FROM figure CROSS JOIN reading_setting
    WHERE report_id IN (SELECT report_id FROM member) AND confidence < confident AND method <> 'narrative'
),
judged AS (
    SELECT
        place.*, stated.value, stated.approximate, stated.basis, stated.figure_id,
        coalesce(stated.report_id, place.report_id) AS source_id,
        CASE
            WHEN state <> 'counted' THEN 'left_out'
            WHEN NOT alike THEN 'other_form'
            WHEN stated.status = 'reported' AND stated.basis = 'narrative' AND doubted.metric IS NULL THEN 'narrative'
            WHEN stated.status = 'reported' AND stated.basis <> 'narrative' THEN 'counted'
            WHEN doubted.metric IS NOT NULL THEN 'doubtful'
            ELSE coalesce(stated.status, 'absent')
        END AS cell_status
    FROM place
    LEFT JOIN stated
        ON stated.metric = place.metric AND stated.applicant = place.applicant
        AND stated.agency_id = place.member_id AND stated.year = place.year AND stated.scope = place.scope
    LEFT JOIN doubted
        ON doubted.report_id = place.report_id AND doubted.metric = place.metric
        AND doubted.applicant = place.applicant
)
SELECT
    within_id, year, member_id, form_table, metric, applicant, position,
    CASE
        WHEN cell_status IN ('counted', 'narrative') OR (cell_status = 'left_out' AND alike AND basis <> 'narrative')
            THEN value
    END AS value,
    cell_status AS status, approximate, basis, source_id AS report_id, figure_id
FROM judged
