"""How fast the store answers and publishes: python -m benchmarks.store [--reports N] [--repeat N]

An invented store of N reports (200 figures each, ten years) in a temporary folder. Printed: how long the facts take to
settle from nothing, how long one new report takes to be visible, a decision likewise, and named queries at their 95th
percentile; then the ratios that DESIGN rests on: facts materialised and sorted against facts chosen in a view, and a
published generation's copy against building it anew.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from gongkai.catalogue.metrics import metrics
from gongkai.records import Evidence, Figure, Method, Report
from gongkai.store import generations
from gongkai.store.decisions import Decisions, Target
from gongkai.store.publish import prepare, rules, settle
from gongkai.store.reader import Reader, reader
from gongkai.store.register_copy import load
from gongkai.store.rows import Arrival, Batch
from gongkai.store.workspace import Workspace, create

YEARS = 10
FIGURES = 200
FIRST_YEAR = 2016


def main() -> None:
    """Build the store, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=40)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = create(Path(folder) / "bench")
        built = _timed(lambda: _build(workspace, chosen.reports))
        path = generations.current(workspace)
        assert path is not None
        figures = chosen.reports * FIGURES
        print(
            f"{chosen.reports} reports, {figures} figures, {path.stat().st_size / 1e6:.0f} MB; built in {built:.1f} s"
        )
        one = min(_timed(lambda number=number: _add_one(workspace, number)) for number in range(3))
        print(
            f"one new report, published and visible: {one:.2f} s; building anew takes {built / one:.0f} times as long"
        )
        print(f"one decision, visible: {_decide(workspace):.2f} s")
        opened = reader(workspace)
        for name, parameters in _questions(opened).items():
            times = [_timed(lambda n=name, p=parameters: opened.run(n.split()[0], p)) for _ in range(chosen.repeat)]
            print(f"query {name}: median {_ms(statistics.median(times))}, 95% {_ms(_percentile(times))}")
        _materialised_against_view(opened)
        print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (building included)")


def _build(workspace: Workspace, reports: int) -> None:
    codes = sorted(metrics())
    with generations.write(workspace) as draft:
        connection = draft.connection
        connection.execute("CREATE TABLE code AS SELECT unnest($codes) AS metric, generate_subscripts($codes, 1) AS n",
                           {"codes": codes})  # fmt: skip
        connection.execute(_REPORTS, {"reports": reports, "years": YEARS, "first": FIRST_YEAR})
        connection.execute(_FIGURES, {"figures": FIGURES, "codes": len(codes)})
        connection.execute(_EVIDENCE)
        settle(connection)


def _add_one(workspace: Workspace, number: int) -> None:
    """One more version of an agency's report, with a new value: what an upload does after reading."""
    figures = tuple(
        Figure(code, float(number), Method.TABLE, Evidence(str(number))) for code in list(metrics())[: FIGURES // 2]
    )
    report = Report("new.docx", f"{number:064d}", agency=f"淮安市第{number}中学", year=2023, figures=figures)
    with generations.write(workspace) as draft:
        batch, register = Batch(2), load(draft.connection, "office")
        batch.add(Arrival(report, "office", "docx", register.find(report.agency or "", None), "1"))
        batch.store(draft.connection)
        settle(draft.connection)
    seen = reader(workspace).run("report_list", {"words": report.agency})
    assert len(seen) >= 1


def _decide(workspace: Workspace) -> float:
    rows = reader(workspace).run("report_list", {"count": 1})
    target = Target("office", str(rows.sha256.iloc[0]), int(rows.ordinal.iloc[0]))
    return _timed(lambda: (Decisions(workspace).correct(target, "year", 2024, "bench", "bench"), reader(workspace)))


def _questions(opened: Reader) -> dict[str, dict[str, object]]:
    agency = opened.run("report_list", {"count": 1}).agency_id.iloc[0]
    return {
        "facts (one metric, one year)": {"collection": "office", "metrics": ["applications.new"], "years": [2022]},
        "facts (three metrics, all years)": {
            "collection": "office",
            "metrics": ["applications.new", "applications.closed", "review.total"],
        },
        "facts (one agency)": {"collection": "office", "agency_ids": [agency], "applicants": None},
        "report_list": {"collection": "office", "count": 50},
        "store_overview": {},
    }


def _materialised_against_view(opened: Reader) -> None:
    """The facts of one metric and year: read from the sorted table, or chosen from all figures when asked."""
    cursor = opened.cursor()
    prepare(cursor)
    cursor.execute("CREATE OR REPLACE TABLE work_report AS SELECT * FROM store.report")
    rules(cursor)
    slow = _fastest(
        cursor, "SELECT count(*), sum(value) FROM work_fact WHERE metric = 'applications.new' AND year = 2022"
    )
    quick = _fastest(cursor, "SELECT count(*), sum(value) FROM fact WHERE metric = 'applications.new' AND year = 2022")
    print(f"facts in a view {_ms(slow)}, materialised {_ms(quick)}: {slow / quick:.0f} times")


def _fastest(cursor: duckdb.DuckDBPyConnection, query: str) -> float:
    return min(_timed(lambda: cursor.execute(query).fetchall()) for _ in range(3))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _percentile(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, round(0.95 * len(times)))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


_REPORTS = """
INSERT INTO store.report BY NAME
SELECT
    substr(sha256('r' || i), 1, 16) AS report_id, 'office' AS collection, sha256('f' || i) AS sha256, 0 AS ordinal,
    i || '.docx' AS source, 'docx' AS format, substr(sha256('a' || (i // $years)), 1, 16) AS agency_id,
    '某市第' || (i // $years) || '局' AS agency, '江苏省' AS province, $first + i % $years AS year, 'year' AS period,
    'annual_report' AS kind, 'published' AS stage, 'organ' AS scope, '2021' AS regime, 'county' AS agency_level,
    'department' AS agency_kind, false AS secondary_source, false AS year_uncertain, false AS agency_uncertain,
    false AS withdrawn, 'new' AS standing, '1' AS parser_version, 1 AS run
FROM range($reports) AS numbers (i)
"""

_FIGURES = """
INSERT INTO store.figure BY NAME
SELECT
    report_id, position::INTEGER AS position, metric,
    ['all', 'natural_person', 'company'][1 + position // $codes] AS applicant,
    (hash(report_id, position) % 1000)::DOUBLE AS value,
    CASE WHEN hash(position, report_id) % 20 = 0 THEN 'blank' ELSE 'reported' END AS status, '件' AS unit,
    false AS approximate, CASE WHEN position % 10 = 0 THEN 'narrative' ELSE 'table' END AS method, 1.0 AS confidence
FROM store.report, range($figures) AS numbers (position) JOIN code ON code.n = 1 + position % $codes
"""

_EVIDENCE = """
INSERT INTO store.evidence BY NAME
SELECT
    report_id, position, value::VARCHAR AS quote, (position // 8)::INTEGER AS block, 1 AS table_no,
    (position // 7)::INTEGER AS row_no, (position % 7)::INTEGER AS column_no
FROM store.figure
"""


if __name__ == "__main__":
    main()
