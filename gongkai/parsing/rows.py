"""Tables of any format, and text that was a table, as one sequence of rows: labels on the left, values on the right.

Ruled grids keep their columns. Text with one cell a line, or with cells divided by blanks, becomes rows by its tokens:
a run of words is a label, the run of numbers behind it the values. Nothing is placed in a form here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import zip_longest
from operator import attrgetter

from gongkai.documents.model import Block, Cell, Kind
from gongkai.parsing.cells import is_value
from gongkai.parsing.form_labels import BEHIND_GROUP, alike_labels
from gongkai.parsing.labels import bare
from gongkai.records import Evidence

_SPACED_OUT = r"(?<![^\s|｜│])(?:\d ?[.．、] ?)?(?!无)[\u3400-\u9fff](?:[ \u3000](?!无)[\u3400-\u9fff])+(?![^\s|｜│])"
_TOKEN = re.compile(rf"{_SPACED_OUT}|[^\s|｜│]+")
"""A word, or a word whose characters are spaced out (1 . 当 面 申 请 数)."""

_MARK = re.compile(r"[、.．)）](?!\d)")
"""What follows the number of a label."""

_LABEL_TOKENS = 8
"""How many words before the values of running text may belong to their label (a label on several lines)."""

_HEADING_TOKENS = 60
"""How many words before the values are kept at all: the heading of table 4, one word a line, has some forty."""

UNITS = frozenset({"条", "件", "次", "篇", "个", "人", "人次", "万元", "元", "期", "份", "项"})
"""Words that stand between label and value in the annex of 2014."""

_CODES = frozenset({"代码", "指标代码", "编码", "序号", "行次", "编号", "栏次"})
"""Headings of columns that number the rows."""

_COLUMN = attrgetter("column")

_LESSER_LABEL = 0.05
"""Taken off for each label that stands further from the values than another of the same row."""


@dataclass(slots=True, eq=False)
class Token:
    """A cell of a grid, or a word of running text, with the place that evidence needs."""

    text: str
    block: Block
    row: int
    column: int
    colspan: int = 1
    cell: Cell | None = None
    start: int = 0
    rowspan_from_above: bool = False

    def evidence(self) -> Evidence:
        """Where this token stands; a word of running text counts as column of its row."""
        if self.cell is None:
            page, box = place_on_page(self.block, self.start, self.start + len(self.text))
            return Evidence(
                quote=self.text,
                block=self.block.index,
                page=page,
                box=box,
                start=self.start,
                end=self.start + len(self.text),
                row=self.row,
                column=self.column,
            )
        cell, block = self.cell, self.block
        return Evidence(
            quote=cell.text,
            block=block.index,
            page=cell.page or block.page,
            table=block.table,
            row=cell.row,
            column=cell.column,
            box=cell.box,
        )


def place_on_page(block: Block, start: int, end: int) -> tuple[int | None, tuple[float, float, float, float] | None]:
    """Page and rectangle of the first printed line that code points [start, end) of a block's text touch (PDF)."""
    for line in block.lines:
        if line.start < end and start < line.end:
            return line.page, line.box
    return block.page, None


@dataclass(eq=False)
class Row:
    """One row: `groups` are label cells that reach down from rows above, `labels` its own, `values` all cells behind
    the last label (blanks included). A header row has labels and no values. `grid` says that columns are positions."""

    labels: tuple[Token, ...]
    values: tuple[Token, ...]
    groups: tuple[Token, ...]
    grid: bool
    label: str = ""
    """The whole label, where it is broken over lines around the values."""

    cells: tuple[Token, ...] = field(init=False, repr=False)
    """All tokens of the row, from left to right; a row has at least one."""

    block: Block = field(init=False, repr=False)
    """The block the row stands in."""

    numbers: int = field(init=False, repr=False)
    """How many values are a number or a dash."""

    has_numbers: bool = field(init=False, repr=False)
    """Whether any value is a number or a dash."""

    def __post_init__(self) -> None:
        self.cells = (*self.labels, *self.values) or self.groups
        self.block = self.cells[0].block
        self.numbers = sum([is_value(token.text) for token in self.values])
        self.has_numbers = self.numbers > 0

    @cached_property
    def printed_labels(self) -> tuple[str, ...]:
        """The texts that may be the row's label, the likeliest first: the last cell, then joined with those before.

        A unit between label and values (条, 万元) is none.
        """
        own = [token.text for token in self.labels if token.text.strip()]
        if len(own) > 1 and not self.grid and own[-1] in UNITS:
            del own[-1]
        texts = [self.label] if self.label else []
        texts += ["".join(own[-count:]) for count in range(1, min(len(own), _LABEL_TOKENS) + 1)]
        if self.grid:
            texts.extend(own[:-1])
        above = [token.text for token in self.groups if token.text.strip()]
        if not own and above:
            texts.append(above[-1])
        return tuple(dict.fromkeys(texts))

    @cached_property
    def names(self) -> Mapping[str, tuple[float, str, float]]:
        """The forms' labels that the row may bear: what each counts for, the words it rests on, and their likeness."""
        found: dict[str, tuple[float, str, float]] = {}
        for distance, text in enumerate(self.printed_labels if self.values else ()):
            alike = alike_labels(text)
            if not alike:
                continue
            for label, value in alike.items():
                if distance and not self.grid and _stands_far(text, label, value):
                    continue
                lessened = value - _LESSER_LABEL * distance * self.grid
                if lessened > found.get(label, (0.0,))[0]:
                    found[label] = lessened, text, value
            # Words before a whole label belong to another row, whose values the text has lost.
            if not self.grid and max(alike.values()) >= BEHIND_GROUP:
                break
        return found


