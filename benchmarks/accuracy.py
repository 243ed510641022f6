"""How exactly the test bed is read: precision and recall per format, form, method, metric and layout trait.

    python -m benchmarks.accuracy [FOLDER] [--files N] [--misses N] [--others N]

FOLDER is what `gongkai sample --layouts hard` wrote; without it N files (2,000) are written to a temporary folder.
Printed: targets and what was measured, tables by every dimension, the confusion list, and the same PDFs read by
pdfplumber and markitdown (requirements-bench.txt). Exit status 1 when a target is missed. The test bed proves
robustness; accuracy on real reports is measured on real reports.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.scoring import Outcome, score_file
from gongkai.sample.testbed.write import write_testbed

TARGETS: tuple[tuple[str, str, float], ...] = (
    ("reports whose tables are right or doubted at every wrong cell", "report sound", 0.999),
    ("table cells recalled", "table recall", 0.998),
    ("narrative precision", "narrative precision", 0.97),
    ("narrative recall", "narrative recall", 0.90),
    ("year", "metadata year", 0.99),
    ("period", "metadata period", 0.99),
    ("author", "metadata agency", 0.99),
)
_VERDICTS = ("right", "wrong", "missed", "doubted", "right but doubted")
Tally = Counter[tuple[str, str, str, str]]


def measured(tally: Tally, what: str, dimension: str = "all", name: str = "") -> float:
    """A share: `table recall`, `narrative precision`, or how often something was right."""
    if what.endswith((" recall", " precision")):
        method, kind = what.split()
        right, wrong, missed = (tally[dimension, name, method, verdict] for verdict in _VERDICTS[:3])
        return _share(right, missed if kind == "recall" else wrong)
    return _share(tally[dimension, name, what, "right"], tally[dimension, name, what, "wrong"])


def _share(right: int, other: int) -> float:
    return right / (right + other) if right + other else 1.0


def load(folder: Path, most: int) -> list[tuple[str, list[dict[str, Any]]]]:
    """The files of a test bed with their lines of the truth; at most so many, spread evenly."""
    files: dict[str, list[dict[str, Any]]] = {}
    for text in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        if line.get("file"):
            files.setdefault(line["file"], []).append(line)
    step = max(1, len(files) // most)
    return [(str(folder / name), lines) for name, lines in list(files.items())[::step]]


def main() -> int:
    """Read, compare, print; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="of the test bed that is written where no folder is given")
    parser.add_argument("--misses", type=int, default=40, help="how many misses to print")
    parser.add_argument("--others", type=int, default=20, help="how many PDFs to give to the other libraries")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "testbed"
        if options.folder is None:
            write_testbed(folder, options.files, options.seed)
        jobs = load(folder, options.files)
        started, total = time.perf_counter(), Outcome()
        with get_context("spawn").Pool(2) as pool:
            for outcome in pool.imap(score_file, jobs, chunksize=10):
                total.add(outcome)
        print(f"{len(jobs)} files, {sum(len(lines) for _, lines in jobs)} reports, "
              f"{time.perf_counter() - started:.0f} s\n")  # fmt: skip
        _print_dimensions(total.tally)
        _print_confusions(total, options.misses)
        pdfs = [(path, lines[0]) for path, lines in jobs if path.endswith(".pdf") and len(lines) == 1]
        _compare([(path, line) for path, line in pdfs if line["regime"]][: options.others])
    return _print_targets(total.tally)


def _compare(files: list[tuple[str, dict[str, Any]]]) -> None:
    """The same PDFs by other libraries, where they are installed."""
    try:
        from benchmarks.libraries import compare
    except ImportError as error:
        print(f"no comparison with other libraries: {error.name} is not installed (make bench installs it)\n")
        return
    compare(files)


def _print_dimensions(tally: Tally) -> None:
    heads = f"{'right':>8} {'wrong':>6} {'missed':>6} {'doubted':>7} {'unsure':>7}  precision  recall   sound"
    for dimension in ("all", "format", "form", "trait", "metric"):
        print(f"{'by ' + dimension:46} {heads}")
        names = sorted(
            {name for where, name, what, _ in tally if where == dimension and what in ("table", "narrative")}
        )
        for method in ("table", "narrative"):
            for name in names:
                counts = [tally[dimension, name, method, verdict] for verdict in _VERDICTS]
                if not any(counts):
                    continue
                sound = f"{measured(tally, 'report sound', dimension, name):.4f}"
                line = " ".join(f"{count:{width}}" for count, width in zip(counts, (8, 6, 6, 7, 7), strict=True))
                print(
                    f"{method + ' ' + name:46} {line}  {measured(tally, method + ' precision', dimension, name):9.4f} "
                    f"{measured(tally, method + ' recall', dimension, name):7.4f}  "
                    f"{sound if method == 'table' and dimension != 'metric' else ''}"
                )
        print()
    for what in sorted({what for where, _, what, _ in tally if where == "all" and what.startswith(("meta", "find"))}):
        right, wrong, missed = (tally["all", "", what, verdict] for verdict in _VERDICTS[:3])
        print(f"{what:46} {right:8} {wrong:6} {missed:6}")
    print()


def _print_confusions(total: Outcome, most: int) -> None:
    print("confusions, the most frequent first")
    for (what, cause), count in sorted(total.causes.items(), key=lambda item: (-item[1], item[0]))[:most]:
        print(f"{count:7} {what}: {cause}")
    print("\nmisses")
    print("\n".join(total.misses[:most]), end="\n\n")


def _print_targets(tally: Tally) -> int:
    missed = 0
    silent = measured(tally, "report without silent error")
    print(f"reports with no wrong figure that is not marked: {silent:.4f}")
    for words, what, target in TARGETS:
        value = measured(tally, what)
        missed += value < target
        print(f"{'MISSED' if value < target else 'met':7} {words}: {value:.4f} (target {target})")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
