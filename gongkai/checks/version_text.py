"""What changed in the wording between two versions of a report: paragraphs the same, changed, moved, added, left out.

Sentences are paired (sentence_pairs), so that it does not matter where paragraphs are cut or in which order they stand;
blanks, full or half width and the shapes of quotation marks are no wording. The figures of tables are compared as
figures (version_figures), so of a table only the cells that hold sentences are looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.checks.changed_words import Part, Run, changed_words, folded
from gongkai.checks.sentence_pairs import Pairs
from gongkai.documents.model import Document, Kind

_SENTENCE = re.compile(r"[^。；！？!?;]*[。；！？!?;]+[”’\"'）)」』]*|[^。；！？!?;]+")
_PROSE = re.compile(r"[。；！？]")
_PROSE_LENGTH = 24
"""A cell or a line without the end of a sentence is prose from this length on."""
_TITLE = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}[、.,]|第[一二三四五六七八九十]{1,3}部分)")
_TITLE_LENGTH = 40
_WEB = frozenset({"html", "mhtml"})


class TextChange(StrEnum):
    """What became of a paragraph. `same` and `moved` are no change of the wording."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a heading, or a cell with sentences; `block` is its block's index, `section` the heading above."""

    text: str
    block: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph; `before` is null where it was added, `after` where it was left out.

    `runs` are its words where it changed. Of a paragraph that was cut in two or put together, `before` is the first
    that it was made of. `around`: it stands before or after all that both versions share, is no sentence, and one
    version is a web page and the other is not: the page's navigation, most likely, and not the report.
    """

    change: TextChange
    before: Paragraph | None
    after: Paragraph | None
    runs: tuple[Run, ...] = ()
    around: bool = False

    @property
    def section(self) -> str:
        """The heading under which it stands, in the later version where it is there."""
        side = self.after or self.before
        return side.section if side else ""

    @property
    def counts(self) -> bool:
        """Whether the wording of the report changed here."""
        return self.change not in (TextChange.SAME, TextChange.MOVED) and not self.around


def paragraphs(document: Document, first: int = 0, last: int | None = None) -> list[Paragraph]:
    """The paragraphs of the blocks [first, last) of a document (all without `last`), tables' sentences included."""
    found: list[Paragraph] = []
    section = ""
    for block in document.blocks:
        if block.index < first or (last is not None and block.index >= last):
            continue
        if block.kind is Kind.TABLE:
            found += [Paragraph(cell.text, block.index, section) for cell in block.cells if _prose(cell.text)]
            continue
        words = folded(block.text)
        if not words:
            continue
        if len(words) <= _TITLE_LENGTH and _TITLE.match(words):
            section = " ".join(block.text.split())
        found.append(Paragraph(block.text, block.index, section))
    return found


def compare_documents(before: Document, after: Document) -> list[ParagraphChange]:
    """`compare_text` of two whole documents; a web page's navigation is set aside where the other is a file."""
    web = (before.format in _WEB) != (after.format in _WEB)
    return compare_text(paragraphs(before), paragraphs(after), web=web)


def compare_text(
    before: Sequence[Paragraph], after: Sequence[Paragraph], *, web: bool = False
) -> list[ParagraphChange]:
    """All paragraphs of both versions in the order of the later one; what was left out stands behind what it followed.

    `web`: one of the versions is a web page and the other is not; see ParagraphChange.around.
    """
    found = _Comparison(before, after).changes()
    return _around(found) if web else found


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: str
    paragraph: int


def _sentences(side: Sequence[Paragraph]) -> list[_Sentence]:
    found = []
    for number, paragraph in enumerate(side):
        for text in _SENTENCE.findall(paragraph.text):
            words = folded(text)
            if words:
                found.append(_Sentence(text, words, number))
            elif found and found[-1].paragraph == number:
                found[-1] = replace(found[-1], text=found[-1].text + text)
    return found


