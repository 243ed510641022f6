-- Every government's own figures beside the sums of the units that count in it, with full coverage only.
CREATE OR REPLACE TEMP TABLE check_member AS
SELECT within_id, year, member_id, scope, standing = 'counts' AS counted
FROM roll_up_unit($collection, '', []::VARCHAR[], $first_year, $last_year, 'whole')
WHERE standing IN ('counts', 'vertical', 'nowhere', 'elsewhere');

CREATE OR REPLACE TEMP TABLE check_whole AS
WITH expected AS (
    SELECT
        within_id, check_member.year, count(DISTINCT member_id) AS units,
        count(DISTINCT member_id) FILTER (WHERE check_report.unit IS NOT NULL) AS there
    FROM check_member
    LEFT JOIN check_report
        ON check_report.unit = member_id AND check_report.year = check_member.year
        AND check_report.scope = check_member.scope
    WHERE counted
    GROUP BY within_id, check_member.year
)
SELECT within_id, expected.year, units
FROM expected
SEMI JOIN check_report AS own
    ON own.unit = within_id AND own.year = expected.year AND own.scope = 'whole'
WHERE units = there;
