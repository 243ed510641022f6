"""The form of a unit's fields, and the unit that a filled-in form comes to."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gongkai.agencies.register import NOWHERE, FormerName, Unit
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS, FIRST_YEAR, LAST_YEAR, SCOPES
from gongkai.store.register_export import former_names_text
from gongkai.store.register_file import former_names_in, names_in
from gongkai.ui.messages import language, t
from gongkai.ui.register_data import code_word, labels

_CODES: dict[str, tuple[str, ...]] = {"level": AGENCY_LEVELS, "kind": AGENCY_KINDS, "scope": SCOPES}
_YEARS = ("since", "until", "population_year")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Given:
    """A form that was sent: the values by field, from which year on a new name holds (null: not said), whether it is
    only spelled otherwise, why, and below each field the place where its mistake is named."""

    values: dict[str, Any]
    renamed_from: int | None
    spelling: bool
    reason: str
    slots: dict[str, DeltaGenerator]


def result(unit: Unit | None, given: Given) -> Unit:
    """The unit that a form comes to (without an id where it is new). A renamed one keeps its old name with its years:
    from where the last one ended, else from its own first year, to the year before the new name."""
    made: Unit = replace(unit or Unit("", "", "", ""), **given.values)
    if unit is None or made.name == unit.name or given.renamed_from is None:
        return made
    last = given.renamed_from - 1
    ended = [former.last for former in made.former_names if former.last is not None and former.last < last]
    first = max(ended) + 1 if ended else unit.since
    return replace(made, former_names=(*made.former_names, FormerName(unit.name, first, last)))


def form(unit: Unit | None, known: Sequence[Unit]) -> Given | None:
    """The form, filled with what stands now; what was given once it is sent."""
    shown = _Form(unit, [other for other in known if unit is None or other.id != unit.id])
    with st.form(f"register_form_{shown.identity}"):
        first, second = st.columns([3, 2])
        shown.text(first, "name")
        shown.several(second, "short_names")
        renamed, spelling = None, False
        if unit is not None:
            first, second = st.columns([3, 2], vertical_alignment="bottom")
            renamed = first.number_input(
                t("admin.unit.renamed_from"),
                min_value=FIRST_YEAR,
                max_value=LAST_YEAR,
                value=None,
                step=1,
                format="%d",
                placeholder=t("admin.unit.renamed_placeholder"),
                key=shown.key("renamed_from"),
            )
            spelling = second.checkbox(t("admin.unit.spelling"), key=shown.key("spelling"))
        for column, field in zip(st.columns(3), ("level", "kind", "scope"), strict=True):
            shown.code(column, field)
        for column, field in zip(st.columns(4), ("province", "city", "county", "territory"), strict=True):
            shown.text(column, field)
        first, second = st.columns(2)
        shown.unit(first, "parent", t("admin.unit.no_parent"))
        shown.unit(second, "reports_to", t("admin.unit.like_parent"))
        first, second = st.columns(2)
        shown.unit(first, "counts_in", t("admin.unit.counted_by_kind"))
        shown.unit(second, "successor", t("admin.unit.no_successor"))
        for column, field in zip(st.columns(4), ("since", "until", "population", "population_year"), strict=True):
            shown.number(column, field)
        first, second, third = st.columns([2, 1, 1])
        shown.former(first)
        shown.text(second, "contact")
        shown.text(third, "telephone")
        reason = st.text_input(
            t("reports.decide.reason"),
            placeholder=t("admin.unit.reason_placeholder"),
            max_chars=300,
            key=shown.key("reason"),
        )
        shown.slot(st.container(), "reason")
        sent = st.form_submit_button(t("reports.decide.save"), type="primary")
    if not sent:
        return None
    return Given(shown.values, renamed, spelling, reason.strip(), shown.slots)


class _Form:
    """The widgets of the form, each with a place below it for what is wrong."""

    def __init__(self, unit: Unit | None, others: Sequence[Unit]) -> None:
        self._unit = unit
        self._labels = labels(others)
        self._ids = sorted(self._labels, key=self._labels.__getitem__)
        # What stands now is part of the identity: once it is saved, the widgets start anew from there.
        self.identity = f"{unit.id if unit else 'new'}_{zlib.crc32(repr(unit).encode()):x}_{language()}"
        self.values: dict[str, Any] = {}
        self.slots: dict[str, DeltaGenerator] = {}

    def key(self, field: str) -> str:
        return f"unit_{field}_{self.identity}"

    def slot(self, place: DeltaGenerator, field: str) -> None:
        self.slots[field] = place.container()

    def _now(self, field: str) -> Any:
        return getattr(self._unit, field) if self._unit else None

    def text(self, place: DeltaGenerator, field: str) -> None:
        value = place.text_input(
            t(f"admin.field.{field}"), value=self._now(field) or "", max_chars=_LONGEST, key=self.key(field)
        )
        self.values[field] = (value or "").strip() or (None if field != "name" else "")
        self.slot(place, field)

    def several(self, place: DeltaGenerator, field: str) -> None:
        self._joined(place, field, ";".join(self._now(field) or ()), names_in, t("admin.unit.short_help"))

    def former(self, place: DeltaGenerator) -> None:
        text = former_names_text(self._now("former_names") or ())
        self._joined(place, "former_names", text, former_names_in, t("admin.unit.former_help"))

    def _joined(
        self, place: DeltaGenerator, field: str, text: str, read: Callable[[str], tuple[Any, ...]], help_: str
    ) -> None:
        value = place.text_input(t(f"admin.field.{field}"), value=text, help=help_, key=self.key(field))
        self.values[field] = read(value or "")
        self.slot(place, field)

    def code(self, place: DeltaGenerator, field: str) -> None:
        empty = t("admin.unit.by_kind") if field == "scope" else t("filters.choose")
        words = {"": empty} | {code: code_word(field, code) for code in _CODES[field]}
        self.values[field] = self._chosen(place, field, words) or (None if field == "scope" else "")

    def unit(self, place: DeltaGenerator, field: str, none: str) -> None:
        special = {"": none} | ({NOWHERE: t("admin.nowhere")} if field == "counts_in" else {})
        now = self._now(field)
        # A unit that is not in the register (any more) is kept until another one is chosen.
        lost = {now: now} if now and now not in self._labels and now not in special else {}
        words = special | lost | {id_: self._labels[id_] for id_ in self._ids}
        self.values[field] = self._chosen(place, field, words) or None

    def _chosen(self, place: DeltaGenerator, field: str, words: Mapping[str, str]) -> str:
        options = list(words)
        now = self._now(field) or ""
        value = place.selectbox(
            t(f"admin.field.{field}"),
            options,
            index=options.index(now) if now in words else 0,
            format_func=words.__getitem__,
            key=self.key(field),
            placeholder=t("filters.choose"),
        )
        self.slot(place, field)
        return str(value or "")

    def number(self, place: DeltaGenerator, field: str) -> None:
        year = field in _YEARS
        value = place.number_input(
            t(f"admin.field.{field}"),
            min_value=FIRST_YEAR - 60 if year else 0,
            max_value=LAST_YEAR if year else 2_000_000_000,
            value=self._now(field),
            step=1,
            format="%d",
            placeholder=t("reports.not_stated"),
            key=self.key(field),
        )
        self.values[field] = None if value is None else int(value)
        self.slot(place, field)
