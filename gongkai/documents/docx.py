"""Word files (.docx, as Word and WPS write them) → blocks, by the XML itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.documents import encoding, flow, html, mhtml, picture_marks, sniff, text
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import SYMBOLS, clean
from gongkai.documents.docx_numbering import Counters
from gongkai.documents.docx_styles import FALSE, PLAIN, VAL, Styles, W, paragraph_settings, value, whole
from gongkai.documents.model import Content
from gongkai.documents.package import Package
from gongkai.errors import UnreadableDocument

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_P, _TBL, _TR, _TC = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_P_PR, _TR_PR, _TC_PR, _R_PR = f"{W}pPr", f"{W}trPr", f"{W}tcPr", f"{W}rPr"
_VANISH, _RUN_STYLE, _FIELD, _INSTRUCTION = f"{W}vanish", f"{W}rStyle", f"{W}fldChar", f"{W}instrText"
_TABS, _DRAWINGS = (f"{W}tab", f"{W}ptab"), (f"{W}drawing", f"{W}pict", f"{W}object")
_R, _T = f"{W}r", f"{W}t"
_RUNS, _TEXTS = (_R, f"{_MATH}r"), (_T, f"{_MATH}t")
_SDT, _SDT_CONTENT, _TEXT_BOX = f"{W}sdt", f"{W}sdtContent", f"{W}txbxContent"
_ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"

# Elements that only wrap what belongs to the text.
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir", "ruby")
) | {_SDT_CONTENT, f"{W}rubyBase", f"{_MATH}oMath", f"{_MATH}oMathPara"}
_SPAN, _DOWN, _ACROSS = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_GO_ON = ("", "continue")
_CONTENTS_FIELD = re.compile(r"\s*TOC\b")
_PLACEHOLDER = re.compile(r"单击|点击|[Cc]lick")
DEEPEST_CHUNK = 2
"""Documents embedded in embedded documents are read to this depth."""

LEAST_PICTURE = 15_000
"""Bytes from which on a picture may be that of a table; a logo or an icon is smaller."""


def read(data: bytes) -> Content:
    """Return the blocks and properties of a Word file. Raises UnreadableDocument: damaged, encrypted, too_large."""
    return _read(data, 0)


def _read(data: bytes, depth: int) -> Content:
    package = Package(data)
    main = next((target for _, kind, target in package.relationships("") if kind == "officeDocument"), "")
    root = package.xml(main) if main else None
    if root is None:
        main = "word/document.xml"
        root = package.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise UnreadableDocument("damaged", "the Word file holds no document: open it in Word and save it anew")
    related = package.relationships(main)
    by_kind = {kind: target for _, kind, target in related}
    styles = Styles(_optional(package, by_kind.get("styles")))
    counters = Counters(_optional(package, by_kind.get("numbering")), styles)
    reader = _Reader(package, {identifier: target for identifier, _, target in related}, styles, counters, depth)
    items: list[flow.Item] = []
    reader.read(body, items)
    notes = _optional(package, by_kind.get("footnotes"))
    for note in notes.iterfind(f"{W}footnote") if notes is not None else ():
        if note.get(f"{W}type", "normal") == "normal":
            reader.read(note, items)
    builder = BlockBuilder()
    flow.emit(items, builder)
    pictures = tuple(name.rpartition("/")[2] for name in package.pictures(LEAST_PICTURE))
    return Content(builder.blocks, package.properties(), unread=pictures)


def _optional(package: Package, name: str | None) -> etree._Element | None:
    """The root of a part without which a document can still be read, None where it is missing or damaged."""
    if not name:
        return None
    try:
        return package.xml(name)
    except UnreadableDocument as error:
        if error.reason != "damaged":
            raise
        return None


class _Reader:
    """Walks the document's elements in order; keeps what carries over from one paragraph to the next."""

    def __init__(self, package: Package, parts: dict[str, str], styles: Styles, counters: Counters, depth: int) -> None:
        self._package = package
        self._parts = parts
        self._styles = styles
        self._counters = counters
        self._depth = depth
        self._fields: list[str | None] = []  # for each open field: its instruction so far, None once its result begins
        self._silent = 0  # open fields of which nothing is printed now: instructions, tables of contents
        self._balanced = True
        self._cells = 0
        self._pictures = 0  # in the paragraph that is being read
        self._carried = ""  # text of a paragraph whose end mark is deleted by a tracked change

    def read(self, parent: etree._Element, sink: list[flow.Item]) -> None:
        """Add all that is below `parent`, a part of the document of its own, to `sink`."""
        kinds = [element.get(f"{W}fldCharType") for element in parent.iter(_FIELD)]
        # Where a field has no end, nothing tells what belongs to it.
        self._balanced = kinds.count("begin") == kinds.count("end")
        self._fields.clear()
        self._silent = 0
        self.blocks(parent, sink)

    def blocks(self, parent: etree._Element, sink: list[flow.Item]) -> None:
        """Add the paragraphs and tables below `parent` to `sink`."""
        for element in parent:
            tag = element.tag
            if tag == _P:
                self._paragraph(element, sink)
            elif tag == _TBL:
                sink.append(self._table(element))
            elif tag == _SDT:
                content = element.find(_SDT_CONTENT)
                if content is not None and not _is_contents(element) and not _is_placeholder(element, content):
                    self.blocks(content, sink)
            elif tag == _ALTERNATE:
                chosen = _chosen(element)
                if chosen is not None:
                    self.blocks(chosen, sink)
            elif tag in _WRAPPERS:
                self.blocks(element, sink)
            elif tag == f"{W}altChunk":
                sink.extend(self._chunk(element.get(_R_ID) or ""))

    def _paragraph(self, paragraph: etree._Element, sink: list[flow.Item]) -> None:
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        settings = PLAIN
        for element in paragraph:
            tag = element.tag
            if tag == _R:
                self._run(element, pieces, boxes, settings.style)
            elif tag == _P_PR:
                settings = paragraph_settings(element)
            else:
                self._inner(element, tag, pieces, boxes, settings.style)
        if settings.mark_deleted:
            self._carried += "".join(pieces)
            pieces = []
        elif not self._styles.is_contents(settings.style):
            label = self._counters.label(settings.style, settings.numbering)
            body = clean(self._carried + "".join(pieces)).strip()
            self._carried = ""
            if body:
                heading = self._styles.is_heading(settings.style, settings.outline)
                sink.append(flow.Text(label + body, heading=heading))
        if self._pictures:
            flow.note_pictures(sink, self._pictures)
            self._pictures = 0
        for box in boxes:
            self.blocks(box, sink)

    def _runs(self, parent: etree._Element, pieces: list[str], boxes: list[etree._Element], style: str | None) -> None:
        """Collect the text below `parent`, and the text boxes that are anchored there."""
        for element in parent:
            if element.tag == _R:
                self._run(element, pieces, boxes, style)
            else:
                self._inner(element, element.tag, pieces, boxes, style)

    def _inner(
        self, element: etree._Element, tag: object, pieces: list[str], boxes: list[etree._Element], style: str | None
    ) -> None:
        """Collect the text of an element within a paragraph that is no ordinary run."""
        if tag in _RUNS:
            self._run(element, pieces, boxes, style)
        elif tag == _SDT:
            content = element.find(_SDT_CONTENT)
            if content is not None and not _is_placeholder(element, content):
                self._runs(content, pieces, boxes, style)
        elif tag == _ALTERNATE:
            chosen = _chosen(element)
            if chosen is not None:
                self._runs(chosen, pieces, boxes, style)
        elif _wraps(tag) and not _CONTENTS_FIELD.match(element.get(f"{W}instr") or ""):
            self._runs(element, pieces, boxes, style)

    def _run(self, run: etree._Element, pieces: list[str], boxes: list[etree._Element], style: str | None) -> None:
        hides = self._styles.hides
        if hides and style in hides and not _settles(run):
            return
        for element in run:
            tag = element.tag
            if tag == _T:
                if not self._silent:
                    pieces.append((element.text or "").replace("\n", " "))
            elif tag == _R_PR:
                if self._is_hidden(element):
                    return
            elif tag == _FIELD:
                self._field(element.get(f"{W}fldCharType"))
            elif tag == _INSTRUCTION:
                if self._fields and self._fields[-1] is not None:
                    self._fields[-1] += element.text or ""
            elif tag == _ALTERNATE:
                chosen = _chosen(element)
                if chosen is not None:
                    self._run(chosen, pieces, boxes, style)
            elif tag in _DRAWINGS:
                boxes.extend(_text_boxes(element))
                self._pictures += picture_marks.in_drawing(element)
            elif not self._silent:
                self._sign(element, tag, pieces, boxes, style)

    def _sign(
        self, element: etree._Element, tag: object, pieces: list[str], boxes: list[etree._Element], style: str | None
    ) -> None:
        """Collect what a run holds besides ordinary text."""
        if tag in _TEXTS:
            pieces.append((element.text or "").replace("\n", " "))
        elif tag in _TABS:
            pieces.append("\t")
        elif tag == f"{W}cr" or (tag == f"{W}br" and element.get(f"{W}type", "textWrapping") == "textWrapping"):
            pieces.append("\n")
        elif tag == f"{W}noBreakHyphen":
            pieces.append("-")
        elif tag == f"{W}sym":
            pieces.append(SYMBOLS.get((element.get(f"{W}char") or "").upper(), ""))
        elif tag == f"{W}ruby":
            self._runs(element, pieces, boxes, style)

    def _is_hidden(self, properties: etree._Element) -> bool:
        """Whether the properties of a run (w:rPr) hide it."""
        for element in properties:
            tag = element.tag
            if tag == _VANISH:
                return value(element) not in FALSE
            if tag == _RUN_STYLE and value(element) in self._styles.hides:
                vanish = properties.find(_VANISH)
                return vanish is None or value(vanish) not in FALSE
        return False

    def _field(self, kind: str | None) -> None:
        if not self._balanced:
            return
        if kind == "begin":
            self._fields.append("")
            self._silent += 1
        elif kind == "separate" and self._fields and self._fields[-1] is not None:
            if not _CONTENTS_FIELD.match(self._fields[-1]):
                self._fields[-1] = None
                self._silent -= 1
        elif kind == "end" and self._fields and self._fields.pop() is not None:
            self._silent -= 1

    def _table(self, table: etree._Element) -> flow.Grid:
        cells: list[flow.GridCell] = []
        above: dict[int, flow.GridCell] = {}
        row = 0
        for line in _members(table, _TR):
            settings = _settings(line.find(_TR_PR))
            if "del" in settings or settings.get("hidden", "0") not in FALSE:
                continue
            column = _count(settings.get("gridBefore"), 0)
            merged: dict[int, flow.GridCell] = {}
            last: flow.GridCell | None = None
            for source in _members(line, _TC):
                span, down, across = _merging(source)
                if last is not None and across in _GO_ON:
                    last.colspan += span
                    column += span
                    continue
                if down in _GO_ON and column in above:
                    last = above[column]
                    last.rowspan = row - last.row + 1
                else:
                    self._cells += 1
                    if self._cells > flow.MOST_CELLS:
                        raise flow.too_many_cells()
                    last = flow.GridCell(row, column, 1, span)
                    self.blocks(source, last.items)
                    cells.append(last)
                if down is not None:
                    merged[column] = last
                column += span
            above = merged
            row += 1
        return flow.Grid(cells)

    def _chunk(self, identifier: str) -> list[flow.Item]:
        """Items of a document of another format that is embedded whole (w:altChunk), as converters of HTML do it."""
        data = self._package.part(self._parts.get(identifier, ""))
        if not data:
            return []
        format_ = sniff.sniff_bytes(data)
        if format_ == sniff.DOCX and self._depth < DEEPEST_CHUNK:
            return flow.items_of(_read(data, self._depth + 1).blocks)
        if format_ is not None:
            return []
        decoded = encoding.decode(data)
        kind = sniff.sniff_text(decoded)
        if kind == sniff.MHTML:
            content = mhtml.read(data)
        else:
            content = html.read(decoded) if kind == sniff.HTML else text.read(decoded)
        return flow.items_of(content.blocks)


