"""Automatic numbering of a Word file: the 一、 and (一) that stand on paper but not in the paragraphs' text."""

from __future__ import annotations

from lxml import etree

from gongkai.documents.docx_styles import Numbering, Styles, W, value, whole
from gongkai.documents.numbering import LEVELS, Level, NumberedList, count

_MARKUP_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class Counters:
    """Counts the numbered paragraphs of a document in order and gives each the number that Word prints before it."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, NumberedList] = {}
        if root is None:
            return
        abstract = {element.get(f"{W}abstractNumId") or "": element for element in root.iterfind(f"{W}abstractNum")}
        numbers = {element.get(f"{W}numId") or "": element for element in root.iterfind(f"{W}num")}
        shared: dict[str, dict[int, int]] = {}
        for identifier, element in numbers.items():
            target = self._resolve(value(element.find(f"{W}abstractNumId")) or "", abstract, numbers)
            if target not in abstract:
                continue
            entry = NumberedList(_levels(abstract[target]), shared.setdefault(target, {}))
            for override in element.iterfind(f"{W}lvlOverride"):
                level = whole(override.get(f"{W}ilvl")) or 0
                redefined = override.find(f"{W}lvl")
                if redefined is not None:
                    entry.levels[level] = _level(redefined)
                start = whole(value(override.find(f"{W}startOverride")))
                if start is not None:
                    entry.starts[level] = start
            self._lists[identifier] = entry

    def label(self, style: str | None, own: Numbering | None) -> str:
        """Count a paragraph of a style, with numbering of its own, and return what is printed before its text.

        "" for one that is not numbered.
        """
        inherited = self._styles.numbering(style)
        number, level = own.number if own else None, own.level if own else None
        if number is None and inherited is not None:
            number = inherited[0].number
            level = level if level is not None else self._style_level(inherited)
        entry = self._lists.get(number or "")
        if entry is None:
            return ""
        return count(entry, min(max(level or 0, 0), LEVELS - 1))

    def _style_level(self, inherited: tuple[Numbering, str]) -> int:
        found, style = inherited
        entry = self._lists.get(found.number or "")
        if entry is not None:
            for number, level in entry.levels.items():
                if level.style == style:
                    return number
        return found.level or 0

    def _resolve(self, target: str, abstract: dict[str, etree._Element], numbers: dict[str, etree._Element]) -> str:
        """Follow w:numStyleLink: a list may take its levels from the list of a numbering style."""
        element = abstract.get(target)
        link = value(element.find(f"{W}numStyleLink")) if element is not None else None
        if link is None:
            return target
        for identifier, candidate in abstract.items():
            if value(candidate.find(f"{W}styleLink")) == link:
                return identifier
        return target


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {whole(element.get(f"{W}ilvl")) or 0: _level(element) for element in abstract.iterfind(f"{W}lvl")}


def _level(element: etree._Element) -> Level:
    # Newer formats hide in an alternative whose fallback names an older one.
    format_element = element.find(f"{W}numFmt")
    if format_element is None:
        format_element = element.find(
            f"{_MARKUP_COMPATIBILITY}AlternateContent/{_MARKUP_COMPATIBILITY}Fallback/{W}numFmt"
        )
    start = whole(value(element.find(f"{W}start")))
    legal = element.find(f"{W}isLgl")
    return Level(
        start=1 if start is None else start,
        number_format=value(format_element) or "decimal",
        text=value(element.find(f"{W}lvlText")) or "",
        suffix=value(element.find(f"{W}suff")) or "tab",
        style=value(element.find(f"{W}pStyle")),
        legal=legal is not None and value(legal) not in ("0", "false", "off"),
        restart=whole(value(element.find(f"{W}lvlRestart"))),
    )
