"""The truth beside the files: truth.jsonl, one report a line; manifest.csv and agencies.csv as offices keep them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import timedelta

from gongkai.sample.chance import stream
from gongkai.sample.draft import Draft, Mistake
from gongkai.sample.province import Unit
from gongkai.sample.sentences import Stated

MANIFEST_COLUMNS = ("file", "agency", "year", "stage", "received_on", "published_on", "url", "reviewer", "contact")
AGENCY_COLUMNS = ("name", "aliases", "province", "city", "level", "kind", "parent", "scope")


def truth_line(draft: Draft, stated: Iterable[Stated]) -> str:
    """One report as JSON: a line of truth.jsonl."""
    return as_line(record(draft, stated))


def as_line(values: dict[str, object]) -> str:
    """A record as a line of JSON."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def record(draft: Draft, stated: Iterable[Stated]) -> dict[str, object]:
    """One report: who, when, its mistakes, and `figures` as [metric, applicant, value, method, approximate].

    `value` is in the catalogue's unit, null where the cell holds no number. `mistakes` were made on purpose;
    `consequences` follow from them elsewhere. A report that was never made has no `file`.
    """
    unit = draft.unit
    figures: list[list[object]] = []
    if not draft.missing:
        if draft.tables:
            figures += [[metric, who, value, "table", False] for (metric, who), value in draft.stated().items()]
        figures += [[item.metric, "all", item.value, "narrative", item.approximate] for item in stated]
    return {
        "file": None if draft.missing else draft.file,
        "agency": unit.name,
        "province": unit.province,
        "city": unit.city or None,
        "level": unit.level,
        "kind": unit.kind,
        "parent": unit.parent,
        "scope": unit.scope,
        "year": draft.year,
        "regime": None if draft.missing or not draft.tables else draft.regime,
        "stage": None if draft.missing else draft.stage,
        "published_on": None if draft.missing else draft.published_on.isoformat(),
        "signed_on": None if draft.missing else draft.signed_on.isoformat(),
        "figures": figures,
        "mistakes": [mistake_record(mistake) for mistake in draft.mistakes],
        "consequences": [mistake_record(mistake) for mistake in draft.consequences],
    }


def mistake_record(mistake: Mistake) -> dict[str, str]:
    """A mistake as the truth names it."""
    return {"check": mistake.check, "where": mistake.where}


def manifest(drafts: Iterable[Draft], seed: int) -> str:
    """The list that a reviewing office keeps of what it received, as CSV."""
    rows = []
    for draft in drafts:
        if draft.missing:
            continue
        chance = stream(seed, draft.unit.name, draft.year, "office")
        received = draft.published_on - timedelta(days=chance.randint(1, 12))
        desk = f"{draft.unit.city or draft.unit.province}政务公开办审核{chance.choice('一二三')}组"
        phone = f"{draft.unit.name}办公室 0600-{chance.randint(6000000, 6999999)}"
        dates = (received.isoformat(), draft.published_on.isoformat())
        rows.append((draft.file, draft.unit.name, str(draft.year), draft.stage, *dates, "", desk, phone))
    return _csv(MANIFEST_COLUMNS, rows)


def agencies(units: Iterable[Unit]) -> str:
    """The register of the units, as CSV; `aliases` are other names that a unit goes by."""
    rows = []
    for unit in units:
        alias = "" if unit.short == unit.name else unit.short
        rows.append((unit.name, alias, unit.province, unit.city, unit.level, unit.kind, unit.parent or "", unit.scope))
    return _csv(AGENCY_COLUMNS, rows)


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()
