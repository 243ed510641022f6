"""Automatic numbering as Word files of either format define it: levels that count, and the labels they print."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from gongkai.documents.numerals import render

LEVELS = 9
"""Levels of a list."""

_PLACE = re.compile(r"%([1-9])")
_WIDE_END = re.compile(r"[、，。．：）】〕\u3000]$")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and prints. `text` has %1 for the number of the first level, %2 ...

    `suffix`: tab, space or nothing behind the number. `style`: the paragraph style (.docx) that is bound to the level.
    `restart`: the level (from 1) that restarts this one; 0 none, null any above it.
    """

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    style: str | None = None
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class NumberedList:
    """A list as a paragraph refers to it: its levels, and the counters it shares with its siblings.

    `starts`: where a level of this list begins anew, once.
    """

    levels: dict[int, Level]
    counters: dict[int, int]
    starts: dict[int, int] = field(default_factory=dict)


def count(entry: NumberedList, number: int) -> str:
    """Count a paragraph on level `number` (0-8) of a list; return what is printed before it, "" for a bullet."""
    level = entry.levels.get(number, Level())
    counters = entry.counters
    if number in entry.starts:
        # A start of its own counts once, at the list's first paragraph of the level.
        counters[number] = entry.starts.pop(number)
    elif number in counters:
        counters[number] += 1
    else:
        counters[number] = level.start
    for deeper in range(number + 1, LEVELS):
        restart = entry.levels.get(deeper, Level()).restart
        if restart is None or 0 < restart <= number + 1:
            counters.pop(deeper, None)
    if level.number_format in ("bullet", "none") or not level.text:
        return ""

    def printed(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        definition = entry.levels.get(place, Level())
        shown = replace(definition, number_format="decimal") if level.legal else definition
        return render(counters.setdefault(place, definition.start), shown.number_format)

    label = _PLACE.sub(printed, level.text)
    separate = level.suffix != "nothing" and not _WIDE_END.search(label)
    return f"{label} " if separate else label
