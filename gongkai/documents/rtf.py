"""Rich text (.rtf, often called .doc) → blocks: paragraphs, and tables by the borders of their cells.

Source: Rich Text Format Specification 1.9.1. Only text, tables, hidden text and outline levels matter here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gongkai.documents import flow
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import clean
from gongkai.documents.doc_properties import Row
from gongkai.documents.doc_tables import Assembly
from gongkai.documents.model import Content
from gongkai.documents.rtf_tokens import Token, tokens
from gongkai.errors import UnreadableDocument

DEEPEST_GROUP = 2000
DEEPEST_TABLE = 10
MOST_CELLS = 200
"""Cells of a row; the widest table of a report has fifteen."""

_CODE_PAGES = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949", 204: "cp1251"}
_SYMBOLS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "tab": "\t",
    "line": "\n",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": " ",
    "_": "-",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
# Groups whose text is not the document's. A group that begins with \* is left out unless it is in _READ.
_SKIPPED = re.compile(
    "(?:header|footer)[lrf]?|footnote|a?ftn(?:sepc?|cn)|colortbl|filetbl|pict|private|r?xe|tc|sp|shprslt"
    "|nonesttables|mmathPr|objclass"
)
_READ = frozenset({"shpinst", "nesttableprops"})
_INFO = frozenset({"title", "author"})
_DOWN, _DOWN_GOES_ON = 3, 1


@dataclass(slots=True)
class _State:
    """What a group inherits: where its text goes, how its bytes are read, and the paragraph it stands in."""

    into: str = "text"
    font: int = 0
    fallback: int = 1
    hidden: bool = False
    depth: int = 0
    outline: bool = False


@dataclass(slots=True)
class _RowDefinition:
    borders: list[int] = field(default_factory=lambda: [0])
    down: list[int] = field(default_factory=list)
    across: list[bool] = field(default_factory=list)
    next_down: int = 0
    next_across: bool = False

    def end_cell(self, border: int) -> None:
        if len(self.down) < MOST_CELLS:
            self.borders.append(border)
            self.down.append(self.next_down)
            self.across.append(self.next_across)
        self.next_down, self.next_across = 0, False

    def row(self) -> Row | None:
        ascending = all(left <= right for left, right in pairwise(self.borders))
        return Row(tuple(self.borders), tuple(self.across), tuple(self.down)) if self.down and ascending else None


class _Reader:
    def __init__(self) -> None:
        self.assembly = Assembly()
        self.metadata: dict[str, str] = {}
        self._stack: list[_State] = []
        self._state = _State()
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._outlined: set[int] = set()
        self._style = 0
        self._bytes = bytearray()
        self._bytes_in = "cp1252"
        self._text: list[str] = []
        self._row = _RowDefinition()
        self._skip = 0
        self._starred = False

    def take(self, token: Token) -> None:
        if token.kind == "{":
            if len(self._stack) == DEEPEST_GROUP:
                raise UnreadableDocument("damaged", "the file is nested too deeply: save it as .docx")
            self._stack.append(replace(self._state))
        elif token.kind == "}":
            self._end_group()
        elif token.kind == "bytes":
            self._take_bytes(token.data)
        elif self._skip and (token.kind == "symbol" or token.name in _SYMBOLS):
            self._skip -= 1
        elif token.kind == "symbol" and token.name == "*":
            self._starred = True
            return
        elif token.name in _SYMBOLS and (token.kind == "symbol" or len(token.name) > 1):
            self._put(_SYMBOLS[token.name])
        elif token.kind == "symbol" and token.name in "\r\n":
            self._end_paragraph()
        elif token.kind == "word":
            self._word(token.name, token.number)
        self._starred = False

    def _end_group(self) -> None:
        self._flush()
        left = self._state.into
        if self._stack:
            self._state = self._stack.pop()
        if left in _INFO and self._state.into != left:
            text = self._taken()
            if text:
                self.metadata.setdefault(left, text)
        self._skip = 0

    def _word(self, name: str, number: int | None) -> None:
        value = number if number is not None else 1
        if (self._starred and name not in _READ) or _SKIPPED.fullmatch(name):
            self._state.into = "nothing"
        elif name in ("fonttbl", "stylesheet", "info"):
            self._state.into = name
        elif self._state.into == "info":
            self._state.into = name if name in _INFO else "nothing"
        elif name == "ansicpg":
            self._encoding = _CODE_PAGES.get(value, f"cp{value}" if value in range(1250, 1259) else "gb18030")
        elif name == "f":
            self._state.font = number or 0
        elif name == "fcharset" and self._state.into == "fonttbl":
            self._fonts[self._state.font] = _CHARSETS.get(value, "")
        elif name == "u" and number is not None:
            self._put(chr(number % 0x10000))
            self._skip = self._state.fallback
        elif name == "uc":
            self._state.fallback = max(min(value, 4), 0) if number is not None else 1
        elif name in ("v", "deleted"):
            self._flush()
            self._state.hidden = value != 0
        elif name == "plain":
            self._flush()
            self._state.hidden = False
        else:
            self._layout(name, number)

    def _layout(self, name: str, number: int | None) -> None:
        """What a word says of paragraphs and tables."""
        value = number if number is not None else 1
        state = self._state
        if state.into == "stylesheet":
            if name == "s":
                self._style = value
            elif name == "outlinelevel" and 0 <= value < 9:
                self._outlined.add(self._style)
        elif name == "pard":
            state.depth, state.outline = 0, False
        elif name == "s":
            state.outline = value in self._outlined
        elif name == "outlinelevel":
            state.outline = 0 <= value < 9
        elif name == "intbl":
            state.depth = max(state.depth, 1)
        elif name == "itap":
            state.depth = max(0, min(value, DEEPEST_TABLE))
        elif name in ("par", "sect", "page"):
            self._end_paragraph()
        elif name in ("cell", "nestcell"):
            state.depth = 1 if name == "cell" else max(state.depth, 2)
            self._end_paragraph(cell=True)
            self.assembly.end_cell()
        elif name in ("row", "nestrow"):
            self.assembly.at_depth(1 if name == "row" else max(state.depth, 2))
            self.assembly.end_row(self._row.row())
        elif name == "trowd":
            self._row = _RowDefinition()
        elif name == "trleft":
            self._row.borders[0] = number or 0
        elif name == "cellx":
            self._row.end_cell(number or 0)
        elif name in ("clvmgf", "clvmrg"):
            self._row.next_down = _DOWN if name == "clvmgf" else _DOWN_GOES_ON
        elif name == "clmrg":
            self._row.next_across = True

    def _take_bytes(self, data: bytes) -> None:
        dropped = min(self._skip, len(data))
        self._skip -= dropped
        data = data[dropped:]
        encoding = self._fonts.get(self._state.font) or self._encoding
        if encoding != self._bytes_in:
            self._flush()
            self._bytes_in = encoding
        if self._wanted():
            self._bytes += data

    def _put(self, text: str) -> None:
        self._flush()
        if self._wanted():
            self._text.append(text)

    def _wanted(self) -> bool:
        return self._state.into in ("text", *_INFO) and not self._state.hidden

    def _flush(self) -> None:
        if self._bytes:
            self._text.append(self._bytes.decode(self._bytes_in, errors="replace"))
            self._bytes.clear()

    def _taken(self) -> str:
        self._flush()
        text = "".join(self._text)
        self._text.clear()
        # Characters beyond the first plane come as two halves.
        return clean(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")).strip()

    def _end_paragraph(self, cell: bool = False) -> None:
        text = self._taken()
        self.assembly.at_depth(self._state.depth)
        if text or not cell:
            self.assembly.add(flow.Text(text, heading=self._state.outline and not self._state.depth))


def read(data: bytes) -> Content:
    """Return the blocks of a rich text file, and its title and author. Raises UnreadableDocument: damaged."""
    reader = _Reader()
    for token in tokens(data):
        reader.take(token)
    reader.take(Token("word", "par"))
    builder = BlockBuilder()
    flow.emit(reader.assembly.items(), builder)
    return Content(builder.blocks, reader.metadata)
