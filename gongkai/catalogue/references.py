"""The central documents that reports quote (data/references.csv): their numbers, in force until when, and numbers that
are quoted for them but were never theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

# Brackets and blanks are typography: 〔2021〕, [2021], (2021) and 2021 are one. Over text without blanks.
_NUMBER = re.compile(
    r"(?P<issuer>国办[\u4e00-\u9fff]{1,6}?|中办发|中办|国发|国函)[〔\[（【(〈]?(?P<year>20\d\d)年?[〕\]）】)〉]?第?(?P<number>\d{1,3})号"
    r"|国(?:务院)?令[（(]?第?(?P<order>\d{3})号|国务院(?:令)?第(?P<order_after>\d{3})号令"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as reports quote it.

    `number` is its number; `titles`, words by which its name is known; `until`, the last statistical year in which
    quoting it is right, and `right`, what took its place. Without `titles`, the number was never the document's that is
    meant: `right` is.
    """

    number: str
    titles: tuple[str, ...]
    until: int | None
    right: str | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number in a text: code points [start, end), and the number in its one form."""

    start: int
    end: int
    number: str


@cache
def documents() -> dict[str, Document]:
    """All of them by number. Raise CatalogueError naming file, line and field."""
    path = DATA / "references.csv"
    found: dict[str, Document] = {}
    for line, row in rows(path, ("number", "titles", "until", "right")):
        place = f"{path.name}, line {line}"
        for field in ("number", "right"):
            if row[field] and [one.number for one in quoted_numbers(row[field])] != [row[field]]:
                raise CatalogueError(f"{place}, {field}: {row[field]!r} is not a number as 国办发〔2014〕32号")
        if not row["number"] or row["number"] in found:
            raise CatalogueError(f"{place}, number: is missing or stands twice")
        if row["until"] and not row["until"].isdigit():
            raise CatalogueError(f"{place}, until: {row['until']!r} is not a year")
        if bool(row["right"]) == bool(row["titles"] and not row["until"]):
            raise CatalogueError(
                f"{place}, right: must be given for what is outdated or was never issued, and only there"
            )
        until = int(row["until"]) if row["until"] else None
        found[row["number"]] = Document(row["number"], tuple(row["titles"].split()), until, row["right"] or None)
    return found


def quoted_numbers(text: str) -> Iterator[Quoted]:
    """The numbers of central documents in a text without blanks, in order."""
    for match in _NUMBER.finditer(text):
        order = match["order"] or match["order_after"]
        number = f"国务院令第{order}号" if order else f"{match['issuer']}〔{match['year']}〕{int(match['number'])}号"
        yield Quoted(match.start(), match.end(), number)


def numbers_of(title: str) -> tuple[str, ...]:
    """The numbers under which a document of this title may be quoted; none where the title is not known.

    Of several known names in it, the longest tells.
    """
    known = [(words, one) for one in documents().values() for words in one.titles if words in title]
    longest = max((len(words) for words, _ in known), default=0)
    return tuple(one.number for words, one in known if len(words) == longest)
