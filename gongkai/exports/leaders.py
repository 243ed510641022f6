"""领导专报 as a Word file of at most two pages: the conclusion first, five numbers, one chart, three proposals.

Which conclusion and which proposals are made follows the rules of leaders.toml from the counts of the year; nothing is
judged by anything that is not counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from gongkai.catalogue.checks import checks
from gongkai.catalogue.notice_words import notice_words
from gongkai.catalogue.paper_words import PaperWords, Proposal
from gongkai.documents.numerals import chinese
from gongkai.exports import word
from gongkai.exports.notice_document import Paper, line
from gongkai.exports.notices import Ask, Wanted, records
from gongkai.exports.word_chart import Series, bars
from gongkai.exports.word_table import table
from gongkai.exports.year_picture import Standing, YearPicture

PROPOSALS = 3
_WORTH_NAMING = 2
"""A problem of so many units is named in the conclusion."""
_PROBLEMS = 3
_BARS = 16
"""So many places have a bar of their own: more would not leave room for the proposals."""
_GOOD, _PROBLEM, _MISSING = "2F6690", "E0A458", "B23A48"
_WIDTH, _BAR, _FRAME, _LOWEST = 150, 5.2, 16, 50
"""Millimetres: the chart's width, what a bar adds to its height, its legend and margins, and its least height."""
_NUMBER_SHARES = (10, 10, 10, 10, 13)
_NUMBER_SIZE, _SMALL, _GAP = Pt(18), Pt(10.5), Pt(10)


@dataclass(frozen=True, slots=True)
class Applications:
    """The applications received in the year, from so many reports; the year before from as many, else null."""

    count: int | None = None
    reports: int = 0
    before: int | None = None


def applications(ask: Ask, wanted: Wanted) -> Applications:
    """What the reports of whole governments add up to (none within another), else those of the organs themselves."""
    place = {"province": "", "city": "", "levels": [], "kinds": [], **(wanted.place or {})}
    for scope in ("whole", "organ", "unstated"):
        asked = ask(
            "measure_by_year",
            collection=wanted.collection,
            scope=scope,
            first_year=wanted.year - 1,
            last_year=wanted.year,
            numerators=["applications.new"],
            denominators=[],
            **place,
        )
        years = {int(row["year"]): row for row in records(asked)}
        now, before = years.get(wanted.year), years.get(wanted.year - 1)
        if now is None or now["total"] != now["total"] or now["total"] is None:
            continue
        alike = before is not None and before["added"] == now["added"] and before["total"] == before["total"]
        return Applications(
            round(now["total"]), int(now["added"]), round(before["total"]) if alike and before is not None else None
        )
    return Applications()


