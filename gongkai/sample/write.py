"""Write a whole sample: the reports as files; the truth and the lists that an office keeps beside them.

Years are planned one after another and written by several processes; nothing is held longer than two years.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from gongkai.errors import UnusableInput
from gongkai.sample.annex import FIRST_ANNEX_YEAR
from gongkai.sample.compose import Composed, compose
from gongkai.sample.content import Content
from gongkai.sample.counts import LAST_YEAR
from gongkai.sample.docx import write_docx
from gongkai.sample.draft import Draft
from gongkai.sample.folder import make_empty
from gongkai.sample.html import write_html
from gongkai.sample.ledgers import write_ledgers
from gongkai.sample.lines import as_csv, as_line
from gongkai.sample.older import compose_annex
from gongkai.sample.pdf import write_pdf
from gongkai.sample.plan import plan
from gongkai.sample.province import SHAPES, build_province
from gongkai.sample.register import agencies, deadlines
from gongkai.sample.sentences import Stated
from gongkai.sample.text import write_text
from gongkai.sample.truth import EVENT_COLUMNS, MANIFEST_COLUMNS, event_rows, full_record, manifest_rows
from gongkai.sample.unit import Unit
from gongkai.sample.versions import events, versions, website_form

Progress = Callable[[int, int], None]
"""Told now and then how many reports are done, of how many."""

YEARS = {"small": (2019, 2025), "full": (2014, 2025)}
"""The years of each size, unless others are asked for."""
_WRITERS: dict[str, Callable[[Content], bytes]] = {
    "html": write_html,
    "docx": write_docx,
    "pdf": write_pdf,
    "txt": write_text,
}
_TRACKED = 2
"""Of so many years, the last ones, the versions are written."""
_BATCH = 20
_WORTH_PROCESSES = 600
"""Reports written by one process, and from how many on it takes several."""
_HEADS = {
    "truth.jsonl": "",
    "manifest.csv": as_csv(MANIFEST_COLUMNS, ()),
    "due.csv": as_csv(("agency", "year"), ()),
    "submissions.csv": as_csv(EVENT_COLUMNS, ()),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: units, their reports, those left out on purpose, those with planted mistakes; files (versions
    count each) by format, bytes in all."""

    folder: Path
    agencies: int
    reports: int
    missing: int
    mistaken: int
    size: int
    formats: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Written:
    """What was written of some reports: lines for the lists, and counts."""

    lines: dict[str, str]
    formats: Counter[str] = field(default_factory=Counter)
    size: int = 0
    reports: int = 0
    missing: int = 0
    mistaken: int = 0
    done: int = 0


def write_sample(
    folder: Path,
    cities: int | None = None,
    years: tuple[int, int] | None = None,
    seed: int = 1,
    progress: Progress | None = None,
    size: str = "small",
) -> Summary:
    """Write a fictional province's reports of `years` (first and last) under `folder`.

    The same seed gives the same bytes. Reports go to reports/YEAR/CITY/; truth.jsonl and the lists that the commands
    import stand beside that folder, other offices' ledgers of the last year in ledgers/. `size` is one of SHAPES, of
    which only so many `cities` are made if given. Raise UnusableInput for a span of years or a number of cities that
    cannot be made, and for a folder that is not empty.
    """
    first, last = years or YEARS[size]
    if not FIRST_ANNEX_YEAR <= first <= last <= LAST_YEAR:
        raise UnusableInput(
            f"--years {first}-{last}: give a span within {FIRST_ANNEX_YEAR}-{LAST_YEAR}, the earlier year first"
        )
    units = build_province(SHAPES[size] if cities is None else replace(SHAPES[size], cities=cities), seed)
    make_empty(folder)
    span = range(first, last + 1)
    total = sum(unit.exists(year) for unit in units for year in span)
    lists = {"agencies.csv": agencies(units, span, seed), "deadlines.csv": deadlines(span)}
    for name, text in lists.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    sums = _Written({})
    with ExitStack() as stack:
        streams = {name: stack.enter_context((folder / name).open("wb")) for name in _HEADS}
        for name, head in _HEADS.items():
            streams[name].write(head.encode("utf-8"))
        for part in _parts(folder, units, span, seed, total):
            for name, text in part.lines.items():
                streams[name].write(text.encode("utf-8"))
            _add(sums, part)
            if progress:
                progress(sums.done, total)
    sums.size += sum((folder / name).stat().st_size for name in (*_HEADS, *lists))
    agencies_written = lists["agencies.csv"].count("\n") - 1
    counts = (agencies_written, sums.reports, sums.missing, sums.mistaken, sums.size)
    return Summary(folder, *counts, dict(sorted(sums.formats.items())))


