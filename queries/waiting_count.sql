-- question: How many reports await a person's confirmation, in all collections?
-- parameters: none
-- columns: reports
SELECT count(*) AS reports FROM report WHERE standing = 'quarantined';
