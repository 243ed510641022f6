-- The standings that changed.
UPDATE store.report AS report
SET standing = work_standing.standing, standing_reason = work_standing.standing_reason
FROM work_standing
WHERE report.report_id = work_standing.report_id
    AND (report.standing, report.standing_reason)
        IS DISTINCT FROM (work_standing.standing, work_standing.standing_reason);