def _stands_far(text: str, label: str, value: float) -> bool:
    """Whether words of running text only begin with a label, and others stand between it and the values."""
    return value < BEHIND_GROUP and bare(text).startswith(bare(label)) and not bare(text).endswith(bare(label))


def read_rows(blocks: Sequence[Block], turned: Callable[[Block], bool]) -> list[Row]:
    """All rows of a document in reading order; `turned` says of a table whether its columns are the rows."""
    rows: list[Row] = []
    running: list[Block] = []
    for block in blocks:
        if block.kind is Kind.TABLE:
            rows.extend(_running_rows(running))
            running = []
            rows.extend(_grid_rows(block, turned(block)))
        else:
            running.append(block)
    rows.extend(_running_rows(running))
    return rows


def _grid_rows(block: Block, turned: bool) -> Iterable[Row]:
    """The rows of a table; with `turned` its columns."""
    rows: list[list[Token]] = [[] for _ in range(block.columns if turned else block.rows)]
    codes = {} if turned else _code_columns(block)
    for cell in block.cells:
        first, span, column, width = cell.row, cell.rowspan, cell.column, cell.colspan
        if codes and width == 1 and first > codes.get(column, first) and is_value(cell.text):
            continue
        if turned:
            first, span, column, width = column, width, first, span
        for row in range(first, min(first + span, len(rows))):
            rows[row].append(Token(cell.text, block, row, column, width, cell, 0, row > first))
    for tokens in rows:
        if tokens:
            tokens.sort(key=_COLUMN)
            yield _split(tokens)


def _code_columns(block: Block) -> dict[int, int]:
    """Per column that numbers the rows, and gives no figures, the row of its heading."""
    return {cell.column: cell.row for cell in block.cells if _is_code(cell.text) and cell.colspan == 1}


@lru_cache(maxsize=50_000)
def _is_code(text: str) -> bool:
    return "".join(text.split()) in _CODES


def _split(tokens: list[Token]) -> Row:
    """Divide a grid row: what stands behind its last label, before which no number stands, are values."""
    numeric = [is_value(token.text) for token in tokens]
    words = [bool(token.text.strip()) and not number for token, number in zip(tokens, numeric, strict=True)]
    if not any(words):
        return Row((), tuple(tokens), (), True)
    first = words.index(True)
    end = next((i for i in range(first, len(tokens)) if numeric[i]), len(tokens))
    last = max(i for i in range(first, end) if words[i])
    labels = [token for token, word in zip(tokens[: last + 1], words, strict=False) if word]
    return Row(
        labels=tuple(token for token in labels if not token.rowspan_from_above),
        values=tuple(tokens[last + 1 :]),
        groups=tuple(token for token in labels if token.rowspan_from_above),
        grid=True,
    )


def _running_rows(blocks: Sequence[Block]) -> Iterable[Row]:
    labels: list[Token] = []
    values: list[Token] = []
    tokens = [token for number, block in enumerate(blocks) for token in _tokens(block, number)]
    for token, following in zip_longest(tokens, tokens[1:]):
        # A blank cell between bars belongs to the values before it.
        if not token.text or (is_value(token.text) and not _numbers(token, following)):
            if values or token.text:
                values.append(token)
            continue
        if values:
            yield Row(tuple(labels[-_HEADING_TOKENS:]), tuple(values), (), False)
            labels, values = [], []
        labels.append(token)
    if values:
        yield Row(tuple(labels[-_HEADING_TOKENS:]), tuple(values), (), False)


def _numbers(token: Token, following: Token | None) -> bool:
    """Whether a number is the numbering of the label behind it (2 、重复申请)."""
    return (
        following is not None
        and following.block is token.block
        and len(token.text) <= 2
        and _MARK.match(following.text) is not None
    )


def _tokens(block: Block, number: int) -> Iterable[Token]:
    """The words of running text, and a blank for each blank cell between bars."""
    column, end = 0, 0
    for match in _TOKEN.finditer(block.text):
        if column and block.text[end : match.start()].count("|") > 1:
            for _ in range(block.text[end : match.start()].count("|") - 1):
                yield Token("", block, number, column, start=end)
                column += 1
        yield Token(match.group(), block, number, column, start=match.start())
        column, end = column + 1, match.end()
    for _ in range(block.text[end:].count("|") - 1 if column else 0):
        yield Token("", block, number, column, start=end)
        column += 1


def same_grid(one: Block, other: Block) -> bool:
    """Whether two table blocks are parts of one broken table: the same number of columns."""
    return one.index == other.index or one.columns == other.columns