def _add(sums: _Written, part: _Written) -> None:
    sums.formats += part.formats
    for name in ("size", "reports", "missing", "mistaken", "done"):
        setattr(sums, name, getattr(sums, name) + getattr(part, name))


def _parts(folder: Path, units: tuple[Unit, ...], span: range, seed: int, total: int) -> Iterator[_Written]:
    """Plan year by year, and write each year's reports in batches, in order."""
    workers = len(os.sched_getaffinity(0)) if total >= _WORTH_PROCESSES else 1
    with ExitStack() as stack:
        pool = None
        if workers > 1:
            pool = stack.enter_context(ProcessPoolExecutor(workers, mp_context=get_context("spawn")))
        for drafts in plan(units, span, seed, tracked=_TRACKED):
            if drafts and drafts[0].year == span[-1]:
                yield _Written({}, size=write_ledgers(folder, drafts, span[-1], seed))
            batches = [drafts[start : start + _BATCH] for start in range(0, len(drafts), _BATCH)]
            write = partial(_write, folder, seed, span[-1], _neighbours(drafts))
            yield from pool.map(write, batches) if pool else map(write, batches)


def _write(folder: Path, seed: int, last: int, neighbours: dict[str, tuple[str, ...]], drafts: list[Draft]) -> _Written:
    """Write the files of some reports."""
    written = _Written({})
    rows: dict[str, list[tuple[str, ...]]] = {"manifest.csv": [], "due.csv": [], "submissions.csv": []}
    truths = []
    for draft in drafts:
        beside = neighbours[draft.unit.city]
        stated: tuple[Stated, ...] = ()
        files = versions(draft, seed)
        for number, version in enumerate(files):
            composed = _composed(version.draft, beside, seed)
            if version.draft is draft:
                stated = composed.stated
            content = composed.content
            if len(files) > 1:
                content = replace(content, saved=f"{version.received_on}T01:{number:02d}:00Z")
            data = _WRITERS[version.draft.format](content)
            path = folder / version.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.formats[version.draft.format] += 1
            written.size += len(data)
        tracked = draft.year > last - _TRACKED
        form, steps = website_form(draft.unit, draft.year, tracked, draft.year == last, seed)
        truths.append(as_line(full_record(draft, stated, files, form)))
        rows["manifest.csv"] += manifest_rows(files, seed)
        if draft.due:
            rows["due.csv"].append((draft.unit.name, str(draft.year)))
            rows["submissions.csv"] += event_rows(draft, [*events(draft, files), *steps], seed)
        written.reports += bool(files)
        written.missing += draft.due and not files
        written.mistaken += bool(draft.mistakes)
    written.done = len(drafts)
    written.lines = {"truth.jsonl": "".join(line + "\n" for line in truths)}
    written.lines |= {name: as_csv(None, lines) for name, lines in rows.items()}
    return written


def _composed(draft: Draft, neighbours: tuple[str, ...], seed: int) -> Composed:
    return (compose_annex if draft.regime == "2014" else compose)(draft, neighbours, seed)


def _neighbours(drafts: list[Draft]) -> dict[str, tuple[str, ...]]:
    """For each city, the titles that its site lists beside a report."""
    found: dict[str, list[str]] = {}
    for draft in drafts:
        found.setdefault(draft.unit.city, []).append(draft.title)
    return {city: tuple(titles[:5]) for city, titles in found.items()}
