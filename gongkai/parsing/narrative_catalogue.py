"""The catalogue of phrases (data/narrative/*.toml): loaded once, validated, compiled.

A pattern names the metrics it states (none: it claims a number that is not ours), the units it takes, the words that
bring it up (`any`), its expressions (`text`), what cancels it near the number (`not`: from the number before to the
end of the clause) or in its sentence (`unless`), the topic that must be the last one spoken of (`topic`) or must have
come up in the paragraph or its heading (`within`), the one value it is good for (`only`), and its rank.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.catalogue.metrics import metrics
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

COUNT, PERCENT, BARE = "\ue000", "\ue001", "\ue002"
"""The signs that stand for a quantity in a masked paragraph: with a unit, a percentage, without a unit."""

_ANY = f"{COUNT}-{BARE}"
_PLACES = {
    "<n>": f"(?P<n>[{COUNT}{BARE}])",
    "<p>": f"(?P<n>{PERCENT})",
    "<o>": f"[{_ANY}]",
    "#": _ANY,
}
_REPEATS = 12
"""How often a repeated group may stand: a bound on the time that any text can cost."""
_PATTERN_FIELDS = {
    *("metric", "metrics", "units", "any", "text", "rank", "not", "topic", "within", "confidence", "unless", "only"),
}
_ZERO_FIELDS = {"metric", "item", "verb", "not", "context", "topic", "free"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """How sentences state one metric (or several with one number, or none)."""

    metrics: tuple[str, ...]
    units: frozenset[str]
    any: tuple[str, ...]
    text: tuple[re.Pattern[str], ...]
    rank: int
    cancel: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    topic: str | None
    within: str | None
    confidence: float
    only: int | None


@dataclass(frozen=True, slots=True)
class Zero:
    """A thing that a negation denies. `verb` must stand between the negation and it, `cancel` must not; `context`
    must stand in the sentence; `free`: nothing need follow it."""

    metric: str
    item: re.Pattern[str]
    verb: re.Pattern[str] | None
    cancel: re.Pattern[str] | None
    context: re.Pattern[str] | None
    topic: str | None
    free: bool


@dataclass(frozen=True, slots=True)
class Published:
    """How counts of items published are told, and through which channel."""

    units: frozenset[str]
    any: tuple[str, ...]
    text: tuple[re.Pattern[str], ...]
    channel_text: tuple[re.Pattern[str], ...]
    general: re.Pattern[str]
    never: re.Pattern[str]
    listed: re.Pattern[str]
    listed_never: re.Pattern[str]
    reported: re.Pattern[str]
    unknown: re.Pattern[str]
    part: re.Pattern[str]
    channels: re.Pattern[str]
    metrics: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Narrative:
    """The whole catalogue, compiled.

    `triggers`: which patterns (by position) a word brings up; `trade`: hotlines of one trade, `business`: applications
    for something else; neither is a topic of ours.
    """

    patterns: tuple[Pattern, ...]
    triggers: Mapping[str, tuple[int, ...]]
    zeros: tuple[Zero, ...]
    published: Published
    respectively: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    topics: re.Pattern[str]
    trade: re.Pattern[str]
    business: re.Pattern[str]
    period: Mapping[str, re.Pattern[str]]
    scope: Mapping[str, re.Pattern[str]]
    negation: Mapping[str, re.Pattern[str]]


class _Loader:
    """Reads the files of a folder; `file` is the one whose entries are being looked at, for messages."""

    def __init__(self, folder: Path) -> None:
        self.file = folder.name
        self.words: dict[str, str] = {}
        self.sections: dict[str, tuple[str, Any]] = {}
        self.entries: dict[str, list[tuple[str, int, Mapping[str, Any]]]] = {}
        paths = sorted(folder.glob("*.toml"))
        if not paths:
            raise CatalogueError(f"{folder.name}: holds no phrases (*.toml)")
        for path in paths:
            self._read(path)

    def _read(self, path: Path) -> None:
        self.file = path.name
        try:
            with path.open("rb") as stream:
                data: dict[str, Any] = tomllib.load(stream)
        except OSError as error:
            raise CatalogueError(f"{path.name}: cannot be read ({error.strerror})") from error
        except tomllib.TOMLDecodeError as error:
            raise CatalogueError(f"{path.name}: {error}") from error
        for name, value in data.items():
            if isinstance(value, list):
                self.entries.setdefault(name, []).extend((path.name, n, row) for n, row in enumerate(value, 1))
            elif name in self.sections:
                raise self.fail(f"[{name}]", f"stands in {self.sections[name][0]} too")
            else:
                self.sections[name] = (path.name, value)

    def fail(self, entry: str, message: str) -> CatalogueError:
        return CatalogueError(f"{self.file}, {entry}: {message}")

    def section(self, name: str) -> Any:
        if name not in self.sections:
            raise self.fail(f"[{name}]", "is missing")
        return self.sections[name][1]

    def opened(self, name: str) -> Any:
        """A section that is looked at next."""
        value = self.section(name)
        self.file = self.sections[name][0]
        return value

    def rows(self, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The entries [[name]] with their number in their file."""
        if name not in self.entries:
            raise self.fail(f"[[{name}]]", "is missing")
        for file, number, fields in self.entries[name]:
            self.file = file
            yield number, fields

    def strings(self, entry: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self.fail(entry, "must be a list of texts, not empty")
        return tuple(value)

    def expand(self, entry: str, source: Any) -> str:
        """`source` with its words and places filled in."""
        if not isinstance(source, str) or not source:
            raise self.fail(entry, "must be a text, not empty")

        def word(match: re.Match[str]) -> str:
            if match[1] not in self.words:
                raise self.fail(entry, f"{{{match[1]}}} is no word of [words]")
            return self.words[match[1]]

        return re.sub(r"\{([a-z_]+)\}", word, source)

    def compile(self, entry: str, source: Any, number: bool = False) -> re.Pattern[str]:
        text = self.expand(entry, source)
        places = sum(text.count(place) for place in ("<n>", "<p>"))
        if number and places != 1:
            raise self.fail(entry, f"{source!r} has {places} numbers (<n>, <p>), must have one")
        text = text.replace(")*", f"){{0,{_REPEATS}}}").replace(")+", f"){{1,{_REPEATS}}}")
        for place, expression in _PLACES.items():
            text = text.replace(place, expression if number or place in ("<o>", "#") else f"[{_ANY}]")
        try:
            return re.compile(text)
        except re.error as error:
            raise self.fail(entry, f"{source!r} is no regular expression ({error})") from error

    def optional(self, entry: str, fields: Mapping[str, Any], name: str) -> re.Pattern[str] | None:
        return self.compile(f"{entry}, {name}", fields[name]) if name in fields else None

    def metric(self, entry: str, code: Any) -> str:
        if not isinstance(code, str) or code not in metrics():
            raise self.fail(entry, f"{code!r} is no metric of metrics.csv")
        if not metrics()[code].narrative:
            raise self.fail(entry, f"{code} is not stated in sentences (metrics.csv, regimes)")
        return code

    def unit_group(self, entry: str, name: Any) -> frozenset[str]:
        groups = self.section("units")
        if name not in groups:
            raise self.fail(entry, f"units = {name!r} is not in [units]")
        return frozenset(self.strings(f"[units] {name}", groups[name]))

    def known(self, entry: str, fields: Mapping[str, Any], allowed: Iterable[str]) -> None:
        unknown = set(fields) - set(allowed)
        if unknown:
            raise self.fail(entry, f"unknown field {', '.join(sorted(unknown))}")

    def topic(self, entry: str, fields: Mapping[str, Any], name: str) -> str | None:
        if name not in fields:
            return None
        if fields[name] not in self.section("topics"):
            raise self.fail(entry, f"{name} = {fields[name]!r} is not in [topics]")
        return str(fields[name])

    def pattern(self, number: int, fields: Mapping[str, Any]) -> Pattern:
        entry = f"pattern {number} ({fields.get('metric', fields.get('metrics', '?'))})"
        self.known(entry, fields, _PATTERN_FIELDS)
        named = fields["metrics"] if "metrics" in fields else [fields["metric"]] if fields.get("metric") else []
        for required in ("units", "any", "text"):
            if required not in fields:
                raise self.fail(entry, f"{required} is missing")
        confidence = fields.get("confidence", 0.95)
        if not isinstance(confidence, float) or not 0 < confidence <= 1:
            raise self.fail(entry, f"confidence = {confidence!r} is not between 0 and 1")
        return Pattern(
            metrics=tuple(self.metric(entry, code) for code in named),
            units=self.unit_group(entry, fields["units"]),
            any=self.strings(f"{entry}, any", fields["any"]),
            text=tuple(
                self.compile(entry, text, number=True) for text in self.strings(f"{entry}, text", fields["text"])
            ),
            rank=int(fields.get("rank", 0)),
            cancel=self.optional(entry, fields, "not"),
            unless=self.optional(entry, fields, "unless"),
            topic=self.topic(entry, fields, "topic"),
            within=self.topic(entry, fields, "within"),
            confidence=confidence,
            only=fields.get("only"),
        )

    def zero(self, number: int, fields: Mapping[str, Any]) -> Zero:
        entry = f"zero {number} ({fields.get('metric', '?')})"
        self.known(entry, fields, _ZERO_FIELDS)
        return Zero(
            metric=self.metric(entry, fields.get("metric")),
            item=self.compile(f"{entry}, item", fields.get("item")),
            verb=self.optional(entry, fields, "verb"),
            cancel=self.optional(entry, fields, "not"),
            context=self.optional(entry, fields, "context"),
            topic=self.topic(entry, fields, "topic"),
            free=bool(fields.get("free", False)),
        )

    def published(self, channels: Mapping[str, str]) -> Published:
        """How items published are counted, through `channels` (name to words)."""
        named = self.opened("channel_metrics")
        if set(named) != {*channels, "total"}:
            raise self.fail("[channel_metrics]", "must name a metric for each of [channels] and for total")
        metrics_of = {name: self.metric(f"[channel_metrics] {name}", code) for name, code in named.items() if code}
        alternatives = "|".join(f"(?P<{name}>{words})" for name, words in channels.items())
        fields = self.opened("published")

        def numbered(name: str) -> tuple[re.Pattern[str], ...]:
            entry = f"[published] {name}"
            return tuple(self.compile(entry, text, number=True) for text in self.strings(entry, fields.get(name)))

        def words(name: str) -> re.Pattern[str]:
            return self.compile(f"[published] {name}", fields.get(name))

        return Published(
            units=self.unit_group("[published]", fields.get("units")),
            any=self.strings("[published] any", fields.get("any")),
            text=numbered("text"),
            channel_text=numbered("channel_text"),
            general=words("general"),
            never=words("never"),
            listed=words("listed"),
            listed_never=words("listed_never"),
            reported=words("reported"),
            unknown=words("unknown"),
            part=words("part"),
            channels=self.compile("[channels]", alternatives),
            metrics=metrics_of,
        )

    def compiled(self, section: str) -> dict[str, re.Pattern[str]]:
        """A section of expressions (a list is one of alternatives)."""
        return {
            name: self.compile(f"[{section}] {name}", "|".join(text) if isinstance(text, list) else text)
            for name, text in self.opened(section).items()
        }

    def load(self) -> Narrative:
        for name, source in self.opened("words").items():
            self.words[name] = self.expand(f"[words] {name}", source)
        channels = {name: self.expand(f"[channels] {name}", words) for name, words in self.opened("channels").items()}
        self.words["channel"] = f"(?:{'|'.join(channels.values())})"
        topics = {name: self.strings(f"[topics] {name}", words) for name, words in self.opened("topics").items()}
        published, period, scope = self.published(channels), self.compiled("period"), self.compiled("scope")
        negation = self.compiled("negation")
        patterns = tuple(self.pattern(number, fields) for number, fields in self.rows("pattern"))
        triggers: dict[str, tuple[int, ...]] = {}
        for order, pattern in enumerate(patterns):
            for word in pattern.any:
                triggers[word] = (*triggers.get(word, ()), order)
        return Narrative(
            patterns=patterns,
            triggers=triggers,
            zeros=tuple(self.zero(number, fields) for number, fields in self.rows("zero")),
            published=published,
            respectively=tuple(
                (
                    self.compile(f"respectively {n}", row.get("item")),
                    (self.metric(f"respectively {n}", row.get("metric")),) if row.get("metric") != "" else (),
                )
                for n, row in self.rows("respectively")
            ),
            topics=re.compile(
                "|".join(f"(?P<{name}>{'|'.join(map(re.escape, words))})" for name, words in topics.items())
            ),
            trade=self.compile("[words] trade", "{trade}"),
            business=self.compile("[words] business", "{business}$"),
            period=period,
            scope=scope,
            negation=negation,
        )


def load(path: Path) -> Narrative:
    """The catalogue in the folder `path`. Raise CatalogueError naming the file and the entry that is wrong."""
    return _Loader(path).load()


@cache
def narrative() -> Narrative:
    """The project's catalogue of phrases, compiled once."""
    return load(DATA / "narrative")
