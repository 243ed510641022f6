"""Which fields the wording of each paper has, and which placeholders are filled in each (see paper_words.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A text (or, with `several`, a list of texts) that may name `names`; an `optional` one may be empty."""

    names: frozenset[str] = frozenset()
    several: bool = False
    optional: bool = False


def _text(*names: str, optional: bool = False) -> Field:
    return Field(frozenset(names), optional=optional)


def _list(*names: str) -> Field:
    return Field(frozenset(names), several=True)


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

PAPERS: Mapping[str, Mapping[str, Field]] = {"notice": _NOTICE}
"""The fields of each paper by their dotted names."""

PROPOSAL_RULES = ("missing", "late", "findings", "always")
"""When a proposal is made: units did not report; units were late; units have findings of its checks; where fewer than
three others are."""

PROPOSAL_FIELDS: Mapping[str, Field] = {"title": _text(), "text": _text("units", "year", "next_year")}
"""The texts of a proposal."""