def leaders(found: YearPicture, received: Applications, paper: Paper) -> bytes:
    """The paper about a year."""
    words = paper.words
    title = words.say("title", year=found.year, place=found.place)
    made = word.official_document(" ".join(title.split()))
    if paper.fictional:
        word.flush(made, words.say("fictional"), word.TABLE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.paragraph(made, title, word.TITLE).paragraph_format.space_after = _GAP
    word.paragraph(made, conclusion(found, words)).paragraph_format.space_after = _GAP
    if not found.standings:
        return word.to_bytes(made)
    _numbers(made, five_numbers(found, received, words))
    word.paragraph(made, words.say("problems.heading"), word.HEADING).paragraph_format.space_before = _GAP
    word.paragraph(made, "".join(_problems(found, words)))
    word.paragraph(made, words.say("chart.heading"), word.HEADING)
    _chart(made, found, words)
    word.paragraph(made, words.say("proposals.heading"), word.HEADING)
    for number, (title, text) in enumerate(proposals(found, words), 1):
        word.paragraph(made, words.say("proposals.item", number=chinese(number), title=title, text=text))
    return word.to_bytes(made)


def conclusion(found: YearPicture, words: PaperWords) -> str:
    """What the leader should know if nothing else is read."""
    due = len(found.standings)
    if not due:
        return words.say("conclusion.empty", year=found.year, place=found.place)
    about = {
        "year": found.year,
        "place": found.place,
        "received": found.count("received"),
        "units": len(found.notices),
        "count": sum(len(notice.problems) for notice in found.notices),
        "late": found.count("late"),
    }
    share = sum(_behind(each) for each in found.standings) / due
    kind = "good" if not found.missing and share <= words.numbers["conclusion.good_share"] else "poor"
    if kind == "poor" and share <= words.numbers["conclusion.fair_share"]:
        kind = "fair"
    said = (
        words.say(f"conclusion.{kind}", due=due, missing=found.missing, **about)
        if found.listed
        else words.say("conclusion.unlisted", **about)
    )
    if found.common and len(found.common[0].notices) >= _WORTH_NAMING:
        first = found.common[0]
        title = checks()[first.check].title("zh")
        said += words.say("conclusion.top", title=title, units=len(first.notices))
    return said


def five_numbers(found: YearPicture, received: Applications, words: PaperWords) -> list[tuple[str, str, str]]:
    """Name, number with its unit, and the remark below it, of each of the five."""

    def units(count: int) -> str:
        return words.say("number.units", count=f"{count:,}")

    in_time, late = found.count("in_time"), found.count("late")
    dated = in_time + late > 0
    count = sum(len(notice.problems) for notice in found.notices)
    due = words.say("note.received", due=len(found.standings)) if found.listed else words.say("note.unlisted")
    rows = [
        ("received", units(found.count("received")), due),
        (
            "in_time",
            units(in_time) if dated else words.say("number.unknown"),
            words.say("note.in_time", late=late, missing=found.missing) if dated else words.say("note.no_dates"),
        ),
        ("at_once", units(found.count("at_once")), words.say("note.at_once", returned=found.returned)),
        ("problems", units(len(found.notices)), words.say("note.problems", count=count)),
    ]
    if received.count is None:
        rows.append(("applications", words.say("number.unknown"), words.say("note.no_applications")))
    else:
        remark = (
            words.say("note.applications_alone", reports=received.reports)
            if received.before is None
            else words.say("note.applications", before=f"{received.before:,}", reports=received.reports)
        )
        rows.append(("applications", words.say("number.cases", count=f"{received.count:,}"), remark))
    return [(words.say(f"number.{name}"), number, remark) for name, number, remark in rows]


def proposals(found: YearPicture, words: PaperWords) -> list[tuple[str, str]]:
    """Title and text of the three proposals that concern most units; general ones make up the number."""
    concerned = [(_concerned(each, found), each) for each in words.proposals]
    made = [(units, each) for units, each in concerned if each.rule != "always" and units >= each.least]
    made.sort(key=lambda pair: -pair[0])
    made += [(0, each) for _, each in concerned if each.rule == "always"]
    return [
        (each.title, each.text.format(units=units, year=found.year, next_year=found.year + 1))
        for units, each in made[:PROPOSALS]
    ]


def _concerned(proposal: Proposal, found: YearPicture) -> int:
    if proposal.rule == "missing":
        return found.missing
    if proposal.rule == "late":
        return found.count("late")
    answered = frozenset(proposal.checks)
    return sum(any(row["check_code"] in answered for row in notice.findings) for notice in found.notices)


def _behind(each: Standing) -> bool:
    return not each.received or each.late or each.notice is not None


def _problems(found: YearPicture, words: PaperWords) -> Iterator[str]:
    if not found.common:
        yield words.say("problems.none")
    for number, each in enumerate(found.common[:_PROBLEMS], 1):
        yield words.say(
            "problems.item",
            number=chinese(number),
            title=checks()[each.check].title("zh"),
            units=len(each.notices),
            count=each.count,
            relation=notice_words()[each.check].relation("zh"),
        )


def _numbers(made: Document, numbers: Sequence[tuple[str, str, str]]) -> None:
    """The five numbers side by side, large, under their names."""
    names, large, remarks = zip(*numbers, strict=True)
    written = table(made, names, [large, remarks], _NUMBER_SHARES, centred=range(len(names)))
    for row, size in ((1, _NUMBER_SIZE), (2, _SMALL)):
        for cell in written.rows[row].cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = size
                run.font.bold = row == 1 or None


def places(found: YearPicture, words: PaperWords) -> tuple[str, list[tuple[str, tuple[int, ...]]]]:
    """How the chart is titled, and per place how many units did well, have something to correct or were late, handed
    in nothing: by city; by county where all lie in one city. The places with most units are shown, the rest as one."""
    cities = {each.unit.city for each in found.standings if each.unit.city}
    by = "city" if len(cities) > 1 else "county"
    counted: dict[str, list[int]] = {}
    for each in found.standings:
        place = line(getattr(each.unit, by)) or words.say(f"chart.no_{by}")
        kind = 2 if not each.received else 1 if _behind(each) else 0
        counted.setdefault(place, [0, 0, 0])[kind] += 1
    kept = sorted(counted, key=lambda place: -sum(counted[place]))
    if len(kept) > _BARS:
        rest = kept[_BARS - 1 :]
        name = words.say("chart.others", count=len(rest))
        others = [counted.pop(place) for place in rest]
        counted[name] = [sum(kinds) for kinds in zip(*others, strict=True)]
    return words.say(f"chart.title_{by}", year=found.year), [(place, tuple(kinds)) for place, kinds in counted.items()]


def _chart(made: Document, found: YearPicture, words: PaperWords) -> None:
    title, rows = places(found, words)
    series = [
        Series(words.say(f"chart.{name}"), colour, tuple(counts[kind] for _, counts in rows))
        for kind, (name, colour) in enumerate((("good", _GOOD), ("problems", _PROBLEM), ("missing", _MISSING)))
    ]
    height = max(_LOWEST, _FRAME + _BAR * len(rows))
    caption = word.flush(made, title, word.TABLE)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    bars(made, [row[0] for row in rows], series, width=_WIDTH, height=height, name=title)
