"""How fast 单位排名 and 趋势对比 answer: python -m benchmarks.ranking [--units N] [--repeat N]

An invented office of N units of one peer group with a report of every one of twelve years, in a temporary folder.
Printed: the named queries behind the pages, and the scripts of the pages (Streamlit's test runner, warm: what was asked
before is in its caches, as in a running dashboard), in CPU seconds, which other programs do not lengthen. `first` is a
page whose numbers nobody asked for yet in this version of the data. Some 0.2 seconds of each page are the test runner's
own, which looks for components of all installed packages before every run. Exit status 1 when a warm page misses the
target.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from gongkai.catalogue.indicators import measures
from gongkai.store import generations
from gongkai.store.publish import settle
from gongkai.store.reader import Reader, reader
from gongkai.store.schemes import Schemes
from gongkai.store.workspace import Workspace, create

YEARS = 12
FIRST_YEAR = 2014
TARGET = 0.5
"""Seconds of a page's script, warm."""
_SIZES = {
    "applications.new": (200, 400),
    "applications.carried_in": (0, 20),
    "applications.granted": (50, 90),
    "applications.partial": (5, 30),
    "applications.denied": (5, 30),
    "applications.unavailable": (20, 60),
    "applications.not_processed": (5, 40),
    "applications.other": (0, 30),
    "applications.closed": (200, 400),
    "applications.carried_out": (0, 30),
    **{f"review.{name}": size for name, size in (("upheld", (10, 60)), ("corrected", (0, 20)), ("other", (0, 10)))},
    "review.pending": (0, 10),
    "review.total": (30, 100),
    **{f"litigation.{name}": size for name, size in (("upheld", (5, 30)), ("corrected", (0, 8)), ("other", (0, 6)))},
    "litigation.pending": (0, 5),
    "litigation.total": (15, 50),
}
_APPLICANTS = ("all", "natural_person", "company")
_PROJECT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Build the office, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=3_000)
    parser.add_argument("--repeat", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = create(Path(folder) / "bench")
        os.environ["GONGKAI_DATA"] = str(workspace.folder)
        _build(workspace, chosen.units)
        print(f"{chosen.units} units, {YEARS} years, {chosen.units * YEARS} reports")
        opened = reader(workspace)
        for name, parameters in _questions(opened).items():
            times = [_cpu(lambda n=name, p=parameters: opened.run(n.split()[0], p)) for _ in range(chosen.repeat)]
            print(f"query {name}: {_ms(statistics.median(times))}", flush=True)
        scheme = Schemes(workspace).save(
            workspace.figures_collection,
            "bench",
            {"review.corrected_share": 2, "applications.carried_out_share": 1},
            "bench",
            "bench",
        )
        slow = 0
        for name, (page, parameters) in _pages(str(scheme), opened).items():
            first = _cpu(lambda p=page, given=parameters: _run(p, given))
            warm = statistics.median(
                [_cpu(lambda p=page, given=parameters: _run(p, given)) for _ in range(chosen.repeat)]
            )
            slow += warm > TARGET
            print(f"page {name}: warm {_ms(warm)}, first {_ms(first)}{' MISSED' * (warm > TARGET)}", flush=True)
    sys.exit(1 if slow else 0)


def _pages(scheme: str, opened: Reader) -> dict[str, tuple[str, dict[str, str]]]:
    unit = str(opened.run("report_list", {"count": 1})["agency_id"].iloc[0])
    bands = {"group": "county_departments:many"}
    return {
        "ranking, funnel": ("ranking", {}),
        "ranking, intervals": ("ranking", {"view": "caterpillar"}),
        "ranking, ranks over years": ("ranking", {"view": "years"}),
        "ranking, bands": ("ranking", {"view": "bands"}),
        "ranking, composite index": ("ranking", {"view": "composite", "scheme": scheme}),
        "ranking, within a band by volume": ("ranking", bands),
        "trends": ("compare", {}),
        "trends of one unit": ("compare", {"units": unit}),
        "trends within a band by volume": ("compare", bands),
    }


def _questions(opened: Reader) -> dict[str, dict[str, object]]:
    last = FIRST_YEAR + YEARS - 1
    every: dict[str, object] = {
        **{"collection": "office", "scope": "organ", "first_year": FIRST_YEAR, "last_year": last},
        **{"province": "", "city": "", "levels": [], "kinds": []},
    }
    corrected = measures()["review.corrected_share"]
    parts: dict[str, object] = {"numerators": list(corrected.numerator), "denominators": list(corrected.denominator)}
    band = f"county_departments:many:organ:{last}:office"
    return {
        "ranking_counts (all)": every | parts,
        "ranking_counts (a band)": every | parts | {"peers": band},
        "measure_table (all)": every | parts,
        "measure_table (a band)": every | parts | {"peers": band},
        "measure_by_year (all)": every | parts,
        "peer_members (a band)": {"peers": band},
    }


def _run(page: str, parameters: dict[str, str]) -> None:
    app = AppTest.from_file(str(_PROJECT / "app.py"), default_timeout=300)
    app.session_state["language"] = "zh-CN"
    app.switch_page(f"pages/{page}.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    if app.exception:
        raise SystemExit(f"{page} {parameters}: {app.exception[0].value}")
    if not app.get("plotly_chart") and parameters.get("view") != "bands":
        raise SystemExit(f"{page} {parameters}: shows no chart")


def _build(workspace: Workspace, units: int) -> None:
    with generations.write(workspace) as draft:
        connection = draft.connection
        connection.execute(
            "CREATE TABLE cell AS SELECT unnest($codes) AS metric, unnest($least) AS least, unnest($most) AS most",
            {
                "codes": list(_SIZES),
                "least": [least for least, _ in _SIZES.values()],
                "most": [most for _, most in _SIZES.values()],
            },
        )
        connection.execute(_REPORTS, {"units": units, "years": YEARS, "first": FIRST_YEAR})
        connection.execute(_FIGURES, {"applicants": list(_APPLICANTS)})
        connection.execute("DROP TABLE cell")
        settle(connection)


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


_REPORTS = """
INSERT INTO store.report BY NAME
SELECT
    substr(sha256('r' || i), 1, 16) AS report_id, 'office' AS collection, sha256('f' || i) AS sha256, 0 AS ordinal,
    i || '.docx' AS source, 'docx' AS format, substr(sha256('a' || (i // $years)), 1, 16) AS agency_id,
    '云川省某县第' || (i // $years) || '局' AS agency, '云川省' AS province,
    '第' || (i // $years) % 20 || '市' AS city, $first + i % $years AS year,
    'year' AS period, 'annual_report' AS kind, 'published' AS stage, 'organ' AS scope, '2021' AS regime,
    'county' AS agency_level, 'department' AS agency_kind, false AS secondary_source, false AS year_uncertain,
    false AS agency_uncertain, false AS withdrawn, 'new' AS standing, '1' AS parser_version, 1 AS run
FROM range($units * $years) AS numbers (i)
"""

_FIGURES = """
INSERT INTO store.figure BY NAME
SELECT
    report_id, (row_number() OVER (PARTITION BY report_id ORDER BY metric, applicant))::INTEGER AS position, metric,
    applicant,
    CASE WHEN applicant = 'all' THEN amount ELSE amount // 3 END::DOUBLE AS value, 'reported' AS status, '件' AS unit,
    false AS approximate, 'table' AS method, 1.0 AS confidence
FROM (
    SELECT report_id, metric, least + (hash(report_id, metric) % (most - least + 1))::INTEGER AS amount
    FROM store.report CROSS JOIN cell
)
CROSS JOIN (SELECT unnest($applicants) AS applicant)
ORDER BY report_id, position
"""


if __name__ == "__main__":
    main()
