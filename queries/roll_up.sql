-- question: What do the units that count in one unit (or a group) come to, cell by cell of the year's form?
-- parameters: collection text, agency_id text, year integer, members texts = [], part text = whole, use text = published
-- columns: form_table, metric, applicant, units, counted, value, reported, difference, reported_report_id,
--   reported_figure_id
-- part: whole (汇总) or organ (本级); use: published, approved or latest; see _roll_up_member. A group is named by members.
SELECT
    form_table, metric, applicant, units, counted, value, reported, difference, reported_report_id, reported_figure_id
FROM roll_up_total($collection, $agency_id, $members, $year, $year, $part, $use)
ORDER BY position;
