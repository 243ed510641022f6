"""Ledgers that other offices keep and that reports are held against (data/ledgers.toml): who keeps them, what they
count, and by what headings people write it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gongkai.catalogue.metrics import metrics
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_NAME = "ledgers.toml"
_WORDS = ("title_zh", "title_en", "keeper_zh", "keeper_en", "note_zh", "note_en")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the empty template: its metric, and the headings above it, the upper one first ("" for none)."""

    metric: str
    block: str
    part: str


@dataclass(frozen=True, slots=True)
class LedgerKind:
    """A kind of ledger. `words` gives the metric of a heading (all headings above a column joined), `short` that of one
    without `noise`; `template` the columns of the empty sheet; `metrics` every metric that its columns may carry, in
    the order of the file."""

    code: str
    title_zh: str
    title_en: str
    keeper_zh: str
    keeper_en: str
    note_zh: str
    note_en: str
    metrics: tuple[str, ...]
    words: Mapping[str, str] = field(repr=False)
    short: Mapping[str, str] = field(repr=False)
    noise: tuple[str, ...] = field(repr=False)
    template: tuple[Column, ...] = field(repr=False)

    def title(self, language: str) -> str:
        """What the ledger is called in `language` ("en", else Chinese)."""
        return self.title_en if language == "en" else self.title_zh

    def keeper(self, language: str) -> str:
        """Who keeps it."""
        return self.keeper_en if language == "en" else self.keeper_zh

    def metric(self, heading: str) -> str | None:
        """The metric that a heading means (Chinese letters alone), word for word or with its noise set aside."""
        return self.words.get(heading) or self.short.get(_without(self.noise, heading))

    def heading(self, metric: str) -> str:
        """The heading by which a column of a metric is written out: the first word that means it."""
        return next(word for word, code in self.words.items() if code == metric)

    def note(self, language: str) -> str:
        """By which definition and day it counts."""
        return self.note_en if language == "en" else self.note_zh


@cache
def ledger_kinds() -> dict[str, LedgerKind]:
    """All kinds by code, in the order of the file. Raise CatalogueError naming file, kind and field."""
    try:
        data = tomllib.loads((DATA / _NAME).read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{_NAME}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{_NAME}: {error}") from error
    if set(data) != {"kind", "noise"} or not data["kind"] or not all(data["noise"]):
        raise CatalogueError(f"{_NAME}: must hold words of noise, entries [[kind]] and nothing else")
    found: dict[str, LedgerKind] = {}
    owner: dict[str, str] = {}
    for number, entry in enumerate(data["kind"], 1):
        kind = _kind(entry, tuple(data["noise"]), f"{_NAME}, kind {entry.get('code', number)}")
        if kind.code in found:
            raise CatalogueError(f"{_NAME}, kind {kind.code}: stands twice")
        for metric in kind.metrics:
            # A finding is told by its metric: of two ledgers it could not be said which one it means.
            if owner.setdefault(metric, kind.code) != kind.code:
                raise CatalogueError(f"{_NAME}, kind {kind.code}: {metric} is counted by {owner[metric]} already")
        found[kind.code] = kind
    return found


def _kind(entry: Mapping[str, Any], noise: tuple[str, ...], where: str) -> LedgerKind:
    if wrong := (set(entry) | {"parts"}) ^ {"code", "block", "parts", *_WORDS}:
        raise CatalogueError(f"{where}: entries {sorted(wrong)} are unknown or missing")
    for name in ("code", *_WORDS):
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise CatalogueError(f"{where}, {name}: is empty")
    codes: list[str] = []
    words: dict[str, str] = {}
    template: list[Column] = []
    for block in entry["block"]:
        _add_block({"parts": entry.get("parts"), **block}, where, codes, words, template)
    return LedgerKind(
        code=entry["code"],
        **{name: entry[name] for name in _WORDS},
        metrics=tuple(codes),
        words=words,
        short=_short(words, noise),
        noise=noise,
        template=tuple(template),
    )


def _add_block(
    block: Mapping[str, Any], where: str, codes: list[str], words: dict[str, str], template: list[Column]
) -> None:
    if wrong := set(block) - {"metrics", "headings", "parts", "template"}:
        raise CatalogueError(f"{where}, block: entries {sorted(wrong)} are unknown")
    headings, parts = block.get("headings"), block.get("parts")
    if not headings or not parts or not headings[0]:
        raise CatalogueError(f"{where}, block {block.get('metrics')}: headings and parts are needed")
    for part, named in parts.items():
        metric = f"{block.get('metrics')}.{part}"
        if metric not in metrics():
            raise CatalogueError(f"{where}, block: {metric!r} is not in metrics.csv")
        if not named or not named[0]:
            raise CatalogueError(f"{where}, {metric}: words are needed, the first of them not empty")
        codes.append(metric)
        if block.get("template", True):
            template.append(Column(metric, headings[0], named[0]))
        pairs = [(above, below) for above in headings for below in named]
        for word in (*(above + below for above, below in pairs), *(below + above for above, below in pairs)):
            if not word or words.setdefault(word, metric) != metric:
                raise CatalogueError(f"{where}, {metric}: {word!r} is empty or stands for {words.get(word)} too")


def _short(words: Mapping[str, str], noise: tuple[str, ...]) -> dict[str, str]:
    """The words without noise, as far as each means one figure alone."""
    found: dict[str, set[str]] = {}
    for word, metric in words.items():
        found.setdefault(_without(noise, word), set()).add(metric)
    return {word: next(iter(meant)) for word, meant in found.items() if word and len(meant) == 1}


def _without(noise: tuple[str, ...], text: str) -> str:
    for word in noise:
        text = text.replace(word, "")
    return text
