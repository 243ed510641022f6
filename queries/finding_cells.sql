-- question: On which cells and words do some findings rest, on this side and the other, and which figures stand there?
-- parameters: collection text, agency_id text = null, first_year integer, last_year integer, finding_keys texts,
--   report_id text = null
-- columns: finding_key, number, side, report_id, agency_id, year, metric, applicant, value, status, method, figure_id,
--   quote, block, page, start_at, end_at, row_no, column_no, box, agency
-- side: this (the report that the finding is about), other (last year's, another version's, another unit's), part (a
-- unit that is counted in this one). Words have no metric; a cell of another side is found by its metric and applicant.
-- With report_id those of this version, whether it stands or not, else of the current ones. A figure that we misread is what somebody says that the report prints.
WITH chosen AS (
    SELECT finding_key, agency_id, year, report_id, other_report_id, other_agency_id, other_year, evidence
    FROM version_found($report_id)
    WHERE finding_key IN (SELECT unnest($finding_keys))
    UNION ALL
    SELECT finding_key, agency_id, year, report_id, other_report_id, other_agency_id, other_year, evidence
    FROM found
    WHERE $report_id IS NULL AND collection = $collection AND year BETWEEN $first_year AND $last_year
        AND ($agency_id IS NULL OR agency_id = $agency_id)
        AND finding_key IN (SELECT unnest($finding_keys))
),
listed AS (
    SELECT
        chosen.* EXCLUDE (evidence), unnest(from_json(evidence, '["JSON"]')) AS place,
        generate_subscripts(from_json(evidence, '["JSON"]'), 1) AS number
    FROM chosen
),
parted AS (
    SELECT
        finding_key, number, coalesce(place ->> '$.side', 'this') AS side,
        agency_id AS this_agency, year AS this_year, report_id AS this_report, other_report_id, other_agency_id,
        other_year, place
    FROM listed
),
placed AS (
    SELECT
        finding_key, number, side,
        coalesce(
            place ->> '$.report_id', CASE side WHEN 'this' THEN this_report WHEN 'other' THEN other_report_id END
        ) AS report_id,
        coalesce(place ->> '$.agency_id', CASE WHEN side = 'other' THEN other_agency_id END, this_agency) AS agency_id,
        coalesce((place ->> '$.year')::INTEGER, CASE WHEN side = 'other' THEN other_year END, this_year) AS year,
        place ->> '$.metric' AS metric, place ->> '$.applicant' AS applicant,
        (place ->> '$.value')::DOUBLE AS value, place ->> '$.quote' AS quote,
        (place ->> '$.block')::INTEGER AS block, (place ->> '$.page')::INTEGER AS page,
        (place ->> '$.start')::INTEGER AS start_at, (place ->> '$.end')::INTEGER AS end_at,
        (place ->> '$.row')::INTEGER AS row_no, (place ->> '$.column')::INTEGER AS column_no,
        from_json(place -> '$.box', '["DOUBLE"]') AS box
    FROM parted
),
stated AS (
    SELECT
        figure.* REPLACE (
            CASE WHEN misread.correction IS NULL THEN figure.value ELSE misread.value END AS value,
            CASE WHEN misread.correction IS NULL THEN figure.status ELSE coalesce(misread.status, 'reported') END
                AS status
        ),
        evidence.* EXCLUDE (report_id, position, figure_id), misread.correction IS NOT NULL AS misread
    FROM figure
    JOIN evidence USING (report_id, position)
    LEFT JOIN correction AS misread
        ON misread.report_id = figure.report_id AND misread.position = figure.position
        AND misread.state = 'applied' AND misread.misread
    WHERE figure.report_id IN (SELECT report_id FROM placed)
        AND evidence.report_id IN (SELECT report_id FROM placed)
),
joined AS (
    SELECT
        placed.finding_key, placed.number, placed.side, placed.report_id, placed.agency_id, placed.year,
        coalesce(stated.metric, placed.metric) AS metric, coalesce(stated.applicant, placed.applicant) AS applicant,
        CASE WHEN stated.misread THEN stated.value ELSE coalesce(stated.value, placed.value) END AS value, stated.status, stated.method, stated.figure_id,
        -- What we read in a cell is not what it says then.
        CASE WHEN NOT (stated.misread AND stated.method = 'table') OR stated.misread IS NULL
            THEN coalesce(placed.quote, stated.quote) END AS quote, coalesce(placed.block, stated.block) AS block,
        coalesce(placed.page, stated.page) AS page, coalesce(placed.start_at, stated.start_at) AS start_at,
        coalesce(placed.end_at, stated.end_at) AS end_at, coalesce(placed.row_no, stated.row_no) AS row_no,
        coalesce(placed.column_no, stated.column_no) AS column_no, coalesce(placed.box, stated.box) AS box,
        stated.position
    FROM placed
    LEFT JOIN stated
        ON stated.report_id = placed.report_id
        AND (
            (
                placed.block = stated.block
                AND placed.row_no IS NOT DISTINCT FROM stated.row_no
                AND placed.column_no IS NOT DISTINCT FROM stated.column_no
                AND placed.start_at IS NOT DISTINCT FROM stated.start_at
                AND placed.end_at IS NOT DISTINCT FROM stated.end_at
            )
            OR (
                placed.block IS NULL AND stated.method = 'table' AND placed.metric = stated.metric
                AND coalesce(placed.applicant, 'all') = stated.applicant
            )
        )
)
SELECT
    finding_key, number, side, report_id, agency_id, year, metric, applicant, value, status, method, figure_id, quote,
    block, page, start_at, end_at, row_no, column_no, box, agency.name AS agency
FROM joined LEFT JOIN agency USING (agency_id)
QUALIFY row_number() OVER (PARTITION BY finding_key, number ORDER BY position) = 1
ORDER BY finding_key, number;
