-- question: Whose whole-government figures already contain whose? A government's contain those of its departments, of the
--   governments below it and of their departments. A total may add only one of the two (it adds direct children only).
--   Units under vertical management report to their own superiors and are contained in no local government.
-- parameters: province text, city text, levels texts, kinds texts, peers text = null
-- columns: agency_id, within_id
-- Which county a unit belongs to is often not registered: its name begins with the county's then (滑县人民政府, 滑县财政局).
SELECT inner_one.agency_id, outer_one.agency_id AS within_id
FROM chosen_agency($province, $city, $levels, $kinds, $peers) AS inner_one
JOIN chosen_agency($province, $city, $levels, $kinds, $peers) AS outer_one
    ON outer_one.kind = 'government'
    AND outer_one.province = inner_one.province
    AND inner_one.agency_id <> outer_one.agency_id
    AND inner_one.kind IS DISTINCT FROM 'vertical'
    AND (
        (
            outer_one.level = 'province'
            AND (
                inner_one.level IN ('prefecture', 'county', 'township')
                OR (inner_one.level = 'province' AND inner_one.kind <> 'government')
            )
        )
        OR (
            outer_one.level = 'prefecture'
            AND outer_one.city = inner_one.city
            AND (
                inner_one.level IN ('county', 'township')
                OR (inner_one.level = 'prefecture' AND inner_one.kind <> 'government')
            )
        )
        OR (
            outer_one.level = 'county'
            AND outer_one.city IS NOT DISTINCT FROM inner_one.city
            AND (inner_one.level = 'township' OR (inner_one.level = 'county' AND inner_one.kind <> 'government'))
            AND (
                outer_one.county = inner_one.county
                OR starts_with(
                    inner_one.agency, regexp_replace(outer_one.agency, '(人民政府|管理委员会|管委会)$', '')
                )
            )
        )
    )
