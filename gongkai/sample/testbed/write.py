"""Write the test bed: so many files of all formats, alone, together in one document or in an archive, and the truth."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from gongkai.sample.chance import stream
from gongkai.sample.content import Content
from gongkai.sample.docx import write_docx
from gongkai.sample.draft import Draft
from gongkai.sample.folder import make_empty
from gongkai.sample.html import write_html
from gongkai.sample.lines import as_line
from gongkai.sample.pdf import write_pdf
from gongkai.sample.plan import plan
from gongkai.sample.province import Shape, build_province
from gongkai.sample.register import agencies
from gongkai.sample.testbed.build import Piece, older, statutory, together
from gongkai.sample.testbed.settings import choose, settings
from gongkai.sample.testbed.sheets import write_xls, write_xlsx
from gongkai.sample.testbed.wrappers import write_doc, write_mht, write_rtf
from gongkai.sample.text import write_markdown, write_text
from gongkai.sample.unit import Unit
from gongkai.sample.write import Progress, Summary

_WRITERS: dict[str, Callable[[Content], bytes]] = {
    "html": write_html,
    "docx": write_docx,
    "pdf": write_pdf,
    "txt": write_text,
    "md": write_markdown,
    "xlsx": write_xlsx,
    "xls": write_xls,
    "doc": write_doc,
    "mht": write_mht,
    "rtf": write_rtf,
}
_TOGETHER = ("html", "docx", "pdf", "txt")
"""Formats in which several reports come as one document."""
_MISTAKES = "testbed_mistakes.csv"
_YEARS = range(2019, 2026)


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the test bed: its name, its bytes, and the truth of every report in it."""

    name: str
    form: str
    data: bytes
    truths: tuple[dict[str, object], ...]


def write_testbed(folder: Path, files: int, seed: int = 1, progress: Progress | None = None) -> Summary:
    """Write a test bed of so many files, and truth.jsonl beside them. The same seed gives the same bytes.

    Raise UnusableInput for a folder that is not empty.
    """
    make_empty(folder)
    units = build_province(Shape(changes=False), seed)
    drafts = [draft for year in plan(units, _YEARS, seed, _MISTAKES) for draft in year if not draft.missing]
    formats: Counter[str] = Counter()
    lines, size, mistaken = [], 0, 0
    for number, file in enumerate(_files(files, drafts, units, seed), start=1):
        path = folder / "reports" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        formats[file.form] += 1
        size += len(file.data)
        mistaken += any(truth["mistakes"] for truth in file.truths)
        lines += [as_line({**truth, "file": f"reports/{file.name}"}) for truth in file.truths]
        if progress:
            progress(number, files)
    for name, text in (("truth.jsonl", "\n".join(lines) + "\n"), ("agencies.csv", agencies(units, _YEARS, seed))):
        (folder / name).write_text(text, encoding="utf-8")
        size += len(text.encode("utf-8"))
    return Summary(folder, len(units), len(lines), 0, mistaken, size, dict(sorted(formats.items())))


def _files(count: int, drafts: list[Draft], units: tuple[Unit, ...], seed: int) -> Iterator[_File]:
    order = stream(seed, "testbed", "order").sample(range(len(drafts)), len(drafts))
    for number in range(count):
        chance = stream(seed, "testbed", number)
        way = choose("together", chance)
        if way == "alone":
            yield _alone(number, drafts[order[number % len(order)]], units, chance, seed)
        elif way == "collection":
            yield _collection(number, [drafts[n] for n in _some(order, number, chance)], chance, seed)
        else:
            yield _archive(number, [drafts[n] for n in _some(order, number, chance)], units, chance, seed)


def _some(order: list[int], number: int, chance: Random) -> list[int]:
    """Two to four reports, each of another unit."""
    return [order[(number + 37 * n) % len(order)] for n in range(chance.randint(2, 4))]


def _alone(number: int, draft: Draft, units: tuple[Unit, ...], chance: Random, seed: int) -> _File:
    kind, form = choose("kind", chance), choose("format", chance)
    if kind == "statutory":
        piece = statutory(draft, form, number, seed)
    else:
        piece = older(kind, chance.choice(units), form, number, seed)
    name = f"{form}/{number:05d}/{_name(piece, form, chance)}"
    return _File(name, form, _WRITERS[form](piece.content), (piece.truth,))


def _collection(number: int, drafts: list[Draft], chance: Random, seed: int) -> _File:
    """Several units' reports in one document; all have the traits of the first."""
    form = chance.choice(_TOGETHER)
    pieces = [statutory(draft, form, number, seed, alone=False) for draft in drafts]
    title = f"{drafts[0].unit.province}政府信息公开工作年度报告汇编" if chance.random() < 0.5 else ""
    content = together(pieces, title)
    # One page, one date of publication.
    shared = {"of": len(pieces), "published_on": pieces[0].truth["published_on"]}
    truths = [{**piece.truth, "ordinal": n, **shared} for n, piece in enumerate(pieces)]
    return _File(f"{form}/{number:05d}/年报汇编{number}.{form}", form, _WRITERS[form](content), tuple(truths))


def _archive(number: int, drafts: list[Draft], units: tuple[Unit, ...], chance: Random, seed: int) -> _File:
    """A city's files in one archive, as Windows packs them: names in GBK, or in UTF-8."""
    buffer, truths = io.BytesIO(), []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, draft in enumerate(drafts):
            form = choose("format", chance)
            piece = statutory(draft, form, number, seed)
            member = f"各单位年报/{n + 1}-{_name(piece, form, chance)}"
            info = zipfile.ZipInfo(member, (2024, 1, 20, 9, 0, 0))
            archive.writestr(info, _WRITERS[form](piece.content), zipfile.ZIP_DEFLATED)
            truths.append({**piece.truth, "member": member})
    return _File(f"zip/{number:05d}/年报{number}.zip", "zip", buffer.getvalue(), tuple(truths))


def _name(piece: Piece, form: str, chance: Random) -> str:
    """What the file is called: by its title, or by nothing that tells."""
    if "nameless" not in piece.content.traits and piece.truth["year"] is not None and piece.truth["agency"]:
        return f"{''.join(piece.content.title)}.{form}"
    pattern: str = chance.choice(settings().words["nameless"])
    return pattern.format(number=chance.randint(1, 9999)) + f".{form}"
