"""Reports without the forms of 2019 and 2021 (data/sample/older.toml).

Free ones, those with the annex of 2014, work summaries, self-checks and half-year reports. Their figures are invented
like the others; the annex's identities hold.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from gongkai.catalogue.form_layout import annex
from gongkai.catalogue.vocabulary import PERIODS, REPORT_KINDS
from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.activity import Values, activity
from gongkai.sample.annex import annex_metrics, figures
from gongkai.sample.chance import stream
from gongkai.sample.compose import Composed, style_of, totals, words_of
from gongkai.sample.content import Content, Heading, Paragraph, Part
from gongkai.sample.counts import MONEY, Key
from gongkai.sample.course import Course
from gongkai.sample.draft import Draft
from gongkai.sample.sentences import Speaker, Stated, statements
from gongkai.sample.unit import Unit

_STATEMENTS = "older_statements.toml"
_REFERENCE = "国办发〔2014〕32号"
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report: its place in the vocabulary, the years it was written in, its titles and sections."""

    id: str
    kind: str
    period: str
    years: range
    titles: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Older:
    """A written report: its content, what its sentences state, the annexes' figures by scope (none: no annex)."""

    kind: Kind
    year: int
    content: Content
    stated: tuple[Stated, ...]
    tables: tuple[_Annex, ...]
    signed_on: date


@cache
def kinds() -> dict[str, Kind]:
    """The kinds by id. Raise CatalogueError naming the file and the entry."""
    found = {}
    for entry in _raw()["kind"]:
        try:
            sections = tuple((section["title"], tuple(section["parts"])) for section in entry["sections"])
            years = range(entry["years"][0], entry["years"][1] + 1)
            words = (tuple(entry["titles"]), tuple(entry["opening"]))
            kind = Kind(entry["id"], entry["kind"], entry["period"], years, *words, sections)
        except (KeyError, TypeError, IndexError) as error:
            raise CatalogueError(f"sample/older.toml, {entry.get('id')}: {error!r}") from error
        if kind.kind not in REPORT_KINDS or kind.period not in PERIODS or not all(words):
            raise CatalogueError(f"sample/older.toml, {kind.id}: kind, period, titles or opening are wrong")
        found[kind.id] = kind
    return found


