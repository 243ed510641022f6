-- The sentences of one year's reports ($year), masked, by report and part: the section on problems (`five`; $problems: its
-- place in the form) and the other sections.
CREATE OR REPLACE TEMP TABLE check_sentence AS
SELECT
    check_report.number, coalesce(section = $problems, false) AS five, position, check_report.unit_number,
    check_report.county_number, hash(masked) AS same, masked
FROM passage JOIN check_report ON check_report.report = passage.report_id
WHERE check_report.year = $year AND coalesce(section, 0) >= 0;

-- The sentences of templates: those that $shared units or more write alike, or at least three of a county's units and most
-- of them.
CREATE OR REPLACE TEMP TABLE check_template AS
WITH of_unit AS (
    SELECT DISTINCT same, county_number, unit_number FROM check_sentence
),
of_county AS (
    SELECT same, county_number, count(*) AS sisters FROM of_unit GROUP BY same, county_number
),
everywhere AS (
    SELECT same, sum(sisters) AS units FROM of_county GROUP BY same
),
county_size AS (
    SELECT county_number, count(DISTINCT unit_number) AS units FROM of_unit GROUP BY county_number
)
SELECT of_county.same, of_county.county_number
FROM of_county JOIN everywhere USING (same) JOIN county_size USING (county_number)
WHERE everywhere.units >= $shared OR (sisters >= 3 AND 2 * sisters > county_size.units);

-- All of them in their order.
SELECT number, five, check_template.same IS NOT NULL AS shared, masked
FROM check_sentence LEFT JOIN check_template USING (same, county_number)
ORDER BY number, five, position;
