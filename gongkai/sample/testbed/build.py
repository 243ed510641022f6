"""Make the reports of the test bed one by one: which unit, kind and format, which traits, and what then is true."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

from gongkai.sample.chance import stream
from gongkai.sample.compose import compose
from gongkai.sample.content import Content, Grid, Paragraph, Part
from gongkai.sample.counts import Key
from gongkai.sample.draft import Draft, Mistake
from gongkai.sample.older import Older, write_older
from gongkai.sample.testbed.effects import Effects
from gongkai.sample.testbed.geometry import cells_of_row
from gongkai.sample.testbed.layout import LAYOUTS, lay_out
from gongkai.sample.testbed.settings import choose_traits, settings
from gongkai.sample.truth import mistake_record, record
from gongkai.sample.unit import Unit

PAGES = ("html", "mht")
"""Formats that are a web page inside, whatever they are called."""
_LOST = frozenset({"cell_a_line", "cells_dropped"})
"""Ways of writing text in which an empty cell leaves no trace."""
_YEAR = re.compile(r"20\d\d年度?")
_FAULTS = {
    "year_uncertain": 0.012,
    "agency_uncertain": 0.012,
    "secondary_source": 0.015,
    "annex_total_is_not_sum": 0.12,
}
"""Mistakes of a whole document, and of the annex: in what share of the reports that lend themselves."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One report of the test bed: what is written, and its line of the truth (without the file's name)."""

    content: Content
    truth: dict[str, object]


def has_page_around(form: str, content: Content) -> bool:
    """Whether the report stands on a page that says when it was published."""
    inside = form in PAGES or (form == "doc" and content.look % 3 < 2) or (form == "xls" and content.look % 2 == 0)
    return inside and (content.style != "word" or "layout_tables" in content.traits) and "repost" not in content.traits


def statutory(draft: Draft, form: str, number: int, seed: int, alone: bool = True) -> Piece:
    """The report of `draft` as file `number` of the test bed: with the form of its year, laid out by traits.

    One that stands `alone` may be one that does not say its year or author, or that is found on a repost site.
    """
    chance = stream(seed, "testbed", number, draft.unit.name)
    traits = choose_traits(form, draft.regime if draft.tables else None, chance)
    if draft.merge_other:
        traits -= {"label_and_row_gone"}
    fault = _fault(chance, form, draft) if alone else None
    draft = replace(draft, called=draft.unit.name)
    if fault == "agency_uncertain":
        draft = replace(
            draft, called="我单位", unit=replace(draft.unit, name="我单位", short="我单位", place="本地", city="")
        )
    composed = compose(draft, (), seed * 1000 + number)
    truth = record(draft, composed.stated)
    content, effects = _laid_out(composed.content, traits, chance)
    truth |= _about(form, content, effects, "statutory")
    if fault:
        content = _faulty(content, fault, truth)
    return Piece(content, _with_effects(truth, effects) | _dates(form, content))


def older(id: str, unit: Unit, form: str, number: int, seed: int) -> Piece:
    """A report of kind `id` (data/sample/older.toml) as file `number` of the test bed."""
    chance = stream(seed, "testbed", number, unit.name)
    traits = choose_traits(form, "2014" if id == "annex" else None, chance)
    twice = "annex_twice" in traits and unit.kind != "department"
    written = write_older(id, unit, number, seed, "annex_codes" in traits, twice)
    mistakes: list[Mistake] = []
    if id == "annex" and chance.random() < _FAULTS["annex_total_is_not_sum"]:
        written, mistakes = _wrong_annex(written, chance)
    content, effects = _laid_out(written.content, traits - ({"annex_twice"} if not twice else set()), chance)
    effects.mistakes += mistakes
    figures: list[list[object]] = []
    for scope, table in written.tables:
        figures += [[metric, who, value, "table", False, scope] for (metric, who), value in table.items()]
    figures += [[s.metric, "all", s.value, "narrative", s.approximate] for s in written.stated]
    truth: dict[str, object] = {
        "agency": unit.name, "province": unit.province, "city": unit.city or None, "level": unit.level,
        "kind": unit.kind, "parent": unit.parent, "scope": None if written.tables else unit.scope,
        "year": written.year, "regime": "2014" if written.tables else None, "stage": "published",
        "signed_on": written.signed_on.isoformat(), "figures": figures, "mistakes": [], "consequences": [],
    }  # fmt: skip
    stated = {item.metric for item in written.stated}
    # The total that was made wrong may stand in a sentence, too.
    differing = [Mistake("narrative_differs_from_table", m.where) for m in mistakes if m.where.split("/")[0] in stated]
    truth["consequences"] = [mistake_record(mistake) for mistake in differing]
    truth |= _about(form, content, effects, id) | {"report_kind": written.kind.kind, "period": written.kind.period}
    return Piece(content, _with_effects(truth, effects) | _dates(form, content))


