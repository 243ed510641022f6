-- One year's reports ($year), those that have sentences (year_texts.sql) by their numbers.
SELECT
    number, unit, year, county, kind, report, published_on::VARCHAR AS published_on, signed_on::VARCHAR AS signed_on,
    received_on::VARCHAR AS received_on, doubted
FROM check_report
WHERE year = $year
ORDER BY number
