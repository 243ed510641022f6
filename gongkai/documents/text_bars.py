"""Tables whose cells are parted by bars: Markdown, drawn frames, and what programs make of tables in saved pages.

The latter come in several kinds. A row a line ("规章 | 0 | 1 |"), missing cells made up for by bare bars at its end
("行政许可 | 0 | ||"); or a cell a line, each with its bar behind it, before it, or on a line of its own. There the rows
are found again by counting: with the bare bars every row has the same number of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.characters import join_lines
from gongkai.documents.model import Cell

NO_CELLS: tuple[Cell, ...] = ()

MOST_BARS = 40
"""Bars that a row may have where rows are found by counting; table 4 of the form has 15 to 17."""

FEWEST_CELLS = 4
"""Fewer lines with a cell each are no table."""

LABELLED_SHARE = 0.7
"""Rows found by counting are believed if more than this share of them begin with a label."""

FEWEST_BARS, FEWEST_ROWS = 20, 3
"""A line with so many bars in which so many labels follow upon figures is a whole table."""

DOUBLED_SHARE = 0.8
"""Marks are doubled if they are in at least this share of the lines that have any."""

FRAGMENT = 6
"""A line of at most this many characters without a bar may be a part of the cell whose bar follows (社会 / 公益)."""

_DRAWN = str.maketrans("│┃｜║╎┆┊", "|||||||")
_RULE_LINE = re.compile(r"[\s|:+\-=─━═┄┈┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╯╰]+$")
_RULE_MARK = re.compile(r"[-=─━═┄┈]{3,}|[┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]")
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
_PADDING = "||"
_COMPACT = re.compile(r"\|[^\s|]")
_VALUE = re.compile(r"[\d０-９][\d０-９.,，\s]*(?:%|[余万元件条次项]{1,2})?$|[-—–/／]{1,3}$|[?？]\s*\d+$")
_MARKUP_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_\n]+)(?<=\S)\1")


@dataclass(frozen=True, slots=True)
class TableLines:
    """Lines that may be a table: its cells (none if they are no table after all), and the number of the line after it.

    `ruled` says whether the source gives the columns or they were guessed. `texts` are the lines as they should be
    read where they are no table (None: as they stand).
    """

    cells: tuple[Cell, ...]
    end: int
    ruled: bool
    texts: tuple[str, ...] | None = None


def has_bar(line: str) -> bool:
    """Whether a line may belong to a table with bars."""
    return "|" in line.translate(_DRAWN) or _RULE_MARK.search(line) is not None


def is_value(text: str) -> bool:
    """Whether a cell holds a figure or a dash, not a label."""
    return _VALUE.match(text) is not None


def without_emphasis(text: str) -> str:
    """Return `text` without Markdown's marks for bold."""
    return _EMPHASIS.sub(r"\2", text)


def cells_of(rows: Sequence[Sequence[str]]) -> tuple[Cell, ...]:
    """Return the cells of a table whose rows are given from left to right."""
    return tuple(Cell(row, column, field) for row, fields in enumerate(rows) for column, field in enumerate(fields))


def with_single_marks(lines: Sequence[str], mark: str) -> list[str]:
    """Return lines with one `mark` (bar or tab) between cells, where a program wrote two in nearly every line."""
    runs = [[len(run) for run in re.findall(rf"{re.escape(mark)}+", line.strip(mark))] for line in lines]
    doubled = [bool(inner) and not any(length % 2 for length in inner) for inner in runs]
    marked = sum(map(bool, runs))
    if marked < 2 or sum(doubled) < DOUBLED_SHARE * marked:
        return list(lines)
    pair = re.compile(rf"(?<!^){re.escape(mark)}{{2}}(?!$)")
    return [pair.sub(mark, line) if double else line for line, double in zip(lines, doubled, strict=True)]


def trailing_bars(lines: Sequence[str]) -> list[str]:
    """Return lines with a cell each such that the cell's bar stands behind it, wherever it stood.

    Changed are texts in which many lines are a bar alone, or a bar and a cell ("| 条"); a bar alone that follows
    another bar is a blank cell.
    """
    if sum(_is_lone(line) for line in lines) < FEWEST_CELLS:
        return list(lines)
    shifted: list[str] = []
    for line in lines:
        stripped = line.strip()
        before = shifted[-1] if shifted else ""
        if stripped.startswith("|") and stripped.count("|") == 1 and before.strip() and "|" not in before:
            shifted[-1] = f"{before} |"
            if stripped != "|":
                shifted.append(stripped[1:].strip())
        elif stripped.startswith("|") and stripped.count("|") == 1 and stripped != "|":
            shifted.extend(("|", stripped[1:].strip()))
        else:
            shifted.append(line)
    return shifted


def _is_lone(line: str) -> bool:
    stripped = line.strip()
    return stripped.startswith("|") and stripped.count("|") == 1


