-- question: Which blocks of its document belong to one report, where the document holds several?
-- parameters: report_id text
-- columns: first_block, end_block
-- From the first block that anything was read from to that of the next report; the first report begins with the document,
-- the last ends with it (end_block null). A document of one report is its own.
WITH this AS (
    SELECT collection, sha256 FROM report WHERE report_id = $report_id
),
sibling AS (
    SELECT report_id FROM report SEMI JOIN this USING (collection, sha256)
),
place AS (
    SELECT report_id, block FROM evidence WHERE report_id IN (SELECT report_id FROM sibling)
    UNION ALL
    SELECT report_id, block FROM metadata_source WHERE report_id IN (SELECT report_id FROM sibling)
),
start AS (
    SELECT sibling.report_id, coalesce(min(block), 0) AS first_block
    FROM sibling LEFT JOIN place USING (report_id)
    GROUP BY sibling.report_id
),
ranked AS (
    SELECT
        report_id,
        CASE WHEN first_block = min(first_block) OVER () THEN 0 ELSE first_block END AS first_block,
        (SELECT min(later.first_block) FROM start AS later WHERE later.first_block > start.first_block) AS end_block
    FROM start
)
SELECT first_block, end_block
FROM ranked
WHERE report_id = $report_id;
