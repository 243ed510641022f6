"""How long the checks across reports take: python -m benchmarks.checks [--reports N]

An invented store of N annual reports in a temporary folder: ten years, governments with 49 units each whose figures
they add up, 240 figures and 30 sentences a report, all consistent but for one report in a thousand, and one in five
hundred that copies last year's text. Printed: how long checking all of it takes and how long each part of it, what it
finds, and the memory. Target: 100,000 in 60 seconds, fewer in proportion (the work grows with the number of reports).
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from gongkai.catalogue.forms import forms
from gongkai.store import generations
from gongkai.store.checking import check
from gongkai.store.publish import settle
from gongkai.store.workspace import Workspace, create

YEARS, FIRST_YEAR, UNITS = 10, 2021, 50
SLICE = 20 * UNITS
"""Units whose reports are invented at once."""
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
    """Publish a store of `reports` consistent reports, a slice of the units after the other: memory for one of them."""
    cells = sorted({(c.metric, c.applicant) for t in forms()["2021"].tables for row in t.rows for c in row.columns})
    with generations.write(workspace) as draft:
        connection = draft.connection
        # What settling needs beyond goes to the disk.
        connection.execute("SET memory_limit = '6GB'")
        connection.execute(
            "CREATE TABLE cell AS SELECT unnest($metrics) AS metric, unnest($applicants) AS applicant, "
            "unnest(range(len($metrics)))::INTEGER AS position",
            {"metrics": [cell[0] for cell in cells], "applicants": [cell[1] for cell in cells]},
        )
        units = max(UNITS, reports // YEARS)
        connection.execute(_UNITS, {"units": units, "group": UNITS})
        connection.execute(_REGISTER)
        connection.execute(_WORDS)
        for first in range(0, units, SLICE):
            connection.execute(_REPORTS, {"from": first, "to": first + SLICE, "years": YEARS, "first": FIRST_YEAR})
            for statement in (_VALUES, _STORED, _FIGURES, _EVIDENCE, _PASSAGES):
                connection.execute(statement)
        for table in ("value", "written", "word", "unit", "cell"):
            connection.execute("DROP TABLE " + table)
        settle(connection)


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
CREATE OR REPLACE TABLE written AS
SELECT
    unit.*, $first + y AS year, substr(sha256('r' || number || ' ' || y), 1, 16) AS report_id,
    sha256('f' || number || ' ' || y) AS sha256, hash(number, y) AS seed,
    -- The section on problems of one report in five hundred is last year's.
    CASE WHEN y > 0 AND hash(number, y) % 500 = 0 THEN hash(number, y - 1) ELSE hash(number, y) END AS problems
FROM unit, range($years) AS numbers (y)
WHERE number >= $from AND number < $to
"""

_STORED = """
INSERT INTO store.report BY NAME
SELECT
    report_id, 'office' AS collection, sha256, 0 AS ordinal, number || '.docx' AS source, 'docx' AS format, agency_id,
    '某市第' || number || '局' AS agency, '江苏省' AS province, year, 'year' AS period,
    'annual_report' AS kind, 'published' AS stage, CASE WHEN government THEN 'whole' ELSE 'organ' END AS scope,
    '2021' AS regime, 'county' AS agency_level,
    CASE WHEN government THEN 'government' ELSE 'department' END AS agency_kind,
    make_date(CAST(year + 1 AS INTEGER), 1, CAST(1 + number % 28 AS INTEGER)) AS published_on,
    false AS secondary_source, false AS year_uncertain, false AS agency_uncertain, false AS withdrawn,
    'new' AS standing, '1' AS parser_version, 1 AS run
FROM written
ORDER BY report_id
"""

_VALUES = """
CREATE OR REPLACE TABLE value AS
WITH own AS (
    SELECT
        written.report_id, written.year, whole, government, cell.metric, cell.applicant, cell.position,
        CASE
            WHEN cell.metric = 'applications.carried_in' THEN hash(number, cell.applicant, year - 1) % 9
            WHEN cell.metric = 'applications.carried_out' THEN hash(number, cell.applicant, year) % 9
            WHEN cell.metric LIKE 'rules.%' THEN 0
            WHEN cell.metric LIKE 'normative_documents.%' AND cell.metric NOT LIKE '%.in_force' THEN 0
            WHEN cell.metric LIKE '%.in_force' THEN hash(number) % 40
            WHEN cell.metric LIKE '%.pending' THEN 0
            ELSE hash(number, cell.metric, cell.applicant) % 90 + hash(number, cell.metric, year) % 9
        END::DOUBLE
        -- One cell of one report in a thousand is wrong.
        + CASE WHEN cell.metric = 'applications.carried_in' AND cell.applicant = 'all'
            AND hash(written.report_id) % 1000 = 0 THEN 1 ELSE 0 END AS value
    FROM written, cell
),
added AS (
    SELECT whole, year, metric, applicant, sum(value) AS value
    FROM own
    WHERE NOT government
    GROUP BY whole, year, metric, applicant
)
SELECT
    own.report_id, own.position, own.metric, own.applicant,
    CASE WHEN own.government THEN added.value ELSE own.value END AS value
FROM own LEFT JOIN added USING (whole, year, metric, applicant)
ORDER BY own.report_id, own.position
"""

_FIGURES = """
INSERT INTO store.figure BY NAME
SELECT
    report_id, position, metric, applicant, value, 'reported' AS status, '件' AS unit, false AS approximate,
    'table' AS method, 1.0 AS confidence
FROM value
"""

_EVIDENCE = """
INSERT INTO store.evidence BY NAME
SELECT
    report_id, position, value::VARCHAR AS quote, 3 AS block, 1 AS table_no, (position // 7)::INTEGER AS row_no,
    (position % 7)::INTEGER AS column_no
FROM value
"""

_WORDS = """
CREATE TABLE word AS
SELECT i AS number, string_agg(chr((19968 + hash(i, j) % 3000)::INTEGER), '' ORDER BY j) AS text
FROM range(5000) AS numbers (i), range(12) AS letters (j)
GROUP BY i
"""

_PASSAGES = """
INSERT INTO store.passage BY NAME
WITH sentence AS (
    SELECT report_id, s, CASE WHEN s < 25 THEN seed ELSE problems END AS seed
    FROM written, range(30) AS sentences (s)
)
SELECT
    report_id, s::INTEGER AS position, (CASE WHEN s < 25 THEN 0 ELSE 4 END)::INTEGER AS section,
    (10 + s)::INTEGER AS block, 0 AS start_at, 40 AS end_at,
    one.text || '，' || other.text || '，' || third.text || '。' AS masked, (hash(report_id, s) >> 1)::BIGINT AS digest
FROM sentence
-- A third of the sentences is everybody's.
JOIN word AS one ON one.number = CASE WHEN s % 3 = 0 THEN s ELSE hash(seed, s, 1) % 5000 END
JOIN word AS other ON other.number = CASE WHEN s % 3 = 0 THEN s ELSE hash(seed, s, 2) % 5000 END
JOIN word AS third ON third.number = CASE WHEN s % 3 = 0 THEN s ELSE hash(seed, s, 3) % 5000 END
ORDER BY report_id, position
"""

if __name__ == "__main__":
    sys.exit(main())
