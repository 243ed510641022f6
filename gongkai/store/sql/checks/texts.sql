-- One year's reports in words: the section on problems ($problems: its place in the form) and the other sections, masked,
-- a sentence a line; `own` is what is left without the sentences of templates: those that $shared units or more write
-- alike in that year, or at least three of a county's units and most of them.
WITH sentence AS (
    SELECT
        unit, county, report, coalesce(section = $problems, false) AS five, position, masked, hash(masked) AS same
    FROM passage JOIN check_report ON check_report.report = passage.report_id
    WHERE year = $year AND coalesce(section, 0) >= 0
),
of_county AS (
    SELECT same, county, count(DISTINCT unit) AS sisters FROM sentence GROUP BY same, county
),
everywhere AS (
    SELECT same, sum(sisters) AS units FROM of_county GROUP BY same
),
county_size AS (
    SELECT county, count(DISTINCT unit) AS units FROM sentence GROUP BY county
),
template AS (
    SELECT of_county.same, of_county.county
    FROM of_county JOIN everywhere USING (same) JOIN county_size USING (county)
    WHERE everywhere.units >= $shared OR (sisters >= 3 AND 2 * sisters > county_size.units)
),
joined AS (
    SELECT
        sentence.report, sentence.five, string_agg(masked, chr(10) ORDER BY position) AS masked,
        coalesce(string_agg(masked, chr(10) ORDER BY position) FILTER (WHERE template.same IS NULL), '') AS own
    FROM sentence LEFT JOIN template USING (same, county)
    GROUP BY sentence.report, sentence.five
)
SELECT
    check_report.unit, check_report.year, check_report.county, check_report.kind, joined.report, check_report.dated,
    check_report.doubted, joined.five, joined.masked, joined.own
FROM joined JOIN check_report USING (report)
ORDER BY joined.report, joined.five
