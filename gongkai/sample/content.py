"""What a report consists of before it becomes a file: headings, paragraphs and tables in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.catalogue.form_layout import Grid as Grid
from gongkai.catalogue.form_layout import GridCell as GridCell


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section of the form (一、总体情况), level 2 a part of it (（一）主动公开)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `align` is left (indented by two characters), center or right."""

    text: str
    align: str = "left"


Part = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Content:
    """A report ready to be written. `title` stands at its head in one or more lines.

    `publisher` is the office that put it on the web site `site` (the host's own part) of the city or province `place`.
    `style` is the kind of page that this site makes. `look` numbers the habits of layout: each writer takes its own
    variety from it. `neighbours` are the titles of other reports. `traits` are the layouts of the test bed that a
    writer follows (data/sample/traits.toml); an ordinary sample has none. `struck`
    is a sentence that tracked changes struck out, {number} in it being no figure. `saved` (an ISO time, "": with its
    publication) is when this version was written: files of versions that say the same still differ, as they do.
    """

    title: tuple[str, ...]
    parts: tuple[Part, ...]
    agency: str
    publisher: str
    published_on: date
    site: str
    style: str
    look: int
    place: str
    neighbours: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    struck: str = ""
    saved: str = ""
