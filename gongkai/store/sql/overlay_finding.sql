-- The findings of single reports, those of reports whose figures people vouched for made anew (vouched.py).
CREATE OR REPLACE VIEW finding AS
SELECT * FROM store.finding ANTI JOIN settled_report USING (report_id)
UNION ALL BY NAME
SELECT * FROM settled_finding;

-- A doubt is settled once every doubtful figure that it is about is vouched for; one about what could not be read as a
-- figure at all stays.
CREATE OR REPLACE VIEW open_doubt AS
WITH weighed AS (
    SELECT figure.report_id, figure.metric, bool_and(said.correction IS NOT NULL) AS vouched
    FROM store.figure AS figure
    LEFT JOIN correction AS said
        ON said.report_id = figure.report_id AND said.position = figure.position AND said.state = 'applied'
    WHERE figure.report_id IN (SELECT report_id FROM settled_report)
        AND figure.confidence < (SELECT confident FROM work_setting)
    GROUP BY figure.report_id, figure.metric
),
held AS (
    SELECT
        report_id, list(metric) FILTER (vouched) AS settled,
        coalesce(list(metric) FILTER (NOT vouched), []) AS open
    FROM weighed
    GROUP BY report_id
)
SELECT doubt.*
FROM store.doubt AS doubt LEFT JOIN held USING (report_id)
WHERE NOT coalesce(list_has_any(doubt.metrics, held.settled) AND NOT list_has_any(doubt.metrics, held.open), false);
