"""All notices of a year as files by city, named 序号-单位-事项.docx, with a list of what went out; and as one zip.

Names come from documents and registers: as file names they keep only what every system allows, and never lead out of
their folder. The same notices give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from gongkai.exports.excel import clean_text, sheet_name
from gongkai.exports.notice_document import Paper, line, place_notice, unit_notice
from gongkai.exports.notices import Notice

_EPOCH = (2000, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?\Z", re.IGNORECASE)
_LONGEST, _WHOLE = 140, 240
"""Bytes of a part of a name, and of a name: file systems allow 255."""
_FEWEST_DIGITS = 3

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Item:
    """One file to be made: its number, folder (the city), unit or place, matter, how many problems it names."""

    number: str
    folder: str
    about: str
    matter: str
    problems: int
    name: str
    make: Callable[[], bytes]

    @property
    def path(self) -> str:
        """The file within the folder of all notices."""
        return f"{self.folder}/{self.name}"


def items(notices: Sequence[Notice], paper: Paper, reviewers: bool = True) -> list[Item]:
    """What goes out: in each city first the notice for its reviewer, then those for the counties', then the units'.
    Without `reviewers` the units' alone.

    The numbers run on through all cities, so that each stands for one paper.
    """
    words = paper.words
    wanted: list[tuple[str, str, str, int, Callable[[], bytes]]] = []
    for folder, held in _by_folder(notices, words.say("file.no_city"), words.say("file.elsewhere")).items():
        for place, units in _places(held) if reviewers else ():
            count = sum(len(notice.problems) for notice in units)
            matter = words.say("place.matter", year=paper.year)
            wanted.append((folder, place, matter, count, _placed(place, units, paper)))
        for notice in held:
            matter = words.say("unit.matter", year=paper.year)
            wanted.append((folder, notice.unit.agency, matter, len(notice.problems), _one(notice, paper)))
    digits = max(_FEWEST_DIGITS, len(str(len(wanted))))
    found = []
    for number, (folder, about, matter, count, make) in enumerate(wanted, 1):
        text = f"{number:0{digits}d}"
        name = words.say("file.name", number=text, agency=safe_name(about), matter=safe_name(matter))
        found.append(Item(text, folder, line(about), matter, count, f"{safe_name(name, _WHOLE)}.docx", make))
    return found


def files(listed: Sequence[Item], paper: Paper, progress: Progress | None = None) -> Iterator[tuple[str, bytes]]:
    """Each file's path and content, the list of what goes out last."""
    for done, item in enumerate(listed, 1):
        yield item.path, item.make()
        if progress:
            progress(done, len(listed))
    yield f"{safe_name(paper.words.say('file.list'))}.xlsx", _list(listed, paper)


def archive_name(paper: Paper) -> str:
    """The name of the zip."""
    return f"{safe_name(paper.words.say('file.archive', year=paper.year))}.zip"


def zipped(made: Sequence[tuple[str, bytes]]) -> bytes:
    """The files as one zip, without the clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in made:
            # Word files are packed already.
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    return buffer.getvalue()


def safe_name(text: str, longest: int = _LONGEST) -> str:
    """`text` as a part of a file's name on every system: one line, no separators or control characters, no dots or
    blanks at its ends, not a reserved name, never empty, and at most `longest` bytes."""
    kept = _FORBIDDEN.sub("_", " ".join(text.split())).encode()[:longest].decode(errors="ignore").strip(" .")
    return f"_{kept}" if not kept or _RESERVED.match(kept) else kept


def _by_folder(notices: Sequence[Notice], no_city: str, elsewhere: str) -> dict[str, list[Notice]]:
    """The notices by folder: those without a city last; of two cities of one name each with its province."""
    cities = {(notice.unit.province, notice.unit.city) for notice in notices if notice.unit.city}
    names = [safe_name(city) for _, city in cities]
    found: dict[str, list[Notice]] = {}
    apart: dict[str, list[Notice]] = {}
    for notice in notices:
        unit = notice.unit
        if unit.city:
            name = safe_name(unit.city)
            folder = name if names.count(name) == 1 else safe_name(f"{unit.province}{unit.city}")
            found.setdefault(folder, []).append(notice)
        else:
            folder = safe_name(no_city if unit.level in ("national", "province") else elsewhere)
            apart.setdefault(folder, []).append(notice)
    return {**found, **{folder: [*found.get(folder, []), *held] for folder, held in apart.items()}}


def _places(notices: Sequence[Notice]) -> list[tuple[str, list[Notice]]]:
    """The city with all its units, then each county with its own; units without a place are reviewed by the office."""
    cities: dict[str, list[Notice]] = {}
    counties: dict[str, list[Notice]] = {}
    for notice in notices:
        if notice.unit.city:
            cities.setdefault(notice.unit.city, []).append(notice)
        if notice.unit.county:
            counties.setdefault(notice.unit.county, []).append(notice)
    return [*cities.items(), *counties.items()]


def _one(notice: Notice, paper: Paper) -> Callable[[], bytes]:
    return lambda: unit_notice(notice, paper)


def _placed(place: str, notices: Sequence[Notice], paper: Paper) -> Callable[[], bytes]:
    return lambda: place_notice(place, notices, paper)


def _list(listed: Sequence[Item], paper: Paper) -> bytes:
    """The list of what goes out, as a sheet to keep track by."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": clean_text(paper.words.say("file.list")), "created": datetime(2000, 1, 1)})
    base = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
    head, cell = book.add_format({**base, "bold": True, "align": "center"}), book.add_format(base)
    sheet = book.add_worksheet(sheet_name(paper.words.say("file.list")))
    for column, (heading, width) in enumerate(
        zip(paper.words.lines("file.list_columns"), (8, 14, 34, 32, 8, 60), strict=False)
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, clean_text(heading), head)
    for row, item in enumerate(listed, 1):
        for column, text in enumerate((item.number, item.folder, item.about, item.matter)):
            sheet.write_string(row, column, clean_text(text), cell)
        sheet.write_number(row, 4, item.problems, cell)
        sheet.write_string(row, 5, clean_text(item.path), cell)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return buffer.getvalue()
