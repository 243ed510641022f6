-- question: What do the cells of a total come to, on how many units does each rest, and what does the unit itself report?
-- parameters: collection text, agency_id text, members texts, first_year integer, last_year integer, part text, use text
-- columns: within_id, year, form_table, metric, applicant, position, units, counted, value, reported, difference,
--   reported_report_id, reported_figure_id
-- One row per unit in which others count (or one group), year and cell of that year's form; the parameters are those of
-- _roll_up_member. units: those that count in it by the register; counted: those whose figure is in `value`. value:
-- null where nobody has a figure. reported: the unit's own figure of the same scope; difference: reported less value.
WITH member AS MATERIALIZED (
    SELECT * FROM roll_up_member($collection, $agency_id, $members, $first_year, $last_year, $part, $use)
),
whose AS MATERIALIZED (
    SELECT within_id, year, count(*) FILTER (state NOT IN (
        'vertical', 'nowhere', 'elsewhere', 'merged', 'contained'
    )) AS units
    FROM member
    GROUP BY within_id, year
),
added AS (
    SELECT
        within_id, year, metric, applicant, count(*) AS counted,
        -- Decimal, so that amounts add up to the last digit.
        sum(CAST(value AS DECIMAL(30, 6))) AS value
    FROM roll_up_value($collection, $agency_id, $members, $first_year, $last_year, $part, $use)
    WHERE status = 'counted'
    GROUP BY within_id, year, metric, applicant
),
own AS (
    SELECT agency_id, year, metric, applicant, value, report_id, figure_id
    FROM fact
    WHERE metric IN (SELECT metric FROM form_cell)
        AND agency_id IN (SELECT within_id FROM whose)
        AND collection = $collection
        AND year BETWEEN $first_year AND $last_year
        AND scope = $part
        AND status = 'reported'
        AND basis <> 'narrative'
)
SELECT
    whose.within_id, whose.year, form_cell.form_table, form_cell.metric, form_cell.applicant, form_cell.position,
    whose.units, coalesce(added.counted, 0) AS counted, CAST(added.value AS DOUBLE) AS value, own.value AS reported,
    CAST(CAST(own.value AS DECIMAL(30, 6)) - added.value AS DOUBLE) AS difference,
    own.report_id AS reported_report_id, own.figure_id AS reported_figure_id
FROM whose
JOIN form_cell ON whose.year BETWEEN form_cell.first_year AND form_cell.last_year
LEFT JOIN added
    ON added.within_id = whose.within_id AND added.year = whose.year
    AND added.metric = form_cell.metric AND added.applicant = form_cell.applicant
LEFT JOIN own
    ON own.agency_id = whose.within_id AND own.year = whose.year
    AND own.metric = form_cell.metric AND own.applicant = form_cell.applicant
WHERE whose.units > 0
