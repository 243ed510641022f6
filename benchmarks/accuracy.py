"""How exactly the sample province is read: precision and recall per format, form, method and metric, against its truth.

    python -m benchmarks.accuracy [FOLDER] [--files N]

FOLDER is what `gongkai sample` wrote; without it a small one is written to a temporary folder. The sample proves
robustness over layouts; accuracy on real reports is measured on real, hand-labelled reports.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from gongkai.reading import read_reports
from gongkai.records import CONFIDENT
from gongkai.sample import write_sample

METADATA = ("agency", "year", "province", "scope", "regime", "published_on", "signed_on")
Outcome = tuple[Counter[tuple[str, ...]], list[str]]


def score(job: tuple[str, str]) -> Outcome:
    """Compare one file with its line of the truth: a tally (what, part, verdict) and the misses in words."""
    path, line = Path(job[0]), json.loads(job[1])
    tally: Counter[tuple[str, ...]] = Counter()
    misses: list[str] = []
    reports = read_reports(path)
    report = reports[0]
    part = f"{path.suffix[1:]} {line['regime'] or 'text'}"
    wanted: dict[tuple[str, str, str], list[float]] = {}
    for metric, applicant, value, method, *_ in line["figures"]:
        if value is not None:
            wanted.setdefault((method, metric, applicant), []).append(value)
    broken = False
    seen = set()
    for figure in report.figures:
        key = (figure.method.value, figure.metric, figure.applicant)
        if figure.value is None or (*key, figure.value) in seen:
            continue
        seen.add((*key, figure.value))
        values = wanted.get(key, [])
        hit = next((value for value in values if abs(value - figure.value) < 1e-6), None)
        doubted = figure.confidence < CONFIDENT
        if hit is not None:
            values.remove(hit)
        verdict = "right" if hit is not None else "doubted" if doubted else "wrong"
        for row in (part, key[1]):
            tally[key[0], row, verdict] += 1
        if verdict == "wrong":
            broken |= key[0] == "table"
            misses.append(f"{path.name}: wrong {' '.join(key)} = {figure.value:g} «{figure.evidence.quote}»")
    for key, values in wanted.items():
        for value in values:
            for row in (part, key[1]):
                tally[key[0], row, "missed"] += 1
            misses.append(f"{path.name}: missed {' '.join(key)} = {value:g}")
    tally["report", part, "wrong" if broken or len(reports) != 1 else "right"] += 1
    for field in METADATA:
        got: Any = getattr(report, field)
        got = got.isoformat() if hasattr(got, "isoformat") else got
        right = got == line[field]
        tally["metadata", field, "right" if right else "wrong"] += 1
        if not right:
            misses.append(f"{path.name}: {field} {got!r}, expected {line[field]!r}")
    found = {finding.check for finding in report.findings}
    planted = {mistake["check"] for mistake in line["mistakes"]}
    for check in planted:
        tally["finding", check, "right" if check in found else "missed"] += 1
        if check not in found:
            misses.append(f"{path.name}: finding {check} was not reported")
    for check in {f.check for f in report.findings if f.severity != "notice" and not f.doubtful} - planted:
        tally["finding", check, "wrong"] += 1
        misses.append(f"{path.name}: finding {check} reported, not planted")
    return tally, misses


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=10**9)
    parser.add_argument("--misses", type=int, default=40, help="how many misses to print")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if options.folder is None:
            write_sample(folder, cities=2, years=(2019, 2023))
        lines = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
        lines = [line for line in lines if line.get("file")]
        step = max(1, len(lines) // options.files)
        jobs = [(str(folder / line["file"]), json.dumps(line)) for line in lines[::step]]
        with get_context("spawn").Pool(2) as pool:
            outcomes = pool.map(score, jobs, chunksize=20)
    total: Counter[tuple[str, ...]] = Counter()
    misses: list[str] = []
    for tally, missed in outcomes:
        total += tally
        misses += missed
    print(
        f"{len(jobs)} files\n{'':10} {'':44} {'right':>8} {'wrong':>6} {'missed':>6} {'doubted':>7}  precision recall"
    )
    for what, row in sorted({key[:2] for key in total}):
        right, wrong, missed, doubted = (total[what, row, v] for v in ("right", "wrong", "missed", "doubted"))
        precision = right / (right + wrong) if right + wrong else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        print(f"{what:10} {row:44} {right:8} {wrong:6} {missed:6} {doubted:7}  {precision:.4f}  {recall:.4f}")
    print("\n".join(misses[: options.misses]))


if __name__ == "__main__":
    main()
