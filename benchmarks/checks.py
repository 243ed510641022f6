"""How long the checks across reports take: python -m benchmarks.checks [--reports N]

An invented store of N annual reports in a temporary folder: ten years, governments with 49 units each whose figures
they add up, 200 figures and 30 sentences a report, all consistent but for one report in a thousand. Printed: how long
checking all of it takes and how long each part of it, what it finds, and the memory. Target: 100,000 in 60 seconds,
fewer in proportion (the work grows with the number of reports).
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from gongkai.catalogue.forms import forms
from gongkai.store import generations
from gongkai.store.checking import check
from gongkai.store.publish import settle
from gongkai.store.workspace import Workspace, create

YEARS, FIRST_YEAR, UNITS = 10, 2021, 50
TARGET_SECONDS, TARGET_REPORTS = 60.0, 100_000


def main() -> int:
    """Build the store, check it, print; 1 where the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=20_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = create(Path(folder) / "bench")
        started = time.perf_counter()
        build(workspace, chosen.reports)
        path = generations.current(workspace)
        assert path is not None
        size = path.stat().st_size / 1e6
        print(f"{chosen.reports} reports, {size:.0f} MB; built in {time.perf_counter() - started:.1f} s", flush=True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        parts: Counter[str] = Counter()
        started, busy = time.perf_counter(), time.process_time()
        found = check(workspace, "office", told=lambda name, seconds: parts.update({name: round(1000 * seconds)}))
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
        print(f"checked in {seconds:.1f} s, {busy:.1f} s of the processors")
        for name, milliseconds in parts.items():
            print(f"  {name:12} {milliseconds / 1000:6.1f} s")
        for (code, doubtful), count in sorted(found.items()):
            print(f"  {code}{' (in doubt)' if doubtful else ''}: {count}")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"memory at most {memory:.0f} MB, {before:.0f} MB of it while building")
        return int(seconds > TARGET_SECONDS * chosen.reports / TARGET_REPORTS)


