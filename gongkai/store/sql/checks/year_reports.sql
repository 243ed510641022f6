-- One year's reports ($year), those that have sentences (year_texts.sql) by their numbers.
SELECT number, unit, year, county, kind, report, dated, doubted FROM check_report WHERE year = $year ORDER BY number
