"""整改通知单 as Word files: the one for a unit, and the one for whoever reviews the units of a city or county.

Each problem is a block of rows, 问题 — 表、行、列 — 报告值 — 应为关系 — 依据 — 整改要求; a form for the answer is
annexed. 文号, 主送, 落款 and 日期 stay empty: the office writes them when it signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from gongkai.catalogue.paper_words import PaperWords
from gongkai.documents.numerals import chinese
from gongkai.exports import word
from gongkai.exports.finding_words import finding_title
from gongkai.exports.notices import LANGUAGE, Notice
from gongkai.exports.problems import Problem
from gongkai.exports.word_table import ROW, Block, table

_LINES = ("place", "reported", "relation", "rule", "demand")
_SHARES = (14, 26, 116)
_LIST_SHARES = (14, 60, 18, 64)
_ANSWER_SHARES = (14, 76, 40, 26)
"""Millimetres of 156."""
_ANSWER_ROW, _GAP = Pt(44), Pt(12)


_EMPTY_ROWS = 6


@dataclass(frozen=True, slots=True)
class Paper:
    """How a notice is made: the year, the wording, and whether its units are invented, which it then says."""

    year: int
    words: PaperWords
    fictional: bool = False


def unit_notice(notice: Notice, paper: Paper) -> bytes:
    """The notice to one unit."""
    words, unit = paper.words, notice.unit
    made = head(paper, words.say("unit.title", year=paper.year))
    about = {"agency": line(unit.agency), "year": paper.year}
    word.paragraph(made, words.say("unit.opening", count=len(notice.problems), **about))
    _problems(made, notice.problems, words)
    closing(made, [words.say("unit.closing", **about)], words.lines("unit.annex"))
    _answer(made, notice, paper, words.say("feedback.label"))
    return word.to_bytes(made)


def place_notice(place: str, notices: Sequence[Notice], paper: Paper) -> bytes:
    """The notice to whoever reviews the units of `place` (a city or a county): who has how many problems, and below,
    annexed, the problems of each, as its own notice puts them."""
    words = paper.words
    made = head(paper, words.say("place.title", year=paper.year))
    count = sum(len(notice.problems) for notice in notices)
    about = {"place": line(place), "year": paper.year}
    word.paragraph(made, words.say("place.opening", units=len(notices), count=count, **about))
    rows = [
        (str(number), line(notice.unit.agency), str(len(notice.problems)), _titles(notice, words))
        for number, notice in enumerate(notices, 1)
    ]
    columns = [words.say(f"column.{name}") for name in ("number", "agency", "problems", "titles")]
    table(made, columns, rows, _LIST_SHARES, centred=(0, 2), least=ROW)
    closing(made, [words.say("place.closing", **about)], words.lines("place.annex"))
    word.new_page(made, words.say("place.list_label"), word.HEADING)
    word.paragraph(made, words.say("place.list_title"), word.TITLE)
    for number, notice in enumerate(notices, 1):
        heading = words.say("place.unit_heading", number=chinese(number), agency=line(notice.unit.agency))
        word.paragraph(made, heading, word.HEADING).paragraph_format.space_before = _GAP
        _problems(made, notice.problems, words)
    _answer(made, None, paper, words.say("feedback.label_second"))
    return word.to_bytes(made)


def head(paper: Paper, title: str) -> Document:
    """A paper begun: 文号 and 主送 left to be written, the title between them."""
    words = paper.words
    made = word.official_document(title)
    if paper.fictional:
        word.flush(made, words.say("fictional"), word.TABLE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if number := words.say("number"):
        written = word.flush(made, number)
        written.alignment = WD_ALIGN_PARAGRAPH.CENTER
        written.paragraph_format.space_after = word.LINE
    word.paragraph(made, title, word.TITLE)
    if address := words.say("address"):
        word.flush(made, address)
    return made


def line(text: str) -> str:
    """`text` on one line: what a name holds is a name."""
    return " ".join(text.split())


def _asked(problem: Problem) -> str:
    """A problem as the form for the answer names it: what, and where."""
    return f"{problem.title}\n{problem.place}" if problem.place else problem.title


def titles(notice: Notice) -> list[str]:
    """What a unit's problems are called, once each, without what is particular to one."""
    return list(dict.fromkeys(finding_title(str(row["check_code"]), LANGUAGE) for row in notice.findings))


def _titles(notice: Notice, words: PaperWords) -> str:
    return words.say("separator").join(titles(notice))


def _problems(made: Document, problems: Sequence[Problem], words: PaperWords) -> None:
    """The problems as one table: a number down the side, and a row for each thing there is to say."""
    rows: list[tuple[str, str, str]] = []
    blocks: list[Block] = []
    for number, problem in enumerate(problems, 1):
        first = len(rows)
        rows.append((str(number), words.say("line.problem"), problem.title))
        rows += [("", words.say(f"line.{name}"), text) for name in _LINES if (text := getattr(problem, name))]
        blocks.append(Block(first, len(rows) - 1))
    columns = [words.say(f"column.{name}") for name in ("number", "item", "content")]
    table(made, columns, rows, _SHARES, centred=(0, 1), least=ROW, blocks=blocks)


def closing(made: Document, texts: Sequence[str], annexes: Sequence[str], gap: bool = True) -> None:
    """The end of a paper: what is asked (below a table with a `gap`), the annexes a line below, and room for sender and
    date."""
    for number, text in enumerate(texts):
        form = word.paragraph(made, text).paragraph_format
        form.space_before = word.LINE if gap and not number else Pt(0)
        # Sender and date never stand on a page without text.
        form.keep_together = form.keep_with_next = True
    for number, text in enumerate(annexes):
        written = word.paragraph(made, text)
        written.alignment = WD_ALIGN_PARAGRAPH.LEFT
        written.paragraph_format.space_before = Pt(0) if number else word.LINE
        written.paragraph_format.keep_with_next = True
    word.signature(made, ("", ""))


def _answer(made: Document, notice: Notice | None, paper: Paper, label: str) -> None:
    """整改反馈表: for one unit with its problems, else to be filled in by hand."""
    words = paper.words
    word.new_page(made, label, word.HEADING)
    word.paragraph(made, words.say("feedback.title"), word.TITLE)
    agency = line(notice.unit.agency) if notice else ""
    year = words.say("feedback.year_text", year=paper.year)
    facts = ((words.say("feedback.agency"), agency), (words.say("feedback.year"), year))
    for name, value in facts:
        word.flush(made, f"{name}：{value}")
    asked = [_asked(problem) for problem in notice.problems] if notice else [""] * _EMPTY_ROWS
    rows = [(str(number) if text else "", text, "", "") for number, text in enumerate(asked, 1)]
    table(made, words.lines("feedback.columns"), rows, _ANSWER_SHARES, centred=(0,), least=_ANSWER_ROW)
    signers = word.flush(made, "　　　　　　".join(words.lines("feedback.signers")))
    signers.paragraph_format.space_before = word.LINE
    signers.paragraph_format.keep_with_next = True
    seal = word.paragraph(made, words.say("feedback.seal"), word.SIGNATURE).paragraph_format
    seal.space_before, seal.keep_together = word.LINE, True
