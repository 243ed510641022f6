"""The truth beside the files: truth.jsonl, one report of one unit a line, and what an office would note of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from gongkai.sample.chance import stream
from gongkai.sample.counts import MONEY
from gongkai.sample.draft import Draft, Mistake
from gongkai.sample.register import contact, telephone
from gongkai.sample.sentences import Stated
from gongkai.sample.versions import Event, Version

MANIFEST_COLUMNS = ("file", "agency", "year", "stage", "received_on", "published_on", "url", "reviewer", "contact")
EVENT_COLUMNS = ("agency", "year", "item", "event", "on", "file", "actor", "note")


def record(draft: Draft, stated: Iterable[Stated]) -> dict[str, object]:
    """One report: who, when, its mistakes, and `figures` as [metric, applicant, value, method, approximate].

    `value` is in the catalogue's unit, null where the cell holds no number. `mistakes` were made on purpose;
    `consequences` follow from them elsewhere. A report that was never made has no `file`.
    """
    unit, there = draft.unit, not draft.missing
    figures: list[list[object]] = []
    if there:
        if draft.tables:
            figures += [[metric, who, value, "table", False] for (metric, who), value in draft.stated().items()]
        figures += [[item.metric, "all", item.value, "narrative", item.approximate] for item in stated]
    published = draft.published_on if there and draft.stage in ("published", "corrected") else None
    return {
        "file": draft.file if there else None,
        "agency": unit.name,
        "printed_name": draft.named.name if there else None,
        "title": draft.title if there else None,
        "province": unit.province,
        "city": unit.city or None,
        "level": unit.level,
        "kind": unit.kind,
        "parent": unit.parent,
        "counts_in": unit.counts_in,
        "scope": unit.scope,
        "year": draft.year,
        "regime": draft.regime if there and draft.tables else None,
        "stage": draft.stage if there else None,
        "published_on": _iso(published),
        "signed_on": draft.signed_on.isoformat() if there else None,
        "figures": figures,
        "mistakes": [mistake_record(mistake) for mistake in draft.mistakes],
        "consequences": [mistake_record(mistake) for mistake in draft.consequences],
    }


def full_record(
    draft: Draft, stated: Iterable[Stated], files: tuple[Version, ...], website_form: str | None
) -> dict[str, object]:
    """The record of one unit and year: with its state, its versions, and what a government's units add up to."""
    found = record(draft, stated) | {
        "due": draft.due,
        "state": draft.course.state if draft.due else None,
        "versions": [_version(version, draft) for version in files],
        "website_form": website_form if draft.due else None,
    }
    if draft.sums:
        found["sums"] = [[*key, value / 10_000 if key[0] in MONEY else value] for key, value in draft.sums.items()]
    return found


def _version(version: Version, standing: Draft) -> dict[str, object]:
    """One file; `other_figures` are those of its tables that are not as in the version that stands."""
    draft, now = version.draft, standing.stated()
    before = draft.stated().items() if draft is not standing else ()
    other: list[list[Any]] = [[*key, value] for key, value in before if now[key] != value]
    return {
        "file": version.file,
        "stage": draft.stage,
        "received_on": version.received_on.isoformat(),
        "published_on": _iso(version.published_on),
        "mistakes": [mistake_record(mistake) for mistake in draft.mistakes],
        "other_figures": other,
    }


def mistake_record(mistake: Mistake) -> dict[str, str]:
    """A mistake as the truth names it."""
    return {"check": mistake.check, "where": mistake.where}


def manifest_rows(files: tuple[Version, ...], seed: int) -> list[tuple[str, ...]]:
    """The lines of the list that a reviewing office keeps of what it received."""
    rows: list[tuple[str, ...]] = []
    for version in files:
        draft, unit = version.draft, version.draft.unit
        published = _iso(version.published_on) or ""
        dates = (version.received_on.isoformat(), published)
        url = f"http://www.{unit.site}.example/zwgk/{published[:4]}/{draft.file.split('/')[-1]}" if published else ""
        asked = f"{contact(unit, seed)} {telephone(unit, seed)}"
        rows.append(
            (version.file, draft.named.name, str(draft.year), draft.stage, *dates, url, desk(draft, seed), asked)
        )
    return rows


def event_rows(draft: Draft, events: Iterable[Event], seed: int) -> list[tuple[str, ...]]:
    """The lines of submissions.csv."""
    who = desk(draft, seed)
    return [
        (draft.unit.name, str(draft.year), one.item, one.event, one.on.isoformat(), one.file, who, one.note)
        for one in events
    ]


def desk(draft: Draft, seed: int) -> str:
    """Who looks through the report."""
    group = stream(seed, draft.unit.name, draft.year, "office").choice("一二三")
    return f"{draft.unit.city or draft.unit.province}政务公开办审核{group}组"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
