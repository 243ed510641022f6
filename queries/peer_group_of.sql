-- question: In which peer group and band is one unit, as of one year, and on what volume does the band rest?
-- parameters: collection text, scope text, year integer, agency_id text
-- columns: collection, agency_id, year, peer_group, band, volume, volume_years
SELECT *
FROM peer_group($collection, $scope, $year, $year)
WHERE agency_id = $agency_id;