class _Comparison:
    """The sentences of both versions in pairs, put together to paragraphs again."""

    def __init__(self, before: Sequence[Paragraph], after: Sequence[Paragraph]) -> None:
        self.before, self.after = before, after
        self.old, self.new = _sentences(before), _sentences(after)
        self.pairs = Pairs([each.words for each in self.old], [each.words for each in self.new])
        self.steady = self.pairs.steady()
        # A sentence that was left out of a paragraph that is still there hangs on its neighbour in it.
        self.behind: dict[int, list[int]] = defaultdict(list)
        self.ahead: dict[int, list[int]] = defaultdict(list)
        self.gone: list[int] = []
        self._place_the_removed()

    def changes(self) -> list[ParagraphChange]:
        """The paragraphs of the later version, and those that were left out behind the one they followed."""
        inside: dict[int, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self.new):
            inside[sentence.paragraph].append(place)
        follow = self._whole_removed()
        found = [ParagraphChange(TextChange.REMOVED, self.before[number], None) for number in follow.get(-1, [])]
        for number, paragraph in enumerate(self.after):
            found.append(self._paragraph(paragraph, inside[number]))
            found += [ParagraphChange(TextChange.REMOVED, self.before[gone], None) for gone in follow.get(number, [])]
        return found

    def _place_the_removed(self) -> None:
        groups: dict[int, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self.old):
            groups[sentence.paragraph].append(place)
        for number, places in groups.items():
            kept = [place for place in places if place in self.pairs.home]
            if not kept:
                self.gone.append(number)
                continue
            for place in places:
                if place in self.pairs.home:
                    continue
                earlier = [each for each in kept if each < place]
                if earlier:
                    self.behind[self.pairs.home[earlier[-1]]].append(place)
                else:
                    self.ahead[self.pairs.home[kept[0]]].append(place)

    def _whole_removed(self) -> dict[int, list[int]]:
        """The paragraphs left out whole, by the later paragraph behind which each is shown (-1: before all)."""
        last: dict[int, int] = {}
        for place in sorted(self.steady):
            last[self.old[self.pairs.partner[place]].paragraph] = self.new[place].paragraph
        anchors = sorted(last)
        follow: dict[int, list[int]] = defaultdict(list)
        for number in self.gone:
            above = [each for each in anchors if each < number]
            follow[last[above[-1]] if above else -1].append(number)
        return follow

    def _paragraph(self, paragraph: Paragraph, places: Sequence[int]) -> ParagraphChange:
        pairs = self.pairs
        partners = [pairs.partner[place] for place in places if place in pairs.partner]
        if not places:
            return ParagraphChange(TextChange.SAME, None, paragraph)
        if not partners:
            return ParagraphChange(TextChange.ADDED, None, paragraph)
        before = self.before[self.old[partners[0]].paragraph]
        runs: list[Run] = []
        for place in places:
            runs += [Run(Part.REMOVED, self.old[gone].text) for gone in self.ahead[place]]
            runs += self._sentence(place)
            runs += [Run(Part.REMOVED, self.old[gone].text) for gone in self.behind[place]]
        if any(run.part is not Part.SAME for run in runs):
            return ParagraphChange(TextChange.CHANGED, before, paragraph, _merged(runs))
        moved = not any(place in self.steady for place in places)
        return ParagraphChange(TextChange.MOVED if moved else TextChange.SAME, before, paragraph)

    def _sentence(self, place: int) -> Sequence[Run]:
        text = self.new[place].text
        if self.pairs.unchanged(place):
            return (Run(Part.SAME, text),)
        partner = self.pairs.partner.get(place)
        return (Run(Part.ADDED, text),) if partner is None else changed_words(self.old[partner].text, text)


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, each stretch of changes made one: what was left out, then what was put in."""
    found: list[Run] = []
    gone = come = ""
    for run in (*runs, Run(Part.SAME, "")):
        if run.part is Part.REMOVED:
            gone += run.text
        elif run.part is Part.ADDED:
            come += run.text
        else:
            changed = [Run(part, text) for part, text in ((Part.REMOVED, gone), (Part.ADDED, come)) if text]
            gone = come = ""
            if not changed and found and found[-1].part is Part.SAME:
                found[-1] = Run(Part.SAME, found[-1].text + run.text)
            else:
                found += [*changed, *([run] if run.text else [])]
    return tuple(found)


def _around(found: list[ParagraphChange]) -> list[ParagraphChange]:
    shared = [place for place, each in enumerate(found) if each.before is not None and each.after is not None]
    if not shared:
        return found
    inside = range(shared[0], shared[-1] + 1)
    return [
        each if place in inside or _any_prose(each) else replace(each, around=True) for place, each in enumerate(found)
    ]


def _any_prose(change: ParagraphChange) -> bool:
    return any(side is not None and _prose(side.text) for side in (change.before, change.after))


def _prose(text: str) -> bool:
    return _PROSE.search(text) is not None or len(folded(text)) > _PROSE_LENGTH
