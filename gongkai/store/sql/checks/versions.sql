-- All versions of reports of which there is more than one, with digests of their figures and sentences.
WITH version AS (
    SELECT report_id, agency_id, year, coalesce(scope, 'unstated') AS scope, stage, received_on, published_on
    FROM report
    WHERE collection = $collection AND kind = 'annual_report' AND period = 'year' AND standing IN ('current', 'superseded')
        AND format <> 'sheet' AND NOT coalesce(listed, false)
        AND ($units IS NULL OR agency_id IN (SELECT unnest($units)))
    QUALIFY count(*) OVER (PARTITION BY agency_id, year, scope) > 1
),
figures AS (
    SELECT
        report_id,
        (bit_xor(hash(concat_ws(' ', metric, applicant, coalesce(scope, ''), coalesce(value, -1), status))) >> 1)::BIGINT AS digest,
        min(confidence) < $confident AS doubted
    FROM figure
    WHERE report_id IN (SELECT report_id FROM version) AND method = 'table'
    GROUP BY report_id
),
sentences AS (
    SELECT report_id, sum(digest // 1024)::BIGINT AS digest
    FROM passage
    WHERE report_id IN (SELECT report_id FROM version) AND section IS DISTINCT FROM -2
    GROUP BY report_id
)
SELECT
    agency_id AS unit, year, scope, version.report_id AS report, stage, received_on::VARCHAR AS received_on,
    published_on::VARCHAR AS published_on, coalesce(figures.digest, 0) AS figures,
    coalesce(sentences.digest, 0) AS text, coalesce(figures.doubted, false) AS doubted
FROM version LEFT JOIN figures USING (report_id) LEFT JOIN sentences USING (report_id)
