"""Write a whole sample: the reports as files, and the truth, the manifest and the register beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.errors import UnusableInput
from gongkai.sample.activity import Values, activity
from gongkai.sample.compose import compose, totals
from gongkai.sample.content import Content
from gongkai.sample.counts import FIRST_YEAR, LAST_YEAR, Table, added_up, own_tables
from gongkai.sample.docx import write_docx
from gongkai.sample.draft import Draft, new_draft
from gongkai.sample.folder import make_empty
from gongkai.sample.html import write_html
from gongkai.sample.mistakes import plant
from gongkai.sample.pdf import write_pdf
from gongkai.sample.province import Shape, Unit, build_province
from gongkai.sample.text import write_text
from gongkai.sample.truth import agencies, manifest, truth_line

Progress = Callable[[int, int], None]
"""Told after every report how many are done, of how many."""

_WRITERS: dict[str, Callable[[Content], bytes]] = {
    "html": write_html,
    "docx": write_docx,
    "pdf": write_pdf,
    "txt": write_text,
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: files by format, the reports left out on purpose, those with planted mistakes, bytes in all."""

    folder: Path
    agencies: int
    reports: int
    missing: int
    mistaken: int
    size: int
    formats: dict[str, int] = field(default_factory=dict)


def write_sample(
    folder: Path,
    cities: int = 6,
    years: tuple[int, int] = (2019, 2025),
    seed: int = 1,
    progress: Progress | None = None,
) -> Summary:
    """Write a fictional province's reports of `years` (first and last) under `folder`.

    The same seed gives the same bytes. Reports go to reports/YEAR/CITY/; truth.jsonl, manifest.csv and agencies.csv
    stand beside that folder. Raise UnusableInput for a span of years or a number of cities that cannot be made, and for
    a folder that is not empty.
    """
    first, last = years
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise UnusableInput(
            f"--years {first}-{last}: give a span within {FIRST_YEAR}-{LAST_YEAR}, the earlier year first"
        )
    units = build_province(Shape(cities=cities), seed)
    make_empty(folder)
    drafts = plan(units, range(first, last + 1), seed)
    formats: Counter[str] = Counter()
    lines, size = [], 0
    neighbours = _neighbours(drafts)
    for number, draft in enumerate(drafts, start=1):
        composed = compose(draft, neighbours[draft.unit.city, draft.year], seed)
        if not draft.missing:
            data = _WRITERS[draft.format](composed.content)
            path = folder / draft.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            formats[draft.format] += 1
            size += len(data)
        lines.append(truth_line(draft, composed.stated))
        if progress:
            progress(number, len(drafts))
    for name, text in (
        ("truth.jsonl", "\n".join(lines) + "\n"),
        ("manifest.csv", manifest(drafts, seed)),
        ("agencies.csv", agencies(units)),
    ):
        data = text.encode("utf-8")
        (folder / name).write_bytes(data)
        size += len(data)
    mistaken = sum(bool(draft.mistakes) for draft in drafts)
    missing = sum(draft.missing for draft in drafts)
    return Summary(folder, len(units), len(drafts) - missing, missing, mistaken, size, dict(sorted(formats.items())))


def plan(units: tuple[Unit, ...], years: range, seed: int, mistakes: str = "mistakes.csv") -> list[Draft]:
    """The reports of all units and years, by year; `mistakes` is the file that says how often which is planted."""
    tables = _tables(units, years[-1], seed)
    drafts = []
    for year in years:
        for unit in units:
            values = activity(unit, year, seed)
            last: Values | None = None
            if year > FIRST_YEAR:
                last = activity(unit, year - 1, seed) | totals(tables[unit.name][year - 1])
            drafts.append(new_draft(unit, year, tables[unit.name][year], values, last, seed))
    plant(drafts, seed, mistakes)
    return drafts


def _tables(units: tuple[Unit, ...], last: int, seed: int) -> dict[str, dict[int, Table]]:
    """The true tables of all units by year; children come after their government, so go from the end."""
    children: dict[str, list[str]] = {}
    for unit in units:
        if unit.parent:
            children.setdefault(unit.parent, []).append(unit.name)
    found: dict[str, dict[int, Table]] = {}
    for unit in reversed(units):
        if unit.scope == "organ":
            found[unit.name] = own_tables(unit, last, seed)
        else:
            below = [found[name] for name in children[unit.name]]
            found[unit.name] = {
                year: added_up(tables[year] for tables in below) for year in range(FIRST_YEAR, last + 1)
            }
    return found


def _neighbours(drafts: list[Draft]) -> dict[tuple[str, int], tuple[str, ...]]:
    """For each city and year, the titles that its site lists beside a report."""
    found: dict[tuple[str, int], list[str]] = {}
    for draft in drafts:
        found.setdefault((draft.unit.city, draft.year), []).append(draft.title)
    return {key: tuple(titles[:5]) for key, titles in found.items()}
