"""Old Word files (.doc of Word 97-2003, .wps of WPS Writer) → blocks, by the binary format itself [MS-DOC]."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.documents import flow
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import SYMBOLS, clean
from gongkai.documents.doc_numbering import Counters
from gongkai.documents.doc_pieces import WordFile
from gongkai.documents.doc_properties import Paragraph, Properties
from gongkai.documents.doc_styles import Styles
from gongkai.documents.doc_tables import Assembly
from gongkai.documents.model import Content
from gongkai.documents.ole import Container

DEEPEST_TABLE = 10
"""Tables within tables; a page that is laid out with tables has three or four."""

_PARAGRAPH, _CELL, _BREAK = "\r", "\x07", "\x0c"
_MARKS = re.compile(f"[{_PARAGRAPH}{_CELL}{_BREAK}]")
_CONTENTS_FIELD = re.compile(r"\s*TOC\b")
_FIELD = re.compile("[\x13\x14\x15]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# What stands in the text for a symbol of another font that the characters' properties name.
_SYMBOL = "("
# The hyphen at which no line is broken, and symbols that stand in the text as the characters they are in their font.
_REPLACED = {0x1E: "-"} | {int(code, 16): text for code, text in SYMBOLS.items()}
# The parts of the text that are read, in the order in which the file counts them: main, footnotes, text boxes.
_MAIN, _FOOTNOTES, _TEXT_BOXES = 0, 1, 6


def read(data: bytes) -> Content:
    """Return the blocks and properties of an old Word file.

    Raises UnreadableDocument: damaged, encrypted, unsupported (older than Word 97), too_large.
    """
    container = Container(data)
    file = WordFile(container)
    properties = Properties(file, container.stream("Data") or b"")
    styles = Styles(file, properties)
    counters = Counters(file, styles)
    characters = _visible(file, properties, styles)
    items: list[flow.Item] = []
    for part in (_MAIN, _FOOTNOTES, _TEXT_BOXES):
        start = sum(file.lengths[:part])
        end = min(start + file.lengths[part], len(file.text))
        items.extend(_items(characters, _paragraphs(file.text, characters, properties, start, end), styles, counters))
    builder = BlockBuilder()
    flow.emit(items, builder)
    return Content(builder.blocks, container.properties())


def _items(
    characters: list[str], paragraphs: Iterator[tuple[int, int, str, Paragraph]], styles: Styles, counters: Counters
) -> list[flow.Item]:
    """Return the paragraphs and tables of a part of the text."""
    assembly = Assembly()
    after_cell = False
    for start, end, mark, paragraph in paragraphs:
        depth = min(max(paragraph.depth, int(mark == _CELL)), DEEPEST_TABLE)
        text = _printed(characters, start, end)
        if not paragraph.known:
            # Without properties all that is left: an empty cell behind a cell is the end of the row.
            depth = int(mark == _CELL)
            if after_cell and depth and not text:
                assembly.end_row(None)
                after_cell = False
                continue
        after_cell = mark == _CELL
        assembly.at_depth(depth)
        # The end of a row is no paragraph; empty ones are counted, as Word does.
        if not paragraph.row_end and not styles.is_contents(paragraph.style):
            label = counters.label(paragraph)
            if text and paragraph.style not in styles.hides:
                assembly.add(flow.Text(label + text, heading=styles.is_heading(paragraph)))
        if depth and paragraph.row_end:
            assembly.end_row(paragraph.row)
        elif depth and (mark == _CELL or paragraph.cell_end):
            assembly.end_cell()
    return assembly.items()


def _paragraphs(
    text: str, characters: list[str], properties: Properties, start: int, end: int
) -> Iterator[tuple[int, int, str, Paragraph]]:
    """Give each paragraph of the text's [start, end): where it begins, its end mark, that mark, its properties."""
    for match in _MARKS.finditer(text, start, end):
        place = match.start()
        if characters[place]:  # else its mark is deleted: it goes on with the next one
            yield start, place, match[0], properties.paragraph(place)
            start = place + 1
    if start < end:
        yield start, end, _PARAGRAPH, properties.paragraph(end - 1)


def _printed(characters: list[str], start: int, end: int) -> str:
    text = "".join(characters[start:end])
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
    return clean(text.translate(_REPLACED)).strip()


def _visible(file: WordFile, properties: Properties, styles: Styles) -> list[str]:
    """Return the text's characters, "" for what is not printed: deleted and hidden ones, instructions of fields."""
    characters = list(file.text)
    for start, end, found in properties.characters():
        for place in range(start, end):
            mark = characters[place] in (_PARAGRAPH, _CELL, _BREAK)
            if found.deleted:
                if not mark or characters[place] == _PARAGRAPH:
                    characters[place] = ""
            elif found.symbol and characters[place] == _SYMBOL:
                characters[place] = SYMBOLS.get(found.symbol, "")
            elif (found.hidden or found.style in styles.hides) and not mark:
                characters[place] = ""
    for start, end in _instructions(file.text):
        for place in range(start, end):
            if characters[place] not in (_PARAGRAPH, _CELL, _BREAK):
                characters[place] = ""
    return characters


def _instructions(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of the text that are instructions of fields, and whole fields that are tables of contents.

    A field without an end hides nothing.
    """
    opened: list[tuple[int, int | None]] = []
    for match in _FIELD.finditer(text):
        if match[0] == "\x13":
            opened.append((match.start(), None))
        elif opened and match[0] == "\x14":
            opened[-1] = (opened[-1][0], match.start())
        elif opened:
            start, separator = opened.pop()
            whole = separator is None or _CONTENTS_FIELD.match(text, start + 1)
            yield start, match.start() if whole or separator is None else separator
