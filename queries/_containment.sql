-- question: Whose whole-government figures already contain whose? A province's contain its prefectures' and counties', a
--   prefecture's its counties'. A total may add only one of the two (a total adds direct children only).
-- parameters: province text, city text, levels texts, kinds texts
-- columns: agency_id, within_id
SELECT inner_one.agency_id, outer_one.agency_id AS within_id
FROM chosen_agency($province, $city, $levels, $kinds) AS inner_one
JOIN chosen_agency($province, $city, $levels, $kinds) AS outer_one
    ON outer_one.kind = 'government'
    AND outer_one.province = inner_one.province
    AND (
        (outer_one.level = 'province' AND inner_one.level IN ('prefecture', 'county', 'township'))
        OR (
            outer_one.level = 'prefecture'
            AND inner_one.level IN ('county', 'township')
            AND outer_one.city = inner_one.city
        )
    )