def build(workspace: Workspace, reports: int) -> None:
    """Publish a store of `reports` consistent reports."""
    cells = sorted({(c.metric, c.applicant) for t in forms()["2021"].tables for row in t.rows for c in row.columns})
    with generations.write(workspace) as draft:
        connection = draft.connection
        connection.execute(
            "CREATE TABLE cell AS SELECT unnest($metrics) AS metric, unnest($applicants) AS applicant",
            {"metrics": [cell[0] for cell in cells], "applicants": [cell[1] for cell in cells]},
        )
        units = {"units": max(UNITS, reports // YEARS), "years": YEARS, "first": FIRST_YEAR, "group": UNITS}
        for statement, names in (
            (_UNITS, ("units", "group")),
            (_REGISTER, ()),
            (_REPORTS, ("years", "first")),
            (_VALUES, ()),
        ):
            connection.execute(statement, {name: units[name] for name in names})
        connection.execute(_FIGURES)
        connection.execute(_EVIDENCE)
        _sentences(connection)
        settle(connection)


def _sentences(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(_WORDS)
    connection.execute(_PASSAGES)


_UNITS = """
CREATE TABLE unit AS
SELECT i AS number, i // $group AS whole, i % $group = 0 AS government, substr(sha256('a' || i), 1, 16) AS agency_id
FROM range($units) AS numbers (i)
"""

_REGISTER = """
INSERT INTO store.registered_agency BY NAME
SELECT
    'office' AS collection, unit.agency_id, '某市第' || number || '局' AS name, '江苏省' AS province, 'county' AS level,
    CASE WHEN government THEN 'government' ELSE 'department' END AS kind, above.agency_id AS parent_id,
    CASE WHEN government THEN 'whole' ELSE 'organ' END AS scope, above.agency_id AS counts_in_id,
    above.agency_id AS reports_to_id
FROM unit
LEFT JOIN (SELECT whole, agency_id FROM unit WHERE government) AS above
    ON above.whole = unit.whole AND NOT unit.government
"""

_REPORTS = """
INSERT INTO store.report BY NAME
SELECT
    substr(sha256('r' || number || ' ' || y), 1, 16) AS report_id, 'office' AS collection,
    sha256('f' || number || ' ' || y) AS sha256, 0 AS ordinal, number || '.docx' AS source, 'docx' AS format, agency_id,
    '某市第' || number || '局' AS agency, '江苏省' AS province, $first + y AS year, 'year' AS period,
    'annual_report' AS kind, 'published' AS stage, CASE WHEN government THEN 'whole' ELSE 'organ' END AS scope,
    '2021' AS regime, 'county' AS agency_level,
    CASE WHEN government THEN 'government' ELSE 'department' END AS agency_kind,
    make_date(CAST($first + y + 1 AS INTEGER), 1, CAST(1 + number % 28 AS INTEGER)) AS published_on,
    false AS secondary_source, false AS year_uncertain, false AS agency_uncertain, false AS withdrawn,
    'new' AS standing, '1' AS parser_version, 1 AS run
FROM unit, range($years) AS numbers (y)
"""

_VALUES = """
CREATE TABLE value AS
WITH own AS (
    SELECT
        report.report_id, report.year, unit.whole, unit.government, unit.agency_id, cell.metric, cell.applicant,
        CASE
            WHEN cell.metric = 'applications.carried_in' THEN hash(unit.number, cell.applicant, report.year - 1) % 9
            WHEN cell.metric = 'applications.carried_out' THEN hash(unit.number, cell.applicant, report.year) % 9
            WHEN cell.metric LIKE 'rules.%' THEN 0
            WHEN cell.metric LIKE 'normative_documents.%' AND cell.metric NOT LIKE '%.in_force' THEN 0
            WHEN cell.metric LIKE '%.in_force' THEN hash(unit.number) % 40
            WHEN cell.metric LIKE '%.pending' THEN 0
            ELSE hash(unit.number, cell.metric, cell.applicant) % 90 + hash(unit.number, cell.metric, report.year) % 9
        END::DOUBLE
        -- One cell of one report in a thousand is wrong.
        + CASE WHEN cell.metric = 'applications.carried_in' AND cell.applicant = 'all'
            AND hash(report.report_id) % 1000 = 0 THEN 1 ELSE 0 END AS value
    FROM store.report AS report JOIN unit USING (agency_id), cell
),
added AS (
    SELECT whole, year, metric, applicant, sum(value) AS value
    FROM own
    WHERE NOT government
    GROUP BY whole, year, metric, applicant
)
SELECT own.report_id, own.metric, own.applicant, CASE WHEN own.government THEN added.value ELSE own.value END AS value
FROM own LEFT JOIN added USING (whole, year, metric, applicant)
"""

_FIGURES = """
INSERT INTO store.figure BY NAME
SELECT
    report_id, (row_number() OVER (PARTITION BY report_id ORDER BY metric, applicant) - 1)::INTEGER AS position, metric,
    applicant, value, 'reported' AS status, '件' AS unit, false AS approximate, 'table' AS method, 1.0 AS confidence
FROM value
ORDER BY report_id, position
"""

_EVIDENCE = """
INSERT INTO store.evidence BY NAME
SELECT
    report_id, position, value::VARCHAR AS quote, 3 AS block, 1 AS table_no, (position // 7)::INTEGER AS row_no,
    (position % 7)::INTEGER AS column_no
FROM store.figure
"""

_WORDS = """
CREATE TABLE word AS
SELECT i AS number, string_agg(chr((19968 + hash(i, j) % 3000)::INTEGER), '' ORDER BY j) AS text
FROM range(5000) AS numbers (i), range(12) AS letters (j)
GROUP BY i
"""

_PASSAGES = """
INSERT INTO store.passage BY NAME
SELECT
    report.report_id, s::INTEGER AS position, (CASE WHEN s < 25 THEN 0 ELSE 4 END)::INTEGER AS section,
    (10 + s)::INTEGER AS block, 0 AS start_at, 40 AS end_at,
    -- A third of the sentences is everybody's.
    one.text || '，' || other.text || '，' || third.text || '。' AS masked,
    (hash(report.report_id, s) >> 1)::BIGINT AS digest
FROM store.report AS report, range(30) AS sentences (s)
JOIN word AS one ON one.number = CASE WHEN s % 3 = 0 THEN s ELSE hash(report.report_id, s, 1) % 5000 END
JOIN word AS other ON other.number = CASE WHEN s % 3 = 0 THEN s ELSE hash(report.report_id, s, 2) % 5000 END
JOIN word AS third ON third.number = CASE WHEN s % 3 = 0 THEN s ELSE hash(report.report_id, s, 3) % 5000 END
"""

if __name__ == "__main__":
    sys.exit(main())
