-- The sentences of one year's reports, and how many units write each of them alike, also in their county.
WITH own AS (
    SELECT
        unit, year, county, kind, report, dated, doubted, section, position, block, start_at, end_at, masked,
        hash(masked) AS same
    FROM passage JOIN check_report ON check_report.report = passage.report_id
    WHERE year = $year AND section IS DISTINCT FROM -1
),
told AS (
    SELECT same, count(DISTINCT unit) AS units FROM own GROUP BY same
),
in_county AS (
    SELECT same, county, count(DISTINCT unit) AS sisters FROM own GROUP BY same, county
),
county_size AS (
    SELECT county, count(DISTINCT unit) AS county_units FROM own GROUP BY county
)
SELECT
    own.unit, own.year, own.county, own.kind, own.report, own.dated, own.doubted, own.section, own.block,
    own.start_at AS start, own.end_at AS "end", own.masked, told.units, in_county.sisters, county_size.county_units
FROM own
JOIN told USING (same)
JOIN in_county ON in_county.same = own.same AND in_county.county IS NOT DISTINCT FROM own.county
JOIN county_size ON county_size.county IS NOT DISTINCT FROM own.county
ORDER BY own.report, own.position
