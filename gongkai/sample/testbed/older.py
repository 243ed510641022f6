"""Reports without the forms of 2019 and 2021 (data/sample/older.toml).

Free ones, those with the annex of 2014, work summaries, self-checks and half-year reports. Their figures are invented
like the others; the annex's identities hold.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from gongkai.catalogue.form_layout import annex
from gongkai.catalogue.forms import forms
from gongkai.catalogue.vocabulary import PERIODS, REPORT_KINDS
from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.activity import Values, activity
from gongkai.sample.chance import poisson, share, stream
from gongkai.sample.compose import style_of, words_of
from gongkai.sample.content import Content, Heading, Paragraph, Part
from gongkai.sample.counts import Key
from gongkai.sample.draft import Draft
from gongkai.sample.province import Unit
from gongkai.sample.sentences import Speaker, Stated, statements

_STATEMENTS = "older_statements.toml"
_REFERENCE = "国办公开办函〔2015〕207号"
_NUMERALS = "一二三四五六七八九十"
_ANSWERS = {
    "already_public": 30.0, "agreed": 32.0, "partly_agreed": 6.0, "refused": 9.0, "not_this_agency": 9.0,
    "does_not_exist": 8.0, "asked_to_amend": 4.0, "other_route": 2.0,
}  # fmt: skip
_REFUSALS = {
    "state_secret": 0.3, "trade_secret": 1.0, "privacy": 2.0, "security": 0.4, "not_government_information": 3.0,
    "other": 2.0,
}  # fmt: skip
_CHANNELS = {"in_person": 20.0, "fax": 2.0, "online": 55.0, "letter": 23.0}
_LEVEL = {"province": 300.0, "prefecture": 90.0, "county": 25.0, "township": 2.0}


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
    tables: tuple[tuple[str | None, dict[Key, float]], ...]
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
    draft = Draft(unit, year, {}, values, last, published, signed, "", period=year, reference=_REFERENCE)
    words = words_of(draft, chance) | {
        "span": f"{year}年上半年" if kind.period == "h1" else f"{year}年",
        "all": "上半年" if kind.period == "h1" else "全年",
    }
    writer = _Writer(kind, unit, year, Speaker(values, last, words, chance), chance)
    tables: list[tuple[str | None, dict[Key, float]]] = []
    if id == "annex":
        tables.append(("organ" if twice else None, _of_the_annex(values)))
        if twice:
            # All units together: the organ's own and some more.
            tables.append(("whole", _enlarged(tables[0][1], chance)))
    parts = writer.write(tables, codes)
    day = f"{signed.year}年{signed.month}月{signed.day}日"
    parts += [Paragraph(unit.name, "right"), Paragraph(day, "right"), Paragraph(_CLOSING, "center")]
    look = stream(seed, unit.name, "look", number).randrange(10_000)
    content = Content(
        title=(writer.fill(chance.choice(kind.titles)),),
        parts=tuple(parts),
        agency=unit.name,
        publisher=unit.name,
        published_on=published,
        site=unit.site,
        style=style_of(unit, look),
        look=look,
        place=unit.city or unit.province,
    )
    return Older(kind, year, content, tuple(writer.stated.values()), tuple(tables), signed)


_CLOSING = "本报告为虚构示例，不对应任何真实单位。"


class _Writer:
    """Writes the sections; owns what has been stated so far."""

    def __init__(self, kind: Kind, unit: Unit, year: int, speaker: Speaker, chance: Random) -> None:
        self.kind, self.unit, self.year, self.speaker, self.chance = kind, unit, year, speaker, chance
        self.stated: dict[tuple[str, float], Stated] = {}
        self.fill = speaker.fill

    def write(self, tables: list[tuple[str | None, dict[Key, float]]], codes: bool) -> list[Part]:
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


def figures(unit: Unit, year: int, chance: Random, seed: int) -> Values:
    """What a unit did in a year before the forms of 2019, or in half a year: all that sentences and the annex state."""
    found = activity(unit, year, seed)
    for code in ("gazette", "weibo", "wechat"):
        found.setdefault(f"disclosure.{code}", 0.0)
    found["disclosure.new_media"] = found["disclosure.weibo"] + found["disclosure.wechat"]
    found["disclosure.normative_documents"] = float(poisson(chance, 3))
    found["normative_documents.issued"] = found["disclosure.normative_documents"] + chance.choice((0, 0, 0, 1))
    new = poisson(chance, _LEVEL[unit.level] * chance.choice((0.02, 0.3, 1.0)))
    found["applications.new"] = float(new)
    found |= {f"applications.channel.{name}": float(n) for name, n in share(chance, new, _CHANNELS).items()}
    closed = max(0, new - chance.choice((0, 0, 1, 2)))
    extended = chance.randint(0, closed // 8)
    found["applications.closed"] = found["applications.answered"] = float(closed)
    found["applications.closed_extended"] = float(extended)
    found["applications.closed_on_time"] = float(closed - extended)
    answers = share(chance, closed, _ANSWERS)
    found |= {f"applications.answered.{name}": float(n) for name, n in answers.items()}
    for name, count in share(chance, answers["refused"], _REFUSALS).items():
        found[f"applications.answered.refused.{name}"] = float(count)
    for block, mean in (("review", 0.05), ("litigation", 0.03)):
        outcomes = share(chance, poisson(chance, closed * mean), {"upheld": 6.0, "corrected": 2.0, "other": 2.0})
        found |= {f"{block}.{name}": float(count) for name, count in outcomes.items()}
        found[f"{block}.total"] = float(sum(outcomes.values()))
    for code in ("press_conferences", "interviews"):
        total = found.setdefault(f"responses.{code}", 0.0)
        found[f"responses.{code}_by_leaders"] = float(chance.randint(0, int(total)))
    for code in ("responses.hot_topics", "interpretation.total", "complaints.total", "organisation.reading_points"):
        found.setdefault(code, 0.0)
    found["responses.social_media"] = float(poisson(chance, 4))
    found["responses.other"] = float(poisson(chance, 2))
    found["organisation.offices"] = 1.0
    full_time = min(found["organisation.staff"], float(chance.randint(0, 3)))
    found["organisation.staff_full_time"] = full_time
    found["organisation.staff_part_time"] = found["organisation.staff"] - full_time
    found["organisation.budget"] = chance.choice((0.0, 0.0, 2.0, 5.5, 12.8))
    for code in ("meetings", "trainings", "trainees"):
        found.setdefault(f"organisation.{code}", 0.0)
    # Before the charges of 2021 copying cost a few yuan.
    cases = poisson(chance, 0.3)
    found["applications.fees_cases"] = float(cases)
    found["applications.fees_charged"] = float(sum(chance.choice((20, 45, 80, 310)) for _ in range(cases)))
    return found


def _of_the_annex(values: Values) -> dict[Key, float]:
    """The annex's figures in the catalogue's units."""
    table = dict[Key, float]()
    for row in annex_metrics():
        value = values[row]
        table[row, "all"] = round(value / 10_000, 4) if row == "applications.fees_charged" else value
    return table


@cache
def annex_metrics() -> tuple[str, ...]:
    """The metrics of the annex from its first row to its last."""
    table = forms()["2014"].table("annex")
    return tuple(row.key for row in table.rows) if table else ()


def _enlarged(table: dict[Key, float], chance: Random) -> dict[Key, float]:
    """Several times as much of everything: sums stay sums."""
    factor = chance.randint(3, 9)
    return {key: round(value * factor, 4) for key, value in table.items()}
