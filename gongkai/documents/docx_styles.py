"""What the styles of a Word file say of a paragraph: heading or not, table of contents, automatic numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
BODY_LEVEL = 9
"""The outline level of body text; 0-8 are headings."""

FALSE = ("0", "false", "off", "none")
"""How a Word file says that a setting is off."""

_OUTLINE, _NUMBERING, _STYLE = f"{W}outlineLvl", f"{W}numPr", f"{W}pStyle"
_MARK, _DELETED = f"{W}rPr", f"{W}del"
HEADING_NAME = re.compile(r"(?:heading|标题)\s*\d|title$|subtitle$|标题$|副标题$", re.IGNORECASE)
"""Names of paragraph styles that make a heading."""
CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
"""Names of paragraph styles of a table of contents."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """A paragraph's place in a numbered list, as far as one source says it (None: says nothing)."""

    number: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class ParagraphSettings:
    """What a paragraph says of itself (w:pPr): style, outline level, numbering, a deleted end mark."""

    style: str | None = None
    outline: int | None = None
    numbering: Numbering | None = None
    mark_deleted: bool = False


PLAIN = ParagraphSettings()


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str | None
    outline: int | None
    numbering: Numbering | None


class Styles:
    """The paragraph styles of a document; what a style does not say it takes from the one it is based on.

    `hides` names the styles, of characters too, whose text is hidden.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self.hides: set[str | None] = set()
        # A document has few styles and many paragraphs: what follows from a style is found once.
        self._headings: dict[str | None, bool] = {}
        self._contents: dict[str | None, bool] = {}
        self._numberings: dict[str | None, tuple[Numbering, str] | None] = {}
        for element in root.iterfind(f"{W}style") if root is not None else ():
            identifier = element.get(f"{W}styleId") or ""
            vanish = element.find(f"{W}rPr/{W}vanish")
            if vanish is not None and value(vanish) not in FALSE:
                self.hides.add(identifier)
            if element.get(f"{W}type", "paragraph") != "paragraph":
                continue
            properties = element.find(f"{W}pPr")
            self._styles[identifier] = _Style(
                name=value(element.find(f"{W}name")) or "",
                based_on=value(element.find(f"{W}basedOn")),
                outline=outline(properties),
                numbering=numbering(properties),
            )
            if element.get(f"{W}default") in ("1", "true", "on"):
                self._default = identifier

    def is_heading(self, style: str | None, level: int | None) -> bool:
        """Whether a paragraph of `style` with an outline level of its own (None: says nothing) is a heading."""
        if level is not None:
            return level < BODY_LEVEL
        if style not in self._headings:
            self._headings[style] = self._is_heading_style(style)
        return self._headings[style]

    def _is_heading_style(self, style: str | None) -> bool:
        for each in self._chain(style):
            if each.outline is not None:
                return each.outline < BODY_LEVEL
            if HEADING_NAME.match(each.name):
                return True
        return False

    def is_contents(self, style: str | None) -> bool:
        """Whether `style` is that of a line in a table of contents."""
        if style not in self._contents:
            self._contents[style] = any(CONTENTS_NAME.match(each.name) for each in self._chain(style))
        return self._contents[style]

    def numbering(self, style: str | None) -> tuple[Numbering, str] | None:
        """Return the numbering that `style` brings and the identifier of the style that says it, else None."""
        if style not in self._numberings:
            self._numberings[style] = next(
                (
                    (found, identifier)
                    for identifier in self._identifiers(style)
                    if (found := self._styles[identifier].numbering) is not None and found.number is not None
                ),
                None,
            )
        return self._numberings[style]

    def _chain(self, style: str | None) -> list[_Style]:
        return [self._styles[identifier] for identifier in self._identifiers(style)]

    def _identifiers(self, style: str | None) -> list[str]:
        chain: list[str] = []
        current = style if style in self._styles else self._default
        while current is not None and current in self._styles and current not in chain:
            chain.append(current)
            current = self._styles[current].based_on
        return chain


def value(element: etree._Element | None) -> str | None:
    """Return the w:val of an element, None without element or value."""
    return element.get(VAL) if element is not None else None


def whole(text: str | None) -> int | None:
    """Return `text` as a whole number, None if it is none."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) and text.isascii() else None


def outline(properties: etree._Element | None) -> int | None:
    """Return the outline level that a w:pPr sets."""
    return whole(value(properties.find(_OUTLINE))) if properties is not None else None


def numbering(properties: etree._Element | None) -> Numbering | None:
    """Return what a w:pPr says of automatic numbering, None if nothing."""
    element = properties.find(_NUMBERING) if properties is not None else None
    return _numbered(element) if element is not None else None


def paragraph_settings(properties: etree._Element) -> ParagraphSettings:
    """Return what a w:pPr says, in one pass: there are thousands of them in a file."""
    style: str | None = None
    level: int | None = None
    numbered: Numbering | None = None
    deleted = False
    for element in properties:
        tag = element.tag
        if tag == _STYLE:
            style = element.get(VAL)
        elif tag == _OUTLINE:
            level = whole(element.get(VAL))
        elif tag == _NUMBERING:
            numbered = _numbered(element)
        elif tag == _MARK:
            deleted = any(mark.tag == _DELETED for mark in element)
    if style is None and level is None and numbered is None and not deleted:
        return PLAIN
    return ParagraphSettings(style, level, numbered, deleted)


def _numbered(element: etree._Element) -> Numbering:
    return Numbering(value(element.find(f"{W}numId")), whole(value(element.find(f"{W}ilvl"))))
