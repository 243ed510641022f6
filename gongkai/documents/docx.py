"""Word files (.docx, as Word and WPS write them) → blocks, by the XML itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.documents import encoding, flow, html, mhtml, sniff, text
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import SYMBOLS, clean
from gongkai.documents.docx_numbering import Counters
from gongkai.documents.docx_styles import VAL, Styles, W, value, whole
from gongkai.documents.model import Content
from gongkai.documents.package import Package
from gongkai.errors import UnreadableDocument

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_P, _TBL, _TR, _TC = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_P_PR, _TR_PR, _TC_PR, _STYLE = f"{W}pPr", f"{W}trPr", f"{W}tcPr", f"{W}pStyle"
_MARK_DELETED, _VANISH, _FIELD = f"{W}rPr/{W}del", f"{W}rPr/{W}vanish", f"{W}fldChar"
_TABS, _DRAWINGS = (f"{W}tab", f"{W}ptab"), (f"{W}drawing", f"{W}pict", f"{W}object")
_RUNS, _TEXTS = (f"{W}r", f"{_MATH}r"), (f"{W}t", f"{_MATH}t")
_SDT, _SDT_CONTENT, _TEXT_BOX = f"{W}sdt", f"{W}sdtContent", f"{W}txbxContent"
_ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"

# Elements that only wrap what belongs to the text.
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir", "ruby")
) | {_SDT_CONTENT, f"{W}rubyBase", f"{_MATH}oMath", f"{_MATH}oMathPara"}
_GO_ON = ("", "continue")
_FALSE = ("0", "false", "off", "none")


def read(data: bytes) -> Content:
    """Return the blocks and properties of a Word file. Raises UnreadableDocument: damaged, encrypted, too_large."""
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
    reader = _Reader(
        package,
        {identifier: target for identifier, _, target in related},
        styles,
        Counters(_optional(package, by_kind.get("numbering")), styles),
    )
    items: list[flow.Item] = []
    reader.blocks(body, items)
    notes = _optional(package, by_kind.get("footnotes"))
    for note in notes.iterfind(f"{W}footnote") if notes is not None else ():
        if note.get(f"{W}type", "normal") == "normal":
            reader.blocks(note, items)
    builder = BlockBuilder()
    flow.emit(items, builder)
    return Content(builder.blocks, package.properties())


def _optional(package: Package, name: str | None) -> etree._Element | None:
    return package.xml(name) if name else None


class _Reader:
    """Walks the document's elements in order; keeps what carries over from one paragraph to the next."""

    def __init__(self, package: Package, parts: dict[str, str], styles: Styles, counters: Counters) -> None:
        self._package = package
        self._parts = parts
        self._styles = styles
        self._counters = counters
        self._fields: list[bool] = []  # for each open field: has its result begun?
        self._carried = ""  # text of a paragraph whose end mark is deleted by a tracked change

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
                if content is not None and not _is_contents(element):
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
        properties = paragraph.find(_P_PR)
        style = value(properties.find(_STYLE)) if properties is not None else None
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        self._runs(paragraph, pieces, boxes)
        if properties is not None and properties.find(_MARK_DELETED) is not None:
            self._carried += "".join(pieces)
            pieces = []
        elif not self._styles.is_contents(style):
            label = self._counters.label(style, properties)
            body = clean(self._carried + "".join(pieces)).strip()
            self._carried = ""
            if body:
                sink.append(flow.Text(label + body, heading=self._styles.is_heading(style, properties)))
        for box in boxes:
            self.blocks(box, sink)

    def _runs(self, parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
        """Collect the text below `parent`, and the text boxes that are anchored there."""
        for element in parent:
            tag = element.tag
            if tag in _RUNS:
                if not _is_hidden(element):
                    self._run(element, pieces, boxes)
            elif tag == _SDT:
                content = element.find(_SDT_CONTENT)
                if content is not None:
                    self._runs(content, pieces, boxes)
            elif tag == _ALTERNATE:
                chosen = _chosen(element)
                if chosen is not None:
                    self._runs(chosen, pieces, boxes)
            elif tag in _WRAPPERS or (isinstance(tag, str) and tag.startswith(_MATH)):
                self._runs(element, pieces, boxes)

    def _run(self, run: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
        for element in run:
            tag = element.tag
            if tag == _FIELD:
                self._field(element.get(f"{W}fldCharType"))
            elif tag == _ALTERNATE:
                chosen = _chosen(element)
                if chosen is not None:
                    self._run(chosen, pieces, boxes)
            elif tag in _DRAWINGS:
                boxes.extend(_text_boxes(element))
            elif not all(self._fields):
                continue  # the instruction of a field, not its result
            elif tag in _TEXTS:
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
                self._runs(element, pieces, boxes)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, table: etree._Element) -> flow.Grid:
        cells: list[flow.GridCell] = []
        above: dict[int, flow.GridCell] = {}
        row = 0
        for line in _members(table, _TR):
            settings = _settings(line.find(_TR_PR))
            if "del" in settings:
                continue
            column = _count(settings.get("gridBefore"), 0)
            merged: dict[int, flow.GridCell] = {}
            last: flow.GridCell | None = None
            for source in _members(line, _TC):
                settings = _settings(source.find(_TC_PR))
                span = max(1, _count(settings.get("gridSpan"), 1))
                if last is not None and settings.get("hMerge") in _GO_ON:
                    last.colspan += span
                    column += span
                    continue
                if settings.get("vMerge") in _GO_ON and column in above:
                    last = above[column]
                    last.rowspan = row - last.row + 1
                else:
                    last = flow.GridCell(row, column, 1, span)
                    self.blocks(source, last.items)
                    cells.append(last)
                if "vMerge" in settings:
                    merged[column] = last
                column += span
            above = merged
            row += 1
        return flow.Grid(cells)

    def _chunk(self, identifier: str) -> list[flow.Item]:
        """Items of a document of another format that is embedded whole (w:altChunk), as converters of HTML do it."""
        data = self._package.part(self._parts.get(identifier, ""))
        if not data or sniff.sniff_bytes(data) is not None:
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


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(_VANISH)
    return vanish is not None and value(vanish) not in _FALSE


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return re.match(r"table of contents", value(gallery) or "", re.IGNORECASE) is not None


def _settings(properties: etree._Element | None) -> dict[str, str]:
    """What a row or a cell is set to: names without namespace, "" where a setting has no value."""
    if properties is None:
        return {}
    return {element.tag[len(W) :]: element.get(VAL, "") for element in properties if isinstance(element.tag, str)}


def _count(text: str | None, default: int) -> int:
    number = whole(text)
    return default if number is None else min(max(number, 0), flow.WIDEST_SPAN)
