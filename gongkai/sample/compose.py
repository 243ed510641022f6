"""Put a draft into words: preamble, six sections, statutory tables, sentences, signature.

Every figure that stands in a sentence is returned beside the text.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from gongkai.catalogue.form_layout import Printer
from gongkai.catalogue.forms import forms
from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.activity import Values
from gongkai.sample.chance import stream
from gongkai.sample.content import Content, Heading, Paragraph, Part
from gongkai.sample.counts import Table
from gongkai.sample.draft import Draft
from gongkai.sample.names import places
from gongkai.sample.sentences import Speaker, Stated, statements
from gongkai.sample.unit import Unit

SITES = ("trs", "plain", "portal")
"""The kinds of site: a common content system, an old one with tables for layout, a recent portal."""
_NUMERALS = "一二三四五六七八九十"
_REFERENCES = {"2021": "国办公开办函〔2021〕30号", "2019": "国办公开办函〔2019〕60号"}
_PART_TITLES = {
    "disclosure": ("主动公开情况", "主动公开", "主动公开政府信息情况"),
    "applications": ("依申请公开情况", "依申请公开", "依申请公开办理情况"),
    "management": ("政府信息管理情况", "政府信息管理"),
    "platform": ("政府信息公开平台建设情况", "平台建设", "公开平台建设"),
    "response": ("回应关切情况", "政民互动和热线办理情况"),
    "supervision": ("监督保障情况", "监督保障"),
}


@dataclass(frozen=True, slots=True)
class Composed:
    """The report in words, and the figures that stand in its sentences, each stated value once."""

    content: Content
    stated: tuple[Stated, ...]


@cache
def _prose() -> dict[str, Any]:
    path = DATA / "sample" / "prose.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"sample/{path.name}: {error}") from error
    for name in ("preamble", "contact", "opening", "filler", "section_five", "section_six", "words"):
        if name not in raw:
            raise CatalogueError(f"sample/{path.name}: {name} is missing")
    return raw


def compose(draft: Draft, neighbours: tuple[str, ...], seed: int) -> Composed:
    """Put `draft` into words; `neighbours` are titles that a page lists beside it."""
    return _Author(draft, seed).write(neighbours)


class _Author:
    """Writes one report; owns what has been written so far."""

    def __init__(self, draft: Draft, seed: int) -> None:
        self.draft, self.unit, self.named, self.seed = draft, draft.unit, draft.named, seed
        self.chance = stream(seed, draft.unit.name, draft.year, "words")
        self.look = stream(seed, draft.unit.name, "look").randrange(10_000)
        self.words = words_of(draft, self.chance)
        self.speaker = Speaker(_spoken(draft), draft.last, self.words, self.chance)
        self.printer = Printer(draft.regime, draft.printed(), draft.labels, draft.merge_other)
        self.parts: list[Part] = []
        self.stated: dict[tuple[str, float], Stated] = {}

    def write(self, neighbours: tuple[str, ...]) -> Composed:
        """The whole report."""
        prose = _prose()
        preamble = [text for text in prose["preamble"] if "{reference}" in text or not self.draft.reference]
        self._say(self._one(preamble), self._one(prose["contact"]))
        sections = forms()[self.draft.regime].sections
        bodies = (self._overview, self._disclosure, self._applications, self._review, self._problems, self._others)
        for number, (title, body) in enumerate(zip(sections, bodies, strict=True), start=1):
            if number not in self.draft.omitted:
                self.parts.append(Heading(f"{_NUMERALS[number - 1]}、{title}"))
                body()
        day = self.draft.signed_on
        self.parts.append(Paragraph(self.named.name, "right"))
        self.parts.append(Paragraph(f"{day.year}年{day.month}月{day.day}日", "right"))
        self.parts.append(Paragraph(prose["words"]["closing"], "center"))
        lines = [self.draft.title]
        if self.look % 2:
            lines = [self.draft.called, self.draft.title.removeprefix(self.draft.called)]
        content = Content(
            title=tuple(lines),
            parts=tuple(self.parts),
            agency=self.named.name,
            publisher=self.named.name + ("办公室" if self.unit.scope == "whole" else ""),
            published_on=self.draft.published_on,
            site=self.unit.site,
            style=style_of(self.unit, self.look),
            look=self.look,
            place=self.unit.city or self.unit.province,
            neighbours=neighbours,
        )
        return Composed(content, tuple(self.stated.values()))

    def _overview(self) -> None:
        prose = _prose()
        self._say(self._one(prose["opening"]))
        if self.draft.placeholder:
            self._say(self.draft.placeholder)
        number = 0
        for part, titles in _PART_TITLES.items():
            said = self._sentences(part)
            if part == "response" and not said:
                continue
            fillers = self.chance.sample(prose["filler"][part], self.chance.choice((1, 2)))
            texts = [self.speaker.fill(text) for text in fillers]
            texts = said + texts if self.chance.random() < 0.5 else texts[:1] + said + texts[1:]
            head = f"（{_NUMERALS[number]}）{titles[self.look % len(titles)]}"
            number += 1
            if self.look % 3 == 0:
                self.parts.append(Heading(head, 2))
                self._say(*texts)
            else:
                self._say(head + "。", *texts)

    def _disclosure(self) -> None:
        if not self.draft.tables:
            self._say(*self._sentences("section_two"))
        elif self.look % 5 == 0:
            for title, grid in self.printer.disclosure_parts():
                self.parts += [Paragraph(title, "center"), grid]
        else:
            self.parts.append(self.printer.disclosure())

    def _applications(self) -> None:
        if self.draft.tables:
            self.parts.append(self.printer.applications())
        else:
            self._say(*self._sentences("section_three"))

    def _review(self) -> None:
        if self.draft.tables:
            self.parts.append(self.printer.review())
        else:
            self._say(*self._sentences("section_four"))

    def _problems(self) -> None:
        prose = _prose()["section_five"]
        if self.draft.section_five:
            self._say(self.draft.section_five)
            return
        chance = stream(self.seed, *(self.draft.five_from or (self.unit.name, self.draft.year)), "section five")
        for kind, letter in (("problems", "p"), ("remedies", "r")):
            chosen = chance.sample(prose[kind], 3)
            self.words |= {f"{letter}{n}": self.speaker.fill(text) for n, text in enumerate(chosen, start=1)}
        self._say(*(self.speaker.fill(chance.choice(prose[kind])) for kind in ("opening", "joining")))

    def _others(self) -> None:
        texts = self._sentences("other") if self.draft.fee_statement else []
        texts.append(self._one(_prose()["section_six"]["texts"]))
        self._say(*texts)

    def _sentences(self, part: str) -> list[str]:
        """The sentences of one part, by lot; their figures are noted."""
        said = []
        for statement in statements():
            due = statement.part == part and statement.said_by(self.unit, self.draft.year)
            planted = self.draft.planted.get(statement.id)
            if not planted and (not due or self.chance.random() >= statement.chance):
                continue
            if planted and planted.part != part:
                continue
            sentence = self.speaker.say(statement, planted.figures if planted else None)
            if sentence:
                said.append(sentence.text)
                for stated in sentence.figures:
                    self.stated.setdefault((stated.metric, stated.value), stated)
        return said

    def _one(self, texts: list[str]) -> str:
        return self.speaker.fill(self.chance.choice(texts))

    def _say(self, *texts: str) -> None:
        if any(texts):
            self.parts.append(Paragraph("".join(texts)))


def style_of(unit: Unit, look: int) -> str:
    """A city's units share its site's templates; some put Word's own export on it."""
    if look % 7 == 0:
        return "word"
    slugs = [place.slug for place in (*places()["province"], *places()["prefecture"])]
    return SITES[slugs.index(unit.site) % len(SITES)]


