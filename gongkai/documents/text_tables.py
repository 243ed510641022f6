"""Tables in plain text: tab-separated lines, pipes and drawn frames, columns of spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.documents.characters import width
from gongkai.documents.model import Cell

LONGEST_CELL = 60
"""Two columns of which one holds texts longer than this are an indented list, not a table."""

MOST_COLUMNS = 200
"""With more columns, tab-separated lines are data, not a table of a report."""

WIDTH_SLACK = 2
"""After a blank line a table goes on if its lines have at most this many columns more or less."""

_BARS = str.maketrans("│┃｜║╎┆┊", "|||||||")
_RULE_LINE = re.compile(r"[\s|:+\-=─━═┄┈┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╯╰]+$")
_RULE_MARK = re.compile(r"[-=─━═┄┈]{3,}|[┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]")
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
_MARKUP_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_\n]+)(?<=\S)\1")
_MARKER = re.compile(r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[、.．)）]?|[-*•●■◆·])$")
_GAP = re.compile(r"[ \u3000]{2,}")
_FIELD = re.compile(r"\S+(?:[ \u3000]\S+)*")
_FIGURE = re.compile(r"[\d０-９.,，/%\-—无]+$")


@dataclass(frozen=True, slots=True)
class TableLines:
    """Lines that may be a table: its cells (none if they are no table after all), and the number of the line after it.

    `ruled` says whether the source gives the columns (tabs, pipes) or they were guessed from the spacing.
    """

    cells: tuple[Cell, ...]
    end: int
    ruled: bool


_NO_TABLE: tuple[Cell, ...] = ()


def find_table(lines: Sequence[str], start: int) -> TableLines | None:
    """Return the run of lines from line `start` on that look like a table; None if that line does not."""
    line = lines[start]
    if "\t" in line:
        return _tabbed(lines, start)
    if "|" in line.translate(_BARS) or _RULE_MARK.search(line):
        return _piped(lines, start)
    if _GAP.search(line.strip()):
        return _spaced(lines, start)
    return None


# --- tabs ---------------------------------------------------------------------------------------------------------


def _tabbed(lines: Sequence[str], start: int) -> TableLines:
    end = _tabbed_end(lines, start)
    rows = [_split_tabs(line) for line in lines[start:end]]
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
    return TableLines(_cells(rows) if columns <= MOST_COLUMNS and _is_table(rows) else _NO_TABLE, end, ruled=True)


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


def without_emphasis(text: str) -> str:
    """Return `text` without Markdown's marks for bold."""
    return _EMPHASIS.sub(r"\2", text)


# --- pipes and frames ---------------------------------------------------------------------------------------------


def _piped(lines: Sequence[str], start: int) -> TableLines:
    end = start + 1
    while end < len(lines) and (_RULE_MARK.search(lines[end]) or "|" in lines[end].translate(_BARS)):
        end += 1
    block = [line.translate(_BARS).strip() for line in lines[start:end]]
    rules = [_RULE_MARK.search(line) is not None and _RULE_LINE.match(line) is not None for line in block]
    content = [line for line, rule in zip(block, rules, strict=True) if not rule]
    return TableLines(_cells(_bar_rows(block, rules)) if _has_bars(content) else _NO_TABLE, end, ruled=True)


def _has_bars(content: Sequence[str]) -> bool:
    """Whether lines are the rows of a table: each in bars, or all with as many bars (not "Home | News | Contact")."""
    if not content or not all("|" in line for line in content):
        return False
    if all(line.startswith("|") for line in content):
        return len(content) > 1 or content[0].count("|") >= 3
    return len(content) > 1 and len({line.count("|") for line in content}) == 1


def _bar_rows(block: Sequence[str], rules: Sequence[bool]) -> list[list[str]]:
    """Split lines at their bars. In a drawn frame a rule ends each row, and a row may take several lines."""
    framed = sum(rules) >= 3
    rows: list[list[str]] = []
    fresh = True
    for line, rule in zip(block, rules, strict=True):
        if rule:
            fresh = True
            continue
        fields = _split_bars(line)
        if framed and not fresh and len(fields) == len(rows[-1]):
            rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(rows[-1], fields, strict=True)]
        else:
            rows.append(fields)
        fresh = False
    return rows


def _split_bars(line: str) -> list[str]:
    fields = _UNESCAPED_BAR.split(line)
    if line.startswith("|"):
        fields = fields[1:]
    if line.endswith("|") and not line.endswith("\\|"):
        fields = fields[:-1]
    return [
        without_emphasis(_MARKUP_BREAK.sub("\n", field.replace("\\|", "|").replace("\t", " "))).strip()
        for field in fields
    ]


# --- columns of spaces --------------------------------------------------------------------------------------------

Field = tuple[int, int, str]
"""A text between gaps of two and more spaces: first and last column (exclusive) on the screen, and the text."""


def _spaced(lines: Sequence[str], start: int) -> TableLines:
    """Find columns of spaces, as the text of a PDF has them."""
    end, rows = start + 1, [_fields(lines[start])]
    if _fits_a_table(rows[0]):
        while end < len(lines) and (fields := _fields(lines[end])) and _fits_a_table(fields):
            rows.append(fields)
            end += 1
    while len(rows) > 1 and len(rows[-1]) < 2:
        rows.pop()
        end -= 1
    return TableLines(_spaced_cells(rows) if _has_columns(rows) else _NO_TABLE, end, ruled=False)


def _has_columns(rows: Sequence[Sequence[Field]]) -> bool:
    """Whether lines are a table: three lines of three fields, two of five, or pairs of a label and a figure."""
    counts = sorted((len(fields) for fields in rows), reverse=True)
    if len(counts) < 2 or len(rows[0]) < 2:
        return False
    if counts[1] >= 5 or (len(counts) >= 3 and counts[2] >= 3):
        return True
    return counts[-1] >= 2 and all(_FIGURE.match(fields[-1][2]) for fields in rows[1:])


def _spaced_cells(rows: Sequence[Sequence[Field]]) -> tuple[Cell, ...]:
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


def _fields(line: str) -> list[Field]:
    fields: list[Field] = []
    for match in _FIELD.finditer(line):
        left = width(line[: match.start()])
        fields.append((left, left + width(match[0]), match[0]))
    return fields


def _fits_a_table(fields: list[Field]) -> bool:
    return max(len(text) for _, _, text in fields) <= LONGEST_CELL / 2


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


def _cells(rows: Sequence[Sequence[str]]) -> tuple[Cell, ...]:
    return tuple(Cell(row, column, field) for row, fields in enumerate(rows) for column, field in enumerate(fields))
