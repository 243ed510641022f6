-- Where cells stand (check_ref: number, unit, year, scope, metric, applicant, report): in a version that is named, else
-- where the fact stands.
WITH place AS (
    SELECT ref.number, fact.report_id, fact.position, fact.value
    FROM check_ref AS ref
    JOIN fact
        ON fact.metric = ref.metric AND fact.applicant = ref.applicant AND fact.year = ref.year
        AND fact.agency_id = ref.unit AND coalesce(fact.scope, 'unstated') = ref.scope
        AND fact.collection = $collection
    WHERE ref.report IS NULL
    UNION ALL
    SELECT ref.number, figure.report_id, min(figure.position) AS position, arg_min(figure.value, figure.position) AS value
    FROM check_ref AS ref
    JOIN figure
        ON figure.report_id = ref.report AND figure.metric = ref.metric AND figure.applicant = ref.applicant
        AND figure.method = 'table'
    GROUP BY ref.number, figure.report_id
)
SELECT
    place.number, place.report_id, place.value, evidence.quote, evidence.block, evidence.page, evidence.start_at,
    evidence.end_at, evidence.table_no, evidence.row_no, evidence.column_no, evidence.box, evidence.url
FROM place
LEFT JOIN evidence ON evidence.report_id = place.report_id AND evidence.position = place.position
ORDER BY place.number
