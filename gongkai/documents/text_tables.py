"""Tables in plain text: tab-separated lines and columns of spaces here, bars in text_bars.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gongkai.documents import text_bars, text_spans
from gongkai.documents.characters import width
from gongkai.documents.model import Cell
from gongkai.documents.text_bars import NO_CELLS, TableLines, cells_of

LONGEST_CELL = 60
"""Two columns of which one holds texts longer than this are an indented list, not a table."""

MOST_COLUMNS = 200
"""With more columns, tab-separated lines are data, not a table of a report."""

MOST_FIELDS = 40
"""With more fields parted by spaces, a line is no row of a report's table."""

WIDTH_SLACK = 2
"""After a blank line a table goes on if its lines have at most this many columns more or less."""

FEWEST_FIGURES = 3
"""With so many figures beside it a long text is a row's label."""

SIGHT = 8
"""So many lines before and behind a line tell whether it stands between two tables."""

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．].{2,40}(?:情况|事项|问题)$")
_MARKDOWN_RULE = re.compile(r"\s{0,3}\|?\s*:?-{3,}:?\s*\|")
_MARKER = re.compile(r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[、.．)）]?|[-*•●■◆·])$")
_GAP = re.compile(r"[ \u3000]{2,}")
_FIELD = re.compile(r"\S+(?:[ \u3000]\S+)*")
_FIGURE = re.compile(r"[\d０-９.,，/%\-—无]+$")


def find_table(lines: Sequence[str], start: int) -> TableLines | None:
    """Return the run of lines from line `start` on that look like a table; None if that line does not."""
    line = lines[start]
    if "\t" in line:
        return _tabbed(lines, start)
    if text_bars.has_bar(line):
        run = text_bars.find(lines, start)
        if run.cells and any(_MARKDOWN_RULE.match(each) for each in lines[start : run.end]):
            return replace(run, cells=text_spans.merged(_rows(run.cells)))
        return run
    if _GAP.search(line.strip()):
        return _spaced(lines, start)
    return None


def _rows(cells: Sequence[Cell]) -> list[list[str]]:
    """The texts of cells without spans, row by row."""
    rows: list[list[str]] = [[] for _ in range(cells[-1].row + 1)]
    for cell in cells:
        rows[cell.row].append(cell.text)
    return rows


# --- tabs ---------------------------------------------------------------------------------------------------------


def _tabbed(lines: Sequence[str], start: int) -> TableLines:
    end = _tabbed_end(lines, start)
    rows = [_split_tabs(line) for line in text_bars.with_single_marks(lines[start:end], "\t")]
    columns = _columns(rows)
    # A blank line within a table (a page break of the source) does not end it where the columns go on.
    while end + 1 < len(lines) and not lines[end].strip() and "\t" in lines[end + 1]:
        next_end = _tabbed_end(lines, end + 1)
        following = [_split_tabs(line) for line in lines[end + 1 : next_end]]
        next_columns = _columns(following)
        if min(columns, next_columns) < 3 or abs(columns - next_columns) > WIDTH_SLACK:
            break
        rows.extend(following)
        columns, end = max(columns, next_columns), next_end
    return TableLines(cells_of(rows) if columns <= MOST_COLUMNS and _is_table(rows) else NO_CELLS, end, ruled=True)


def _tabbed_end(lines: Sequence[str], start: int) -> int:
    end = start
    while end < len(lines) and "\t" in lines[end]:
        end += 1
    return end


def _split_tabs(line: str) -> list[str]:
    return [field.strip() for field in line.split("\t")]


def _columns(rows: Sequence[Sequence[str]]) -> int:
    """The number of columns up to the last one with text."""
    return max((number + 1 for row in rows for number, field in enumerate(row) if field), default=0)


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether tabbed lines are a table, not indented paragraphs, numbered ones, or a line of the page's frame."""
    filled = [[field for field in row if field] for row in rows]
    filled = [row for row in filled if row]
    if not filled or max(map(len, filled)) < 2:
        return False
    if len(filled) == 1:
        return len(filled[0]) >= 3 and max(map(len, filled[0])) <= LONGEST_CELL
    if max(map(len, filled)) == 2:
        pairs = [row for row in filled if len(row) == 2]
        if all(_MARKER.match(row[0]) for row in pairs):
            return False
        return sum(len(row[-1]) > LONGEST_CELL for row in pairs) * 2 < len(pairs)
    return True