def _members(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those inside content controls, custom XML and insertions."""
    for element in parent:
        if element.tag == wanted:
            yield element
        elif element.tag == _SDT:
            content = element.find(_SDT_CONTENT)
            if content is not None:
                yield from _members(content, wanted)
        elif element.tag in _WRAPPERS:
            yield from _members(element, wanted)


def _chosen(alternate: etree._Element) -> etree._Element | None:
    """The one version of an alternative that is read: the first choice, else the fallback."""
    choice = alternate.find(_CHOICE)
    return choice if choice is not None else alternate.find(_FALLBACK)


def _text_boxes(drawing: etree._Element) -> list[etree._Element]:
    """The outermost text boxes of a drawing, one version of each alternative."""
    boxes: list[etree._Element] = []
    for element in drawing:
        if element.tag == _TEXT_BOX:
            boxes.append(element)
        elif element.tag == _ALTERNATE:
            chosen = _chosen(element)
            boxes.extend(_text_boxes(chosen) if chosen is not None else ())
        else:
            boxes.extend(_text_boxes(element))
    return boxes


def _wraps(tag: object) -> bool:
    return tag in _WRAPPERS or (isinstance(tag, str) and tag.startswith(_MATH))


def _settles(run: etree._Element) -> bool:
    """Whether a run says itself whether it is hidden, whatever its paragraph's style says."""
    properties = run.find(_R_PR)
    return properties is not None and properties.find(_VANISH) is not None


def _is_placeholder(control: etree._Element, content: etree._Element) -> bool:
    """Whether a content control still shows only what to enter there."""
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        return False
    return _PLACEHOLDER.search("".join(element.text or "" for element in content.iter(_T))) is not None


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return re.match(r"table of contents", value(gallery) or "", re.IGNORECASE) is not None


def _settings(properties: etree._Element | None) -> dict[str, str]:
    """What a row is set to: names without namespace, "" where a setting has no value."""
    if properties is None:
        return {}
    return {element.tag[len(W) :]: element.get(VAL, "") for element in properties if isinstance(element.tag, str)}


def _merging(cell: etree._Element) -> tuple[int, str | None, str | None]:
    """How a cell merges: its columns, vMerge and hMerge ("" without a value, None: not set)."""
    span, down, across = 1, None, None
    for properties in cell:
        if properties.tag == _TC_PR:
            for element in properties:
                tag = element.tag
                if tag == _SPAN:
                    span = max(1, _count(element.get(VAL), 1))
                elif tag == _DOWN:
                    down = element.get(VAL, "")
                elif tag == _ACROSS:
                    across = element.get(VAL, "")
            break
    return span, down, across


def _count(text: str | None, default: int) -> int:
    number = whole(text)
    return default if number is None else min(max(number, 0), flow.WIDEST_SPAN)
