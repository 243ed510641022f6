"""Links stored reports anew when a register has changed: to the units that their names mean now, or to candidates."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from gongkai.store import tables
from gongkai.store.author_links import Link, Row, StoredAuthor, candidate_rows, link, said_of
from gongkai.store.register_copy import Register
from gongkai.store.rows import SCHEMAS

_LINKS = pa.schema(
    [
        *((name, pa.string()) for name in ("report_id", "agency_id", "agency", "province", "city", "county")),
        *((name, pa.string()) for name in ("agency_level", "agency_kind", "scope")),
        ("agency_uncertain", pa.bool_()),
    ]
)

_STORED = """
WITH named AS (
    SELECT report_id, list({'role': role, 'name': name} ORDER BY position) AS names
    FROM store.author_name GROUP BY report_id
),
doubted AS (
    SELECT report_id, max(detail) AS detail
    FROM (
        SELECT report_id, detail FROM store.doubt WHERE reason = 'agency_uncertain'
        UNION ALL
        SELECT report_id, '' FROM store.finding WHERE check_code = 'agency_uncertain'
    )
    GROUP BY report_id
),
stated AS (
    SELECT DISTINCT report_id FROM store.metadata_source WHERE origin = 'manifest' AND field = 'agency'
)
SELECT
    report_id, format = 'sheet', coalesce(agency_read, agency), agency_as_printed,
    CASE WHEN agency_read IS NULL THEN province ELSE province_read END,
    CASE WHEN agency_read IS NULL THEN city ELSE city_read END,
    year, scope, agency_uncertain, source, named.names, doubted.detail, stated.report_id IS NOT NULL
FROM store.report
LEFT JOIN named USING (report_id) LEFT JOIN doubted USING (report_id) LEFT JOIN stated USING (report_id)
WHERE collection = $collection
ORDER BY report_id
"""


def relink(connection: duckdb.DuckDBPyConnection, collection: str, register: Register) -> int:
    """Link a collection's reports to the units that their names mean now; those that change are settled anew.

    Return how many belong to another unit than before."""
    rows = connection.execute(_STORED, {"collection": collection}).fetchall()
    links: list[tuple[object, ...]] = []
    candidates: list[Row] = []
    for report_id, sheet, name, printed, province, city, year, scope, uncertain, source, names, doubt, stated in rows:
        if sheet:
            found = register.registered(name, province, city, year)
            if found is None:
                # What a sheet says of a unit that is not registered stands.
                continue
            linked = Link(found, uncertain)
        else:
            told = [(one["role"], one["name"]) for one in names or ()]
            about = StoredAuthor(name, printed, province, city, year)
            linked = link(register, said_of(about, source, told, None if stated else doubt, stated), name)
            candidates += candidate_rows(report_id, linked.candidates)
        agency = linked.agency
        if agency is None:
            continue
        place = agency.place
        links.append(
            (
                *(report_id, agency.id, agency.name, place.province, place.city, place.county, place.level, place.kind),
                *(agency.scope or scope, linked.uncertain),
            )
        )
    connection.execute(_FORGET, {"collection": collection})
    tables.insert(connection, "author_candidate", SCHEMAS["author_candidate"], candidates)
    tables.register(connection, "link_rows", _LINKS, links)
    connection.execute("CREATE OR REPLACE TABLE work_link AS FROM link_rows")
    connection.unregister("link_rows")
    moved = connection.execute(
        "SELECT count(*) FROM work_link JOIN store.report AS report USING (report_id) "
        "WHERE work_link.agency_id IS DISTINCT FROM report.agency_id"
    ).fetchall()
    connection.execute(_RELINK)
    return int(moved[0][0])


_FORGET = """
DELETE FROM store.author_candidate
WHERE report_id IN (SELECT report_id FROM store.report WHERE collection = $collection)
"""

_RELINK = """
DELETE FROM work_link USING store.report AS report
WHERE work_link.report_id = report.report_id
    AND (work_link.agency_id, work_link.agency, work_link.province, work_link.city, work_link.county,
         work_link.agency_level, work_link.agency_kind, work_link.scope, work_link.agency_uncertain)
    IS NOT DISTINCT FROM
        (report.agency_id, report.agency, report.province, report.city, report.county,
         report.agency_level, report.agency_kind, report.scope, report.agency_uncertain);
CREATE TABLE IF NOT EXISTS replaced_key (collection VARCHAR, agency_id VARCHAR, year INTEGER);
INSERT INTO replaced_key SELECT collection, agency_id, year FROM store.report SEMI JOIN work_link USING (report_id);
UPDATE store.report AS report
SET agency_id = work_link.agency_id, agency = work_link.agency, province = work_link.province, city = work_link.city,
    county = work_link.county, agency_level = work_link.agency_level, agency_kind = work_link.agency_kind,
    scope = work_link.scope, agency_uncertain = work_link.agency_uncertain, standing = 'new',
    agency_read = coalesce(report.agency_read, report.agency),
    province_read = CASE WHEN report.agency_read IS NULL THEN report.province ELSE report.province_read END,
    city_read = CASE WHEN report.agency_read IS NULL THEN report.city ELSE report.city_read END
FROM work_link
WHERE report.report_id = work_link.report_id;
"""
