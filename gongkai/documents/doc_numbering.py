"""Automatic numbering of an old Word file [MS-DOC 2.4.6.3, 2.9.131-2.9.150]: the 一、 that is not in the text."""

from __future__ import annotations

from gongkai.documents.doc_pieces import WordFile, number
from gongkai.documents.doc_properties import Paragraph
from gongkai.documents.doc_styles import Styles
from gongkai.documents.numbering import LEVELS, Level, NumberedList, count

_LISTS, _OVERRIDES = 73, 74
_LIST_BYTES, _LEVEL_BYTES, _OVERRIDE_BYTES = 28, 28, 16
# Bytes of all levels, which lie behind the lists and are counted nowhere; nine levels take some 600.
_MOST_LEVELS = 1024 * 1024
_SUFFIXES = {0: "tab", 1: "space"}
_LEGAL, _NO_RESTART = 0x04, 0x08
_SIMPLE = 0x01
_NEW_START, _NEW_LEVEL = 0x10, 0x20

# The number formats by their numbers in the old files [MS-OSHARED 2.2.1.3]; what is missing prints plain digits.
_FORMATS = {
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    16: "japaneseLegal",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    57: "numberInDash",
    255: "none",
}


class Counters:
    """Counts the numbered paragraphs of a file in order and gives each the number that Word prints before it."""

    def __init__(self, file: WordFile, styles: Styles) -> None:
        self._styles = styles
        self._lists = _read_overrides(file.part(_OVERRIDES), _read_lists(file))

    def label(self, paragraph: Paragraph) -> str:
        """Count a paragraph and return what is printed before its text; "" for one that is not numbered."""
        chain = (paragraph, *(style.paragraph for style in self._styles.chain(paragraph.style)))
        place = next((each.list for each in chain if each.list is not None), 0)
        level = next((each.list_level for each in chain if each.list_level is not None), 0)
        if not 0 < place <= len(self._lists):
            return ""
        entry = self._lists[place - 1]
        return count(entry, min(level, LEVELS - 1)) if entry is not None else ""


def _read_lists(file: WordFile) -> dict[int, dict[int, Level]]:
    """The levels of each list, by the lists' identifiers."""
    data = file.part(_LISTS, _MOST_LEVELS)
    total = min(number(data, 0, 2), file.part_size(_LISTS) // _LIST_BYTES)
    at = 2 + _LIST_BYTES * total
    lists: dict[int, dict[int, Level]] = {}
    for index in range(total):
        entry = 2 + _LIST_BYTES * index
        levels: dict[int, Level] = {}
        for place in range(1 if number(data, entry + 26, 1) & _SIMPLE else LEVELS):
            levels[place], at = _read_level(data, at)
        lists[number(data, entry, 4)] = levels
    return lists


def _read_overrides(data: bytes, lists: dict[int, dict[int, Level]]) -> list[NumberedList | None]:
    """The lists as paragraphs refer to them: those of one identifier count together, each may start anew."""
    total = min(number(data, 0, 4), len(data) // _OVERRIDE_BYTES)
    shared: dict[int, dict[int, int]] = {}
    found: list[NumberedList | None] = []
    at = 4 + _OVERRIDE_BYTES * total
    for index in range(total):
        entry = 4 + _OVERRIDE_BYTES * index
        identifier = number(data, entry, 4)
        levels = dict(lists.get(identifier, {}))
        starts: dict[int, int] = {}
        at += 4
        for _ in range(min(number(data, entry + 12, 1), LEVELS)):
            start, flags = number(data, at, 4), number(data, at + 4, 4)
            at += 8
            if flags & _NEW_LEVEL:
                levels[flags & 0xF], at = _read_level(data, at)
                start = levels[flags & 0xF].start
            if flags & _NEW_START:
                starts[flags & 0xF] = start
        counters = shared.setdefault(identifier, {})
        found.append(NumberedList(levels, counters, starts) if identifier in lists else None)
    return found


def _read_level(data: bytes, at: int) -> tuple[Level, int]:
    """Read the level at `at`; return it and where the next one begins."""
    flags, properties = number(data, at + 5, 1), number(data, at + 24, 1) + number(data, at + 25, 1)
    text = at + _LEVEL_BYTES + properties
    end = text + 2 + 2 * number(data, text, 2)
    # A level's number stands in the text as its own code: 0 for the first level.
    units = [number(data, place, 2) for place in range(text + 2, min(end, len(data) - 1), 2)]
    level = Level(
        start=number(data, at, 4),
        number_format=_FORMATS.get(number(data, at + 4, 1), "decimal"),
        text="".join(f"%{unit + 1}" if unit < LEVELS else chr(unit) for unit in units),
        suffix=_SUFFIXES.get(number(data, at + 15, 1), "nothing"),
        legal=bool(flags & _LEGAL),
        restart=number(data, at + 26, 1) if flags & _NO_RESTART else None,
    )
    return level, end
