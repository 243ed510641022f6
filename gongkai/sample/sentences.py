"""Sentences with figures (data/sample/statements.toml): which a report says, in which words, with which figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from gongkai.catalogue.metrics import metrics
from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.activity import Values
from gongkai.sample.unit import Unit

PARTS = (
    "disclosure",
    "applications",
    "management",
    "platform",
    "response",
    "supervision",
    "section_two",
    "section_three",
    "section_four",
    "other",
    "planted",
    *("work", "published", "answered", "requests", "review", "hotline", "fees", "problems", "annex"),
)
"""Where statements stand: the parts of section one; sections two to four of reports without tables; section six; and
the parts of reports without these forms (data/sample/older.toml)."""
WORDS = frozenset(
    {"year", "last_year", "next_year", "period", "name", "we", "whole", "place", "area", "upper", "topic", "host"}
    | {"leader", "office", "phone", "number", "list", "reference", "p1", "p2", "p3", "r1", "r2", "r3"}
    | {"span", "all"}
)
"""What may stand in braces beside metrics."""
_SLOT = re.compile(r"\{(?:(last|growth):)?([a-z_0-9.]+)([~%$]?)\}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that reports say in a sentence, in several wordings; see the head of the file."""

    id: str
    part: str
    chance: float
    texts: tuple[str, ...]
    zero: tuple[str, ...]
    zeroes: tuple[str, ...]
    needs: str
    kinds: frozenset[str]
    levels: frozenset[str]
    years: range

    def said_by(self, unit: Unit, year: int) -> bool:
        """Whether a unit of this kind and level may say it about `year`."""
        kind = not self.kinds or unit.like in self.kinds
        return kind and (not self.levels or unit.level in self.levels) and year in self.years


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a sentence states it; `value` in the catalogue's unit."""

    metric: str
    value: float
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the figures that stand in it."""

    text: str
    figures: tuple[Stated, ...] = ()
    statement: str = ""


@cache
def statements(name: str = "statements.toml") -> tuple[Statement, ...]:
    """All statements in the order of a file. Raise CatalogueError naming the statement and the field."""
    path = DATA / "sample" / name
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_statement(entry, name) for entry in raw["statement"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CatalogueError(f"sample/{path.name}: {error!r}") from error


def _statement(raw: dict[str, Any], file: str = "statements.toml") -> Statement:
    first, last = raw.get("years", (0, 9999))
    found = Statement(
        id=raw["id"],
        part=raw["part"],
        chance=float(raw["chance"]),
        texts=tuple(raw["texts"]),
        zero=tuple(raw.get("zero", ())),
        zeroes=tuple(raw.get("zeroes", ())),
        needs=raw.get("needs", ""),
        kinds=frozenset(raw.get("kinds", ())),
        levels=frozenset(raw.get("levels", ())),
        years=range(first, last + 1),
    )
    named = [slot[1] for text in found.texts + found.zero for slot in _SLOT.findall(text)]
    unknown = {*named, *found.zeroes, *filter(None, [found.needs])} - set(metrics()) - WORDS
    if unknown or found.part not in PARTS or not found.texts or bool(found.zero) != bool(found.zeroes):
        raise CatalogueError(f"sample/{file}, {found.id}: part, texts, zero or {sorted(unknown)} are wrong")
    return found


class Speaker:
    """Says statements for one report: its figures, last year's (null where there are none), its words."""

    def __init__(self, values: Values, last: Values | None, words: Mapping[str, str], chance: Random) -> None:
        self.values, self.last, self.words, self.chance = values, last, words, chance

    def say(self, statement: Statement, instead: Mapping[str, float] | None = None) -> Sentence | None:
        """The statement in one of its wordings, or null where it cannot be said.

        `instead` gives figures that the sentence is to state in place of the true ones.
        """
        if statement.needs and not self.values.get(statement.needs):
            if not statement.zero or statement.needs not in self.values:
                return None
            text = self.fill(self.chance.choice(statement.zero))
            return Sentence(text, tuple(Stated(code, 0) for code in statement.zeroes), statement.id)
        fitting = [text for text in statement.texts if self._can_fill(text)]
        if not fitting:
            return None
        figures: list[Stated] = []
        text = self._filled(self.chance.choice(fitting), figures, instead or {})
        return Sentence(text, tuple(figures), statement.id)

    def fill(self, text: str) -> str:
        """`text` with its words put in; it may hold no figure of this year."""
        return self._filled(text, [], {})

    def _can_fill(self, text: str) -> bool:
        for about, name, _ in _SLOT.findall(text):
            if name in WORDS and not about:
                continue
            if name not in self.values or (about and (self.last is None or not self.last.get(name))):
                return False
        return True

    def _filled(self, text: str, figures: list[Stated], instead: Mapping[str, float]) -> str:
        def slot(match: re.Match[str]) -> str:
            about, name, mark = match.groups()
            if not about and name in self.words:
                return self.words[name]
            value = instead.get(name, self.values[name])
            if about:
                return self._beside(about, name, value)
            printed, stated = self._number(name, value, mark)
            figures.append(stated)
            return printed

        return _SLOT.sub(slot, text)

    def _beside(self, about: str, name: str, value: float) -> str:
        """Last year's figure, or the change since."""
        last = (self.last or {})[name]
        if about == "last":
            return f"{last:.0f}"
        change = round(100 * (value - last) / last, 1)
        return "持平" if not change else f"{'增长' if change > 0 else '下降'}{abs(change):.1f}%"

    def _number(self, name: str, value: float, mark: str) -> tuple[str, Stated]:
        if mark == "%":
            return f"{value:.2f}".rstrip("0").rstrip(".") + "%", Stated(name, value)
        if mark == "$":
            amount = round(value / 10_000, 4)
            return (f"{value:.0f}元" if self.chance.random() < 0.6 else f"{amount:g}万元"), Stated(name, amount)
        if mark == "~" and self.chance.random() < 0.55:
            if value >= 20_000:
                rounded = value // 1000 / 10
                return f"{rounded:.1f}万余", Stated(name, round(rounded * 10_000), True)
            if value >= 1000:
                return f"{value // 100 * 100:.0f}余", Stated(name, int(value) // 100 * 100, True)
        return f"{value:.0f}", Stated(name, int(value))
