"""Which fields the wording of each paper has, and which placeholders are filled in each (see paper_words.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A text (or, with `several`, a list of texts) that may name `names`; an `optional` one may be empty. Or a
    `number` from 0 to 1."""

    names: frozenset[str] = frozenset()
    several: bool = False
    optional: bool = False
    number: bool = False


def _text(*names: str, optional: bool = False) -> Field:
    return Field(frozenset(names), optional=optional)


def _list(*names: str) -> Field:
    return Field(frozenset(names), several=True)


def _number() -> Field:
    return Field(number=True)


_HEAD = {"fictional": _text(), "number": _text(optional=True), "address": _text(optional=True)}

_NOTICE = {
    **_HEAD,
    "separator": _text(),
    "unit.title": _text("year"),
    "unit.opening": _text("agency", "year", "count"),
    "unit.closing": _text("agency", "year"),
    "unit.annex": _list(),
    "unit.matter": _text("year"),
    "place.title": _text("year"),
    "place.opening": _text("place", "year", "units", "count"),
    "place.closing": _text("place", "year"),
    "place.annex": _list(),
    "place.list_label": _text(),
    "place.list_title": _text(),
    "place.unit_heading": _text("number", "agency"),
    "place.matter": _text("year"),
    **{f"column.{name}": _text() for name in ("number", "item", "content", "agency", "problems", "titles")},
    **{f"line.{name}": _text() for name in ("problem", "place", "reported", "relation", "rule", "demand")},
    **{f"feedback.{name}": _text() for name in ("label", "label_second", "title", "agency", "year", "seal")},
    "feedback.year_text": _text("year"),
    "feedback.columns": _list(),
    "feedback.signers": _list(),
    "file.archive": _text("year"),
    "file.name": _text("number", "agency", "matter"),
    "file.no_city": _text(),
    "file.elsewhere": _text(),
    "file.list": _text(),
    "file.list_columns": _list(),
}

_CIRCULAR = {
    **_HEAD,
    "separator": _text(),
    "comma": _text(),
    "title": _text("year", "place"),
    "opening": _text("year", "place"),
    "overall.heading": _text(),
    "overall.due": _text("place", "due", "received", "published"),
    "overall.unlisted": _text("place", "received", "published"),
    "overall.in_time": _text("in_time", "late", "missing"),
    "overall.all_in_time": _text(),
    "overall.review": _text("at_once", "returned"),
    "overall.problems": _text("units", "count"),
    "overall.no_problems": _text(),
    "praise.heading": _text(),
    "praise.text": _text("count"),
    "praise.by_city": _text("cities"),
    "praise.city": _text("city", "count"),
    "praise.none": _text(),
    "common.heading": _text(),
    "common.item": _text("number", "title"),
    "common.text": _text("units", "count", "relation"),
    "common.example": _text("who", "place", "reported"),
    "common.none": _text(),
    "common.late": _text("count"),
    "common.missing": _text("count"),
    "common.behind": _text("parts"),
    "demand.heading": _text(),
    "demand.items": _list("year", "next_year"),
    "annex.list": _list(),
    **{f"annex.{name}": _text() for name in ("praised_label", "praised_title", "named_label", "named_title")},
    "annex.praised_columns": _list(),
    "annex.named_columns": _list(),
    "annex.missing": _text(),
    "annex.late": _text("days"),
    "annex.none": _text(),
    "annex.no_city": _text(),
    **{
        f"who.{level}_{kind}": _text()
        for level in ("province", "prefecture", "county")
        for kind in ("department", "government")
    },
    "who.township_government": _text(),
    "who.other": _text(),
    "file.name": _text("year"),
}

_LEADERS = {
    "fictional": _text(),
    "title": _text("year", "place"),
    **{
        f"conclusion.{name}": _text("place", "year", "due", "received", "units", "count", "missing", "late")
        for name in ("good", "fair", "poor")
    },
    "conclusion.unlisted": _text("place", "year", "received", "units", "count", "late"),
    "conclusion.empty": _text("place", "year"),
    "conclusion.top": _text("title", "units"),
    "conclusion.good_share": _number(),
    "conclusion.fair_share": _number(),
    **{f"number.{name}": _text() for name in ("received", "in_time", "at_once", "problems", "applications")},
    "number.units": _text("count"),
    "number.cases": _text("count"),
    "number.unknown": _text(),
    "note.received": _text("due"),
    "note.unlisted": _text(),
    "note.in_time": _text("late", "missing"),
    "note.no_dates": _text(),
    "note.at_once": _text("returned"),
    "note.problems": _text("count"),
    "note.applications": _text("before", "reports"),
    "note.applications_alone": _text("reports"),
    "note.no_applications": _text(),
    "problems.heading": _text(),
    "problems.item": _text("number", "title", "units", "count", "relation"),
    "problems.none": _text(),
    "chart.heading": _text(),
    "chart.title_city": _text("year"),
    "chart.title_county": _text("year"),
    "chart.good": _text(),
    "chart.problems": _text(),
    "chart.missing": _text(),
    "chart.no_city": _text(),
    "chart.no_county": _text(),
    "chart.others": _text("count"),
    "proposals.heading": _text(),
    "proposals.item": _text("number", "title", "text"),
    "file.name": _text("year"),
}

PAPERS: Mapping[str, Mapping[str, Field]] = {"notice": _NOTICE, "circular": _CIRCULAR, "leaders": _LEADERS}
"""The fields of each paper by their dotted names."""

PROPOSAL_RULES = ("missing", "late", "findings", "always")
"""When a proposal is made: units did not report; units were late; units have findings of its checks; where fewer than
three others are."""

PROPOSAL_FIELDS: Mapping[str, Field] = {"title": _text(), "text": _text("units", "year", "next_year")}
"""The texts of a proposal."""