def find(lines: Sequence[str], start: int) -> TableLines:
    """Return the run of lines with bars that begins at line `start`."""
    end = start + 1
    while end < len(lines) and (has_bar(lines[end]) or _is_fragment(lines, end)):
        end += 1
    block = [line.translate(_DRAWN).strip() for line in lines[start:end]]
    block = with_single_marks(block, "|")
    rules = [_RULE_MARK.search(line) is not None and _RULE_LINE.match(line) is not None for line in block]
    content = [line for line, rule in zip(block, rules, strict=True) if not rule]
    if _is_cell_a_line(content):
        rows = _counted_rows(content)
        if rows:
            return TableLines(cells_of(rows), end, ruled=False)
        return TableLines(NO_CELLS, end, ruled=False, texts=tuple(_single_cells(content)))
    if any(_is_whole_table(line) for line in content):
        return TableLines(NO_CELLS, end, ruled=False, texts=tuple(_parted(content)))
    if not any(rules):
        block = content = _whole_rows(content)
        rules = [False] * len(block)
    if not _are_rows(content):
        return TableLines(NO_CELLS, end, ruled=True)
    # Markdown that is written without spaces has blank cells where others have padding.
    inner = _has_inner_bars_only(content)
    keep = inner or (any(rules) and any(_COMPACT.search(line) for line in content))
    padded = not keep and any(line.endswith(_PADDING) for line in content)
    return TableLines(cells_of(_line_rows(block, rules, keep, inner)), end, ruled=not padded)


def _is_fragment(lines: Sequence[str], number: int) -> bool:
    """Whether a line without a bar is the first part of the short cell that ends on one of the next lines."""
    for ahead in range(number, min(number + 3, len(lines))):
        text = lines[ahead].strip()
        if not text or len(text.rstrip("| ")) > FRAGMENT:
            return False
        if "|" in text:
            return ahead > number and text.endswith("|")
    return False


# --- a row a line -------------------------------------------------------------------------------------------------


def _whole_rows(content: Sequence[str]) -> list[str]:
    """Where rows end in a bar, a line that does not goes on in the next one: a cell of several lines."""
    if sum(line.endswith("|") for line in content) * 2 <= len(content):
        return list(content)
    usual = Counter(line.count("|") for line in content).most_common(1)[0][0]
    rows: list[str] = []
    for line in content:
        if rows and not rows[-1].endswith("|") and rows[-1].count("|") < usual:
            rows[-1] = join_lines(f"{rows[-1]}\n{line}")
        else:
            rows.append(line)
    return rows


def _are_rows(content: Sequence[str]) -> bool:
    """Whether lines are the rows of a table: each in bars, each ending in one, or all with as many bars.

    The last line may be cut off, as the texts of pages often are.
    """
    if not content or not all("|" in line for line in content[:-1] or content):
        return False
    if _has_inner_bars_only(content):
        return any(_is_value_row(line) for line in content)
    if all(line.startswith("|") for line in content) or all(line.endswith("|") for line in content[:-1] or content):
        return len(content) > 1 or content[0].count("|") >= 3
    return len(content) > 1 and len({line.count("|") for line in content}) == 1


def _has_inner_bars_only(content: Sequence[str]) -> bool:
    """Whether bars stand between cells only; a line of them that begins or ends in a bar has a blank cell there."""
    outer = sum(line.startswith("|") or line.endswith("|") for line in content)
    if all(line.count("|") == content[0].count("|") for line in content):
        # One line without outer bars shows that none has any: all have as many cells.
        return 0 < outer < len(content)
    return outer * 2 <= len(content)


def _is_value_row(line: str) -> bool:
    """Whether a line is a label and figures behind it, blank ones among them."""
    fields = [field.strip() for field in _UNESCAPED_BAR.split(line)]
    figures = [field for field in fields[1:] if is_value(field)]
    return bool(fields[0]) and not is_value(fields[0]) and bool(figures) and not _label_behind(fields, figures)


def _label_behind(fields: Sequence[str], figures: Sequence[str]) -> bool:
    return any(field and not is_value(field) for field in fields[fields.index(figures[0]) :])


def _is_whole_table(line: str) -> bool:
    """Whether a line holds rows one after another: labels stand behind figures again and again."""
    if line.count("|") < FEWEST_BARS:
        return False
    fields = [field.strip() for field in _UNESCAPED_BAR.split(line)]
    kinds = [is_value(field) for field in fields if field]
    return sum(before and not after for before, after in pairwise(kinds)) >= FEWEST_ROWS


def _parted(content: Sequence[str]) -> Iterable[str]:
    """The cells of lines, one a line; a blank cell is an empty line."""
    for line in content:
        fields = _UNESCAPED_BAR.split(line.strip("|") if _is_whole_table(line) else line)
        yield from (field.strip() for field in fields)


def _line_rows(block: Sequence[str], rules: Sequence[bool], keep: bool, inner: bool) -> list[list[str]]:
    """Split lines at their bars. In a drawn frame a rule ends each row, and a row may take several lines."""
    framed = sum(rules) >= 3
    rows: list[list[str | None]] = []
    fresh = True
    for line, rule in zip(block, rules, strict=True):
        if rule:
            fresh = True
            continue
        fields = _split(line, keep, inner)
        if framed and not fresh and len(fields) == len(rows[-1]):
            rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(rows[-1], fields, strict=True)]
        else:
            rows.append(fields)
        fresh = False
    return _without_padding(rows)


