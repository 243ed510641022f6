"""What the styles of an old Word file say of a paragraph: heading or not, table of contents [MS-DOC 2.9.260]."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents.doc_pieces import WordFile, number
from gongkai.documents.doc_properties import Paragraph, Properties
from gongkai.documents.docx_styles import BODY_LEVEL, CONTENTS_NAME, HEADING_NAME

_STYLES = 1
_MOST_STYLES = 4095
_PARAGRAPH_STYLE, _CHARACTER_STYLE = 1, 2
# Built-in styles have numbers, whatever language their names are in.
_HEADINGS = frozenset((*range(1, 10), 62, 74))
_CONTENTS = range(19, 28)
_FIXED_PART = 10


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    built_in: int
    based_on: int
    paragraph: Paragraph


class Styles:
    """The paragraph styles of a file; what a style does not say it takes from the one it is based on.

    `hides` names the styles, of characters too, whose text is hidden.
    """

    def __init__(self, file: WordFile, properties: Properties) -> None:
        self._styles, self.hides = _read(file.part(_STYLES), properties)
        self._headings: dict[int, bool] = {}
        self._contents: dict[int, bool] = {}

    def is_heading(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a heading by its own outline level, else by its style."""
        if paragraph.outline is not None:
            return paragraph.outline < BODY_LEVEL
        style = paragraph.style
        if style not in self._headings:
            self._headings[style] = self._is_heading_style(style)
        return self._headings[style]

    def is_contents(self, style: int) -> bool:
        """Whether `style` is that of a line in a table of contents."""
        if style not in self._contents:
            self._contents[style] = any(
                each.built_in in _CONTENTS or CONTENTS_NAME.match(each.name) for each in self.chain(style)
            )
        return self._contents[style]

    def chain(self, style: int) -> list[_Style]:
        """Return `style` and the styles it is based on, nearest first."""
        seen: dict[int, _Style] = {}
        while style in self._styles and style not in seen:
            seen[style] = self._styles[style]
            style = seen[style].based_on
        return list(seen.values())

    def _is_heading_style(self, style: int) -> bool:
        for each in self.chain(style):
            if each.paragraph.outline is not None:
                return each.paragraph.outline < BODY_LEVEL
            if each.built_in in _HEADINGS or HEADING_NAME.match(each.name):
                return True
        return False


def _read(sheet: bytes, properties: Properties) -> tuple[dict[int, _Style], frozenset[int]]:
    """Read the style sheet: a header, then each style with its size before it (0: there is none of this number).

    Return the paragraph styles, and the numbers of the styles that hide their text.
    """
    styles: dict[int, _Style] = {}
    hides: set[int] = set()
    at = 2 + number(sheet, 0, 2)
    fixed = number(sheet, 4, 2)
    for index in range(min(number(sheet, 2, 2), _MOST_STYLES)):
        size = number(sheet, at, 2)
        entry = sheet[at + 2 : at + 2 + size]
        at += 2 + size
        if len(entry) < max(fixed, _FIXED_PART) + 4:
            continue
        kind = number(entry, 2, 2) & 0xF
        name, first, second = _modifiers(entry, fixed)
        if kind == _PARAGRAPH_STYLE:
            styles[index] = _Style(
                name=name,
                built_in=number(entry, 0, 2) & 0xFFF,
                based_on=number(entry, 2, 2) >> 4,
                # The modifiers of a paragraph style begin with its number.
                paragraph=properties.style_paragraph(first[2:]),
            )
        if properties.style_hides(second if kind == _PARAGRAPH_STYLE else first) and kind in (
            _PARAGRAPH_STYLE,
            _CHARACTER_STYLE,
        ):
            hides.add(index)
    return styles, frozenset(hides)


def _modifiers(entry: bytes, fixed: int) -> tuple[str, bytes, bytes]:
    """Return a style's name and its first two lists of modifiers (paragraphs', then characters'; or characters')."""
    length = 2 * number(entry, fixed, 2)
    name = entry[fixed + 2 : fixed + 2 + length].decode("utf-16-le", errors="replace")
    # Behind the name and its final zero; each list from an even place on, its size before it.
    at = fixed + 2 + length + 2
    lists: list[bytes] = []
    for _ in range(2):
        at += at & 1
        size = number(entry, at, 2)
        lists.append(entry[at + 2 : at + 2 + size])
        at += 2 + size
    return name, lists[0], lists[1]
