-- All reports in words: the section on problems ($problems: its place in the form) and the other sections, masked, a
-- sentence a line; `own` is what is left without the sentences of templates: those that $shared units or more write
-- alike in a year, or at least three of a county's units and most of them. One pass over all sentences.
CREATE OR REPLACE TEMP TABLE check_text AS
WITH sentence AS (
    SELECT
        unit, year, county, report, coalesce(section = $problems, false) AS five, position, masked,
        hash(masked) AS same
    FROM passage JOIN check_report ON check_report.report = passage.report_id
    WHERE coalesce(section, 0) >= 0
),
of_county AS (
    SELECT year, same, county, count(DISTINCT unit) AS sisters
    FROM sentence
    GROUP BY year, same, county
),
everywhere AS (
    SELECT year, same, sum(sisters) AS units FROM of_county GROUP BY year, same
),
county_size AS (
    SELECT year, county, count(DISTINCT unit) AS units FROM sentence GROUP BY year, county
),
template AS (
    SELECT of_county.year, of_county.same, of_county.county
    FROM of_county JOIN everywhere USING (year, same) JOIN county_size USING (year, county)
    WHERE everywhere.units >= $shared OR (sisters >= 3 AND 2 * sisters > county_size.units)
)
SELECT
    sentence.year, sentence.report, sentence.five, string_agg(masked, chr(10) ORDER BY position) AS masked,
    coalesce(string_agg(masked, chr(10) ORDER BY position) FILTER (WHERE template.same IS NULL), '') AS own
FROM sentence LEFT JOIN template USING (year, same, county)
GROUP BY sentence.year, sentence.report, sentence.five
