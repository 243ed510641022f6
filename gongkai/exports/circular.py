"""情况通报 as a Word file: how the year's reports went, who did well, what many got wrong, what is asked next.

Problems are told with examples that name nobody; names stand in the annexes: those who did well, and those who have
something to correct or were late. Nothing doubtful and nothing settled is told (see notices.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document

from gongkai.catalogue.checks import checks
from gongkai.catalogue.notice_words import notice_words
from gongkai.catalogue.paper_words import PaperWords
from gongkai.documents.numerals import chinese
from gongkai.exports import word
from gongkai.exports.notice_document import Paper, closing, head, line, titles
from gongkai.exports.notices import Unit
from gongkai.exports.problems import Problem
from gongkai.exports.word_table import ROW, table
from gongkai.exports.year_picture import Common, Standing, YearPicture

_COMMON = 5
"""So many problems are told in the text."""
_CITIES = 3
_PRAISED_SHARES = (16, 40, 100)
_NAMED_SHARES = (16, 28, 56, 56)
_OF_SENTENCE = "正文"
_OF_OTHERS = frozenset({"roll_up_differs", "text_copied_from_other_agency"})
"""Checks whose figures and words are told with the names of other units."""


@dataclass(frozen=True, slots=True)
class Told:
    """An example: who, without a name, where, and what its report says."""

    who: str
    place: str
    reported: str


def circular(found: YearPicture, paper: Paper) -> bytes:
    """The paper about a year."""
    words = paper.words
    about = {"year": found.year, "place": found.place}
    made = head(paper, words.say("title", **about))
    word.paragraph(made, words.say("opening", **about))
    word.paragraph(made, words.say("overall.heading"), word.HEADING)
    word.paragraph(made, "".join(overall(found, words)))
    word.paragraph(made, words.say("praise.heading"), word.HEADING)
    word.paragraph(made, "".join(_praise(found, words)))
    word.paragraph(made, words.say("common.heading"), word.HEADING)
    _common(made, found, words)
    word.paragraph(made, words.say("demand.heading"), word.HEADING)
    demands = words.lines("demand.items", year=found.year, next_year=found.year + 1)
    for text in demands[:-1]:
        word.paragraph(made, text)
    closing(made, demands[-1:], words.lines("annex.list"), gap=False)
    _praised(made, found, words)
    _named(made, found, words)
    return word.to_bytes(made)


def overall(found: YearPicture, words: PaperWords) -> Iterator[str]:
    """The sentences on the year as a whole."""
    yield words.say(
        "overall.due" if found.listed else "overall.unlisted",
        place=found.place,
        received=found.count("received"),
        published=found.published,
        **({"due": len(found.standings)} if found.listed else {}),
    )
    in_time, late = found.count("in_time"), found.count("late")
    if in_time == len(found.standings) and in_time:
        yield words.say("overall.all_in_time")
    elif in_time or late or found.missing:
        yield words.say("overall.in_time", in_time=in_time, late=late, missing=found.missing)
    yield words.say("overall.review", at_once=found.count("at_once"), returned=found.returned)
    count = sum(len(notice.problems) for notice in found.notices)
    if count:
        yield words.say("overall.problems", units=len(found.notices), count=count)
    else:
        yield words.say("overall.no_problems")


def _praise(found: YearPicture, words: PaperWords) -> Iterator[str]:
    count = found.count("praised")
    if not count:
        yield words.say("praise.none")
        return
    yield words.say("praise.text", count=count)
    cities: dict[str, int] = {}
    for each in found.standings:
        if each.praised and each.unit.city:
            cities[each.unit.city] = cities.get(each.unit.city, 0) + 1
    most = sorted(cities.items(), key=lambda pair: -pair[1])[:_CITIES]
    if len(cities) > 1:
        named = [words.say("praise.city", city=line(city), count=number) for city, number in most]
        yield words.say("praise.by_city", cities=words.say("separator").join(named))


def _common(made: Document, found: YearPicture, words: PaperWords) -> None:
    if not found.common:
        word.paragraph(made, words.say("common.none"))
    names = frozenset(
        name
        for each in found.standings
        for name in (each.unit.agency, each.unit.city, each.unit.county, each.unit.province)
        if name
    )
    for number, each in enumerate(found.common[:_COMMON], 1):
        title = words.say("common.item", number=chinese(number), title=checks()[each.check].title("zh"))
        relation = notice_words()[each.check].relation("zh")
        text = words.say("common.text", units=len(each.notices), count=each.count, relation=relation)
        example = anonymous(each, names, words)
        if example is not None:
            text += words.say("common.example", who=example.who, place=example.place, reported=example.reported)
        word.paragraph(made, title, word.SUBHEADING)
        word.paragraph(made, text)
    if found.count("overdue") or found.count("late"):
        parts = [
            words.say(f"common.{name}", count=count)
            for name, count in (("late", found.count("late")), ("missing", found.count("overdue")))
            if count
        ]
        word.paragraph(made, words.say("common.behind", parts=words.say("comma").join(parts)))


def anonymous(common: Common, names: frozenset[str], words: PaperWords) -> Told | None:
    """The first example of a problem that tells nobody's name: figures of a table, no sentences; null for none."""
    if common.check in _OF_OTHERS:
        return None
    for notice in common.notices:
        for problem, row in zip(notice.problems, notice.findings, strict=True):
            if row["check_code"] == common.check and _tells_no_name(problem, names):
                return Told(_who(notice.unit, words), problem.place, problem.reported)
    return None


def _tells_no_name(problem: Problem, names: frozenset[str]) -> bool:
    if not problem.place or not problem.reported or _OF_SENTENCE in problem.place + problem.reported:
        return False
    return not any(name in problem.reported or name in problem.place for name in names)


def _who(unit: Unit, words: PaperWords) -> str:
    field = f"who.{unit.level}_{'government' if unit.kind == 'government' else 'department'}"
    return words.say(field if field in words.texts else "who.other")


def _praised(made: Document, found: YearPicture, words: PaperWords) -> None:
    word.new_page(made, words.say("annex.praised_label"), word.HEADING)
    word.paragraph(made, words.say("annex.praised_title"), word.TITLE)
    rows = [(_city(each, words), line(each.unit.agency)) for each in found.standings if each.praised]
    _table(made, words.lines("annex.praised_columns"), rows, _PRAISED_SHARES, words)


def _named(made: Document, found: YearPicture, words: PaperWords) -> None:
    word.new_page(made, words.say("annex.named_label"), word.HEADING)
    word.paragraph(made, words.say("annex.named_title"), word.TITLE)
    rows = [
        (_city(each, words), line(each.unit.agency), words.say("separator").join(matters))
        for each in found.standings
        if (matters := list(_matters(each, words)))
    ]
    _table(made, words.lines("annex.named_columns"), rows, _NAMED_SHARES, words)


def _matters(each: Standing, words: PaperWords) -> Iterator[str]:
    """What a unit is named for."""
    if each.overdue:
        yield words.say("annex.missing")
    elif each.late:
        yield words.say("annex.late", days=each.late_days)
    if each.notice is not None:
        yield from titles(each.notice)


def _table(
    made: Document,
    columns: list[str],
    rows: Sequence[tuple[str, ...]],
    shares: tuple[int, ...],
    words: PaperWords,
) -> None:
    if not rows:
        word.flush(made, words.say("annex.none"))
        return
    numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
    table(made, columns, numbered, shares, centred=(0,), least=ROW)


def _city(each: Standing, words: PaperWords) -> str:
    return line(each.unit.city) or words.say("annex.no_city")
