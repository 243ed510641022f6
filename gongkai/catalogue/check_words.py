"""The words by which the checks know what they look for (data/check_words.toml), compiled and validated once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.catalogue.forms import forms
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_FILE = "check_words.toml"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a template leaves behind: a pattern, why it is one (a reason of placeholder_left), and the words in front
    of it that make it none (null: no words do). `any`: one of these stands in all that the pattern finds."""

    reason: str
    any: tuple[str, ...]
    pattern: re.Pattern[str]
    spared: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """What stands in a section that says nothing: sub-headings, and clauses each of which is wholly one of these."""

    heading: re.Pattern[str]
    clauses: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class HoleWords:
    """A number left out, in text as printed: wide blanks before a unit, or one blank, which counts if repeated."""

    pattern: re.Pattern[str]
    single: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class FeeWords:
    """`other` fees, the fee `named`, `plain` words for fees (which count in the last section), what is `said` of it;
    `charged` is said of nothing else, so that it counts where only the name of the rules names the fee."""

    other: re.Pattern[str]
    named: re.Pattern[str]
    plain: re.Pattern[str]
    said: re.Pattern[str]
    charged: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ScopeWords:
    """Whose figure a sentence gives: the `organ`'s alone, or that of the `whole`."""

    organ: re.Pattern[str]
    whole: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class YearWords:
    """Where another year is no fault (`plans` for the next, `history`), and where it is one: in the words that
    announce the `own_report`, and in the `opening` of the first section (both with a group `year`)."""

    plans: re.Pattern[str]
    history: re.Pattern[str]
    own_report: re.Pattern[str]
    opening: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a subject does that can be the author only (`own_work`), what no unit elsewhere does in this report
    (`at_work`), the words of a sentence in which another unit is named rightly (`spared`), and words of `time` that may
    stand in front of a name."""

    own_work: re.Pattern[str]
    at_work: re.Pattern[str]
    spared: re.Pattern[str]
    time: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """An applicant's name: one of the `roles`, a surname, one or two characters, and what comes `after` a name."""

    roles: re.Pattern[str]
    name: re.Pattern[str]
    not_names: tuple[str, ...]
    mobile: re.Pattern[str]
    office: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CheckWords:
    """All of them. `sections`: by the form's name of a section, how else reports head it."""

    sections: dict[str, re.Pattern[str]]
    empty: EmptyWords
    placeholders: tuple[Placeholder, ...]
    hole: HoleWords
    fees: FeeWords
    scopes: ScopeWords
    years: YearWords
    units: UnitWords
    people: PeopleWords


@cache
def check_words() -> CheckWords:
    """The words. Raise CatalogueError naming file, table and entry."""
    path = DATA / _FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{_FILE}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{_FILE}: {error}") from error
    try:
        words = _words(raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{_FILE}: {error!r} is missing or of the wrong kind") from error
    named = {section for form in forms().values() for section in form.sections}
    if set(words.sections) != named:
        raise CatalogueError(f"{_FILE}, sections: not those of the forms, {sorted(set(words.sections) ^ named)}")
    for name, pattern in (("own_report", words.years.own_report), ("opening", words.years.opening)):
        if set(pattern.groupindex) != {"year"}:
            raise CatalogueError(f"{_FILE}, years.{name}: must have the group 'year' and no other")
    return words


def _words(raw: dict[str, Any]) -> CheckWords:
    empty, people = raw["empty"], _table(raw, "people", ("roles", "mobile", "office"))
    surname = "|".join([*map(re.escape, raw["people"]["compound"]), f"[{raw['people']['surnames']}]"])
    after = raw["people"]["after"]
    name = rf"(?P<role>{people['roles'].pattern})[:：]?(?P<name>(?:{surname})[\u4e00-\u9fff]{{1,2}}?)(?={after})"
    return CheckWords(
        sections={section: _pattern("sections", section, words) for section, words in raw["sections"].items()},
        empty=EmptyWords(
            _pattern("empty", "heading", empty["heading"]),
            tuple(_pattern("empty", "clauses", clause) for clause in empty["clauses"]),
        ),
        placeholders=tuple(
            Placeholder(
                str(entry["reason"]),
                _any(number, entry["any"]),
                _pattern("placeholder", number, entry["pattern"]),
                _pattern("placeholder", number, entry["spared"]) if "spared" in entry else None,
            )
            for number, entry in enumerate(raw["placeholder"], start=1)
        ),
        hole=HoleWords(**_table(raw, "hole", ("pattern", "single"))),
        fees=FeeWords(**_table(raw, "fees", ("other", "named", "plain", "said", "charged"))),
        scopes=ScopeWords(**_table(raw, "scopes", ("organ", "whole"))),
        years=YearWords(**_table(raw, "years", ("plans", "history", "own_report", "opening"))),
        units=UnitWords(**_table(raw, "units", ("own_work", "at_work", "spared", "time"))),
        people=PeopleWords(
            roles=people["roles"],
            name=_pattern("people", "name", name),
            not_names=tuple(raw["people"]["not_names"]),
            mobile=people["mobile"],
            office=people["office"],
        ),
    )


def _any(number: int, words: object) -> tuple[str, ...]:
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise CatalogueError(f"{_FILE}, placeholder {number}, any: a list of words is needed")
    return tuple(words)


def _table(raw: dict[str, Any], table: str, names: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    return {name: _pattern(table, name, raw[table][name]) for name in names}


def _pattern(table: str, entry: object, words: object) -> re.Pattern[str]:
    if not isinstance(words, str) or not words:
        raise CatalogueError(f"{_FILE}, {table}, {entry}: a pattern is a text that is not empty")
    try:
        return re.compile(words, re.MULTILINE)
    except re.error as error:
        raise CatalogueError(f"{_FILE}, {table}, {entry}: {error}") from error