def together(pieces: list[Piece], title: str) -> Content:
    """Several reports as one document, one after another, under a title of the whole or under the first one's."""
    parts: list[Part] = []
    for number, piece in enumerate(pieces):
        if number or title:
            parts += [Paragraph(line, "center") for line in piece.content.title]
        parts += piece.content.parts
    first = pieces[0].content
    return replace(first, title=(title,) if title else first.title, parts=tuple(parts))


def _laid_out(content: Content, traits: frozenset[str], chance: Random) -> tuple[Content, Effects]:
    effects = Effects(chance)
    parts = lay_out(list(content.parts), traits, effects)
    if traits & _LOST:
        effects.unknowable |= _beside_empty(parts)
    kept = frozenset(trait for trait in traits if trait not in LAYOUTS or trait in effects.done)
    return replace(content, parts=parts, traits=kept, struck=settings().deleted), effects


def _beside_empty(parts: tuple[Part, ...]) -> set[Key]:
    """The figures of rows in which a cell is empty: where empty cells leave no trace, the others may be any."""
    found: set[Key] = set()
    for grid in parts:
        if isinstance(grid, Grid):
            for row in range(grid.rows):
                figures = [cell for cell in cells_of_row(grid, row) if cell.key]
                if any(not cell.text for cell in figures):
                    found |= {cell.key for cell in figures if cell.key}
    return found


def _about(form: str, content: Content, effects: Effects, id: str) -> dict[str, object]:
    return {
        "report_kind": "annual_report",
        "period": "year",
        "form": id,
        "format": form,
        "traits": sorted(content.traits),
        "unknowable": sorted(list(key) for key in effects.unknowable),
    }


def _with_effects(truth: dict[str, object], effects: Effects) -> dict[str, object]:
    """The truth after the layout: emptied cells have no value, dropped ones are not there, mistakes are added."""
    figures: list[list[object]] = truth["figures"]  # type: ignore[assignment]
    kept = []
    for figure in figures:
        key = (str(figure[0]), str(figure[1]))
        if figure[3] == "table" and key in effects.gone:
            continue
        kept.append([*figure[:2], None, *figure[3:]] if figure[3] == "table" and key in effects.empty else figure)
    mistakes: list[object] = truth["mistakes"]  # type: ignore[assignment]
    return truth | {"figures": kept, "mistakes": [*mistakes, *map(mistake_record, effects.mistakes)]}


def _dates(form: str, content: Content) -> dict[str, object]:
    return {"published_on": content.published_on.isoformat() if has_page_around(form, content) else None}


def _fault(chance: Random, form: str, draft: Draft) -> str | None:
    """A mistake of the whole document, by lot, where nothing else is wrong."""
    if draft.mistakes:
        return None
    for fault in ("year_uncertain", "agency_uncertain", "secondary_source"):
        fits = form == "html" if fault == "secondary_source" else form in ("docx", "pdf", "txt")
        if fits and chance.random() < 3 * _FAULTS[fault]:
            return fault
    return None


def _faulty(content: Content, fault: str, truth: dict[str, object]) -> Content:
    truth["mistakes"] = [mistake_record(Mistake(fault, "document"))]
    if fault == "secondary_source":
        return replace(content, traits=(content.traits | {"repost"}) - {"layout_tables"})
    if fault == "agency_uncertain":
        truth |= {"agency": None, "province": None, "city": None, "parent": None, "scope": None}
        return replace(content, publisher="")
    truth |= {"year": None, "signed_on": None}
    parts: list[Part] = []
    for part in content.parts:
        if isinstance(part, Grid):
            parts.append(part)
        elif not (part.text.endswith("日") and isinstance(part, Paragraph) and part.align == "right"):
            parts.append(replace(part, text=_YEAR.sub("", part.text)))
    title = tuple(_YEAR.sub("", line) for line in content.title)
    return replace(content, parts=tuple(parts), title=title)


def _wrong_annex(written: Older, chance: Random) -> tuple[Older, list[Mistake]]:
    """One total of the annex one too many."""
    metric = chance.choice(("applications.new", "applications.closed", "applications.answered", "organisation.staff"))
    tables = [(scope, dict(table)) for scope, table in written.tables]
    tables[0][1][metric, "all"] += 1
    value, done, parts = str(int(tables[0][1][metric, "all"])), False, list[Part]()
    for part in written.content.parts:
        if isinstance(part, Grid) and not done:
            cells = tuple(replace(c, text=value) if c.key == (metric, "all") else c for c in part.cells)
            part, done = replace(part, cells=cells), True
        parts.append(part)
    content = replace(written.content, parts=tuple(parts))
    return replace(written, content=content, tables=tuple(tables)), [Mistake("annex_total_is_not_sum", f"{metric}/all")]