@cache
def _raw() -> dict[str, Any]:
    try:
        return tomllib.loads((DATA / "sample" / "older.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"sample/older.toml: {error}") from error


def write_older(id: str, unit: Unit, number: int, seed: int, codes: bool, twice: bool) -> Older:
    """The report of kind `id` by `unit`; `number` makes it differ from others of the same unit.

    With an annex, `codes` prints a column of row numbers, and `twice` a second annex for all units together.
    """
    kind, chance = kinds()[id], stream(seed, unit.name, id, number)
    year = chance.choice(kind.years)
    values = figures(unit, year, stream(seed, unit.name, "figures", number), seed)
    last = activity(unit, year - 1, seed)
    signed = date(year, 7, 1) if kind.period == "h1" else date(year + 1, 1, 3)
    signed += timedelta(days=chance.randint(0, 60))
    published = signed + timedelta(days=chance.randint(0, 9))
    # A draft holds what the words need; nothing of its form is printed.
    course = Course("filed", published, received=[signed], published_on=published)
    draft = Draft(unit, year, {}, values, last, published, signed, "", year, course, unit.name, reference=_REFERENCE)
    tables: list[_Annex] = []
    if id == "annex":
        tables.append(("organ" if twice else None, _of_the_annex(values)))
        if twice:
            # All units together: the organ's own and some more.
            tables.append(("whole", _enlarged(tables[0][1], chance)))
    look = stream(seed, unit.name, "look", number).randrange(10_000)
    speaker = Speaker(values, last, _words(kind, draft, chance), chance)
    writer = _Writer(kind, draft, speaker, chance)
    parts = writer.write(tables, codes)
    content = writer.content(speaker.fill(chance.choice(kind.titles)), parts, look)
    return Older(kind, year, content, tuple(writer.stated.values()), tuple(tables), signed)


def compose_annex(draft: Draft, neighbours: tuple[str, ...], seed: int) -> Composed:
    """Put a report of a year of the annex into words; `neighbours` are titles that a page lists beside it."""
    kind, chance = kinds()["annex"], stream(seed, draft.unit.name, draft.year, "words")
    look = stream(seed, draft.unit.name, "look").randrange(10_000)
    draft = replace(draft, reference=_REFERENCE)
    speaker = Speaker(draft.values | totals(draft.table), draft.last, _words(kind, draft, chance), chance)
    writer = _Writer(kind, draft, speaker, chance)
    parts = writer.write([(None, draft.stated())], codes=look % 3 == 0)
    return Composed(writer.content(draft.title, parts, look, neighbours), tuple(writer.stated.values()))


def _words(kind: Kind, draft: Draft, chance: Random) -> dict[str, str]:
    half = kind.period == "h1"
    return words_of(draft, chance) | {
        "span": f"{draft.year}年上半年" if half else f"{draft.year}年",
        "all": "上半年" if half else "全年",
    }


_Annex = tuple[str | None, dict[Key, float]]
"""The scope of an annex (null: not said) and its figures in the catalogue's units."""
_CLOSING = "本报告为虚构示例，不对应任何真实单位。"


class _Writer:
    """Writes the sections; owns what has been stated so far."""

    def __init__(self, kind: Kind, draft: Draft, speaker: Speaker, chance: Random) -> None:
        self.kind, self.draft, self.unit, self.year = kind, draft, draft.named, draft.year
        self.speaker, self.chance = speaker, chance
        self.stated: dict[tuple[str, float], Stated] = {}
        self.fill = speaker.fill

    def content(self, title: str, parts: list[Part], look: int, neighbours: tuple[str, ...] = ()) -> Content:
        """The parts under a title, signed."""
        unit, day = self.unit, self.draft.signed_on
        signature = (unit.name, f"{day.year}年{day.month}月{day.day}日")
        return Content(
            title=(title,),
            parts=(*parts, *(Paragraph(text, "right") for text in signature), Paragraph(_CLOSING, "center")),
            agency=unit.name,
            publisher=unit.name,
            published_on=self.draft.published_on,
            site=unit.site,
            style=style_of(unit, look),
            look=look,
            place=unit.city or unit.province,
            neighbours=neighbours,
        )

    def write(self, tables: list[_Annex], codes: bool) -> list[Part]:
        """All parts but the title and the signature."""
        parts: list[Part] = [Paragraph(self.fill(self.chance.choice(self.kind.opening)))]
        filler = _raw()["filler"]
        for number, (title, names) in enumerate(self.kind.sections):
            parts.append(Heading(f"{_NUMERALS[number]}、{title}"))
            texts: list[str] = []
            for name in names:
                said = self._sentences(name)
                more = [self.fill(text) for text in self.chance.sample(filler[name], 1)]
                texts += said + more if self.chance.random() < 0.5 else more + said
            parts += [Paragraph(text) for text in texts] if self.chance.random() < 0.3 else [Paragraph("".join(texts))]
        for scope, table in tables:
            parts += self._annex(scope, table, codes)
        return parts

    def _annex(self, scope: str | None, table: dict[Key, float], codes: bool) -> list[Part]:
        whose = {"organ": "（本机关）", "whole": "（汇总）", None: ""}[scope]
        if scope == "whole" and self.chance.random() < 0.5:
            whose = f"（含所属各部门、各单位，{self.unit.place}汇总）"
        title = Paragraph(f"政府信息公开情况统计表{whose}", "center")
        about = Paragraph(f"（{self.year}年度）　填报单位：{self.unit.name}", "center")
        texts = {key: f"{value:g}" if value != int(value) else str(int(value)) for key, value in table.items()}
        return [title, about, annex(texts, codes)]

    def _sentences(self, part: str) -> list[str]:
        said = []
        for statement in statements(_STATEMENTS):
            if statement.part != part or not statement.said_by(self.unit, self.year):
                continue
            if self.chance.random() >= statement.chance:
                continue
            sentence = self.speaker.say(statement)
            if sentence:
                said.append(sentence.text)
                for stated in sentence.figures:
                    self.stated.setdefault((stated.metric, stated.value), stated)
        return said


def _of_the_annex(values: Values) -> dict[Key, float]:
    """The annex's figures in the catalogue's units."""
    table = dict[Key, float]()
    for row in annex_metrics():
        value = values[row]
        table[row, "all"] = round(value / 10_000, 4) if row in MONEY else value
    return table


def _enlarged(table: dict[Key, float], chance: Random) -> dict[Key, float]:
    """Several times as much of everything: sums stay sums."""
    factor = chance.randint(3, 9)
    return {key: round(value * factor, 4) for key, value in table.items()}