def _spoken(draft: Draft) -> Values:
    """The figures that sentences may state: activity, and the tables' totals as printed (amounts in yuan)."""
    return draft.values | totals(draft.table)


def totals(table: Table) -> Values:
    """The figures of the tables for all applicants, and the suits of both kinds together."""
    found = {metric: float(value) for (metric, applicant), value in table.items() if applicant == "all"}
    if "litigation.direct.total" in found:
        found["litigation.total"] = found["litigation.direct.total"] + found["litigation.after_review.total"]
    return found


def words_of(draft: Draft, chance: Random) -> dict[str, str]:
    """What stands for the words in braces: the unit's name and how it calls itself, its place, the years."""
    unit, prose = draft.named, _prose()["words"]
    government = unit.kind == "government"
    area = unit.place[-1] if unit.level != "township" else unit.short.removesuffix("人民政府")[-1]
    whole = {"province": "全省", "township": "我单位"}.get(unit.level, f"全{area}")
    ours = (
        "本机关"
        if unit.like == "department" and chance.random() < 0.3
        else f"我{prose['selves'].get(unit.name[-1], '单位')}"
    )
    if government:
        ours = {"province": "我省", "township": "我单位"}.get(unit.level, f"我{area}")
    upper = {"province": "国务院", "prefecture": f"{unit.province}委、省政府", "county": "市委、市政府"}
    return {
        "year": str(draft.year),
        "last_year": str(draft.year - 1),
        "next_year": str(draft.year + 1),
        "period": str(draft.period),
        "name": unit.name,
        "we": ours,
        "whole": whole if government else ours,
        "place": unit.place,
        "area": area,
        "upper": upper.get(unit.level, "上级党委、政府") if government else "上级部门",
        "topic": unit.profile.topic if unit.profile else prose["general_topic"],
        "host": f"www.{unit.site}.example",
        "leader": prose["leaders"].get(area, "领导"),
        "office": unit.name + "办公室" if government else unit.name,
        "phone": f"0600-{chance.randint(6000000, 6999999)}",
        "number": str(chance.randint(1, 180)),
        "list": str(chance.randint(24, 320)),
        "reference": draft.reference or _REFERENCES[draft.regime],
    }