# --- columns of spaces --------------------------------------------------------------------------------------------

Field = tuple[int, int, str]
"""A text between gaps of two and more spaces: first and last column (exclusive) on the screen, and the text."""


def _spaced(lines: Sequence[str], start: int) -> TableLines:
    """Find columns of spaces, as the text of a PDF has them."""
    end, rows = start + 1, [_fields(lines[start])]
    if _fits_a_table(rows[0]):
        while end < len(lines) and (fields := _fields(lines[end])) and _fits_a_table(fields):
            if _is_section(lines, end, rows):
                break
            rows.append(fields)
            end += 1
    while len(rows) > 1 and len(rows[-1]) < 2:
        rows.pop()
        end -= 1
    return TableLines(_spaced_cells(rows) if _has_columns(rows) else NO_CELLS, end, ruled=False)


def _is_section(lines: Sequence[str], number: int, rows: Sequence[Sequence[Field]]) -> bool:
    """Whether a line within columns of spaces is the heading of a section: behind it stands another table."""
    if _SECTION.match(lines[number].strip()) is None:
        return False
    ahead = [_fields(line) for line in lines[number + 1 : number + 1 + SIGHT]]
    return max(map(len, ahead), default=0) != max(map(len, rows[-SIGHT:]))


def _has_columns(rows: Sequence[Sequence[Field]]) -> bool:
    """Whether lines are a table: three lines of three fields, two of five, or pairs of a label and a figure."""
    counts = sorted((len(fields) for fields in rows), reverse=True)
    if len(counts) < 2 or len(rows[0]) < 2:
        return False
    if counts[1] >= 5 or (len(counts) >= 3 and counts[2] >= 3):
        return True
    return counts[-1] >= 2 and all(_FIGURE.match(fields[-1][2]) for fields in rows[1:])


def _spaced_cells(rows: Sequence[Sequence[Field]]) -> tuple[Cell, ...]:
    if _are_parted_evenly(rows):
        # Nobody aligned these: the spaces only part one cell from the next.
        return cells_of([[text for _, _, text in fields] for fields in rows])
    columns = _column_spans(rows)
    cells: list[Cell] = []
    for row, fields in enumerate(rows):
        taken = 0
        for left, right, text in fields:
            hit = [number for number, span in enumerate(columns) if span[0] < right and left < span[1]]
            first = max(hit[0] if hit else taken, taken)
            last = max(first, hit[-1] if hit else first)
            cells.append(Cell(row, first, text, colspan=last - first + 1))
            taken = last + 1
    return tuple(cells)


def _are_parted_evenly(rows: Sequence[Sequence[Field]]) -> bool:
    """Whether all cells of several rows of different lengths are parted by gaps of one width."""
    gaps = {after[0] - before[1] for fields in rows for before, after in pairwise(fields)}
    starts = {fields[1][0] for fields in rows if len(fields) > 1}
    return len(gaps) == 1 and len(starts) > 1


def _fields(line: str) -> list[Field]:
    fields: list[Field] = []
    column = end = 0
    for match in _FIELD.finditer(line):
        left = column + width(line[end : match.start()])
        column, end = left + width(match[0]), match.end()
        fields.append((left, column, match[0]))
    return fields


def _fits_a_table(fields: list[Field]) -> bool:
    longest = max(len(text) for _, _, text in fields)
    if longest > LONGEST_CELL / 2:
        # A label may be longer where figures follow it.
        figures = sum(_FIGURE.match(text) is not None for _, _, text in fields)
        return longest <= LONGEST_CELL and FEWEST_FIGURES <= figures <= MOST_FIELDS
    return len(fields) <= MOST_FIELDS


def _column_spans(rows: Sequence[Sequence[Field]]) -> list[tuple[int, int]]:
    """Return the columns' extents: those of the fullest line, each widened by what stands below it alone."""
    fullest = max(rows, key=len)
    spans = [(left, right) for left, right, _ in fullest]
    for fields in rows:
        for left, right, _ in fields:
            hit = [number for number, span in enumerate(spans) if span[0] < right and left < span[1]]
            if len(hit) != 1:
                continue
            number = hit[0]
            low = spans[number - 1][1] if number else 0
            high = spans[number + 1][0] if number + 1 < len(spans) else right
            spans[number] = (max(low, min(left, spans[number][0])), min(high, max(right, spans[number][1])))
    return spans