def _split(line: str, keep: bool, inner: bool) -> list[str | None]:
    fields = _UNESCAPED_BAR.split(line)
    if line.startswith("|") and not inner:
        fields = fields[1:]
    if line.endswith("|") and not line.endswith("\\|") and not inner:
        fields = fields[:-1]
    texts = [
        without_emphasis(_MARKUP_BREAK.sub("\n", field.replace("\\|", "|").replace("\t", " "))).strip()
        for field in fields
    ]
    return list(texts) if keep else _marked(fields, texts)


# --- bars that make up for missing cells --------------------------------------------------------------------------


def _marked(fields: Sequence[str], texts: Sequence[str]) -> list[str | None]:
    """The texts of fields, null for those that only make up for cells that the row does not have.

    Such are bars at the end without anything between them ("0 | ||"); a blank cell has a space there ("0 | |").
    """
    empty = next((number for number, field in enumerate(reversed(fields)) if field), len(fields))
    if not empty or len(fields) == 1:
        return list(texts)
    first = len(fields) - empty
    if first and not texts[first - 1]:
        first -= 1
    return [*texts[:first], *[None] * (len(fields) - first)]


def _without_padding(rows: Sequence[Sequence[str | None]]) -> list[list[str]]:
    """Drop what only makes up for missing cells, and a last blank cell that may be such a one as well.

    A last blank may be either where other rows are padded, and no row shows that the page keeps its blank cells.
    """
    padded = any(None in row for row in rows)
    texts = [[text for text in row if text is not None] for row in rows]
    keeps = any("" in row[: _filled(row)] or len(row) > _filled(row) + 1 for row in texts)
    return [row[: _filled(row)] if padded and not keeps else row for row in texts]


def _filled(row: Sequence[str]) -> int:
    """The number of fields up to the last one with text."""
    return max((number for number, text in enumerate(row, 1) if text), default=0)


# --- a cell a line ------------------------------------------------------------------------------------------------


def _is_cell_a_line(content: Sequence[str]) -> bool:
    """Whether most lines hold one cell with its bar behind it."""
    single = sum(1 for line in content if line.rstrip("| ") and "|" not in line.rstrip("| ") and line.endswith("|"))
    several = sum(1 for line in content if "|" in line.strip("| "))
    return single >= FEWEST_CELLS and single > 2 * several


def _counted_rows(content: Sequence[str]) -> list[list[str]]:
    """Find the rows by the number of bars that each must have; nothing if no number fits or none is needed.

    Bare bars end a row. Of several numbers that fit, the one counts with which the most rows begin with a label.
    """
    counts = [line.count("|") for line in content]
    # One bare bar may also be a blank cell within the row.
    ends = [count > 1 and content[number + 1 : number + 2] != ["|"] for number, count in enumerate(counts)]
    best: list[list[str]] = []
    share = LABELLED_SHARE
    for size in range(2, MOST_BARS + 1) if any(ends) or "|" in content else ():
        filled, fits = 0, True
        for count, must_end in zip(counts, ends, strict=True):
            filled += count
            if filled > size or (must_end and filled != size):
                fits = False
                break
            filled %= size
        rows = _cut(content, size) if fits else []
        labelled = sum(map(_is_labelled, rows)) / max(1, len(rows))
        if labelled > share:
            best, share = rows, labelled
    return [row for row in best if row]


def _is_labelled(row: Sequence[str]) -> bool:
    """Whether a row begins with a label and has none behind its figures."""
    figures = [text for text in row if is_value(text)]
    return bool(row and row[0]) and not is_value(row[0]) and not (figures and _label_behind(row, figures))


def _cut(content: Sequence[str], size: int) -> list[list[str]]:
    rows: list[list[str | None]] = [[]]
    bars, pending = 0, ""
    for line in content:
        fields = _UNESCAPED_BAR.split(line)
        texts = [field.strip() for field in fields]
        texts[0] = join_lines(f"{pending}\n{fields[0]}".strip())
        pending = "" if len(fields) > 1 else f"{pending}\n{fields[0]}"
        if bars >= size:
            rows.append([])
            bars = 0
        rows[-1].extend(_marked(fields[:-1], texts[:-1]))
        bars += len(fields) - 1
    return _without_padding(rows)


def _single_cells(content: Sequence[str]) -> list[str]:
    """The cells alone, one a line; a bar alone is a blank cell, told by an empty line."""
    texts: list[str] = []
    pending = ""
    for line in content:
        if not line.endswith("|"):
            pending = f"{pending}\n{line}"
            continue
        texts.append(join_lines(f"{pending}\n{line.rstrip('| ')}".strip()))
        pending = ""
    return [*texts, pending.strip()] if pending else texts
