-- question: By which day have units of each level and kind to hand in an item of each year, by the notice and by the law?
-- parameters: collection text, item text, first_year integer, last_year integer
-- columns: level, kind, year, due_on, statutory_on
-- Of several dates of the notice, one for a kind goes before one for a level, and that before one for all.
SELECT
    sort.level, sort.kind, asked.year,
    (
        SELECT due_on
        FROM notice_deadline AS notice
        WHERE notice.collection = $collection AND notice.year = asked.year AND notice.item = $item
            AND notice.level IN ('', sort.level) AND notice.kind IN ('', sort.kind)
        ORDER BY notice.kind = '', notice.level = ''
        LIMIT 1
    ) AS due_on,
    make_date(asked.year + 1, statutory.month, statutory.day) AS statutory_on
FROM (SELECT DISTINCT level, kind FROM agency) AS sort
CROSS JOIN (SELECT unnest(range($first_year, $last_year + 1)) AS year) AS asked
LEFT JOIN statutory_deadline AS statutory
    ON statutory.item = $item AND statutory.level = sort.level AND statutory.kind = sort.kind
    AND asked.year BETWEEN statutory.first_year AND statutory.last_year
