-- question: Of which years is there a list of who is due, and are there reports or events of a collection?
-- parameters: collection text
-- columns: year, confirmed, actor, made, reason, listed, reports, events
-- listed: units on the list, null where nobody edited one yet.
WITH listed AS (
    SELECT year, count(*) FILTER (due) AS listed FROM due_entry WHERE collection = $collection GROUP BY year
),
confirmed AS (
    SELECT year, confirmed, actor, made, reason FROM due_list WHERE collection = $collection
),
reports AS (
    SELECT year, count(*) AS reports
    FROM report
    WHERE collection = $collection AND kind = 'annual_report' AND standing IN ('current', 'superseded')
        AND NOT coalesce(listed, format = 'sheet')
    GROUP BY year
),
events AS (
    SELECT year, count(*) AS events
    FROM submission_event
    WHERE collection = $collection
    GROUP BY year
)
SELECT
    year, coalesce(confirmed, false) AS confirmed, actor, made, reason, listed, coalesce(reports, 0) AS reports,
    coalesce(events, 0) AS events
FROM listed FULL JOIN confirmed USING (year) FULL JOIN reports USING (year) FULL JOIN events USING (year)
ORDER BY year;
