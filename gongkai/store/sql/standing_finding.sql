-- What all checks found in the current reports and beside them, with keys that last: finding_key says what a finding is
-- about, not what it found (named_finding.sql); equal ones are numbered. It is the same for another version or reading.
-- figures_digest tells whether the figures changed: the cells', and what was expected and found; not where they stand in
-- the document, nor the sentence around one.
WITH numbered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY collection, agency_id, year, check_code, cell
            ORDER BY mended, doubtful, expected, found, evidence
        ) AS number
    FROM named_finding
    WHERE standing = 'current'
)
SELECT
    key_of_finding(cell, number) AS finding_key, collection, agency_id, year, report_id, other_report_id,
    other_agency_id, other_year, check_code, severity, metrics, applicant, expected, found, detail, evidence, doubtful,
    figures_digest, mended
FROM numbered
