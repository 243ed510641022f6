"""Rows of tables in plain text that were broken over lines within a cell: put together again before tables are told.

A row of tabs is whole when it has as many tabs as its neighbours, a row of bars when it ends in one. Excel puts a cell
of several lines in quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.documents.characters import join_lines
from gongkai.documents.text_bars import is_value

LONGEST_PART = 40
"""A line without any mark within a table may be a part of a cell if it is at most this long."""

LONGEST_END = 6
"""A line that ends the label of the row before it, not one that begins the next row, is at most this long."""

MOST_PARTS = 6
"""So many lines without any mark may follow one another."""

EVEN_SHARE = 0.5
"""At least this share of the lines with tabs must be whole rows already: else nothing tells what a row is."""

FEWEST_ROWS = 3

_OPENING = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[.、．](?!\d)"
)
_QUOTED = re.compile(r'(?:^|(?<=\t))"([^"\t\n]*(?:\n[^"\t\n]+){0,8})"(?=[\t\n]|\Z)', re.MULTILINE)
NARROWEST = 4
"""A cell is at least so many characters wide."""

_UNITS = frozenset(["件", "条", "个", "次", "人", "期", "篇", "项", "元", "万元", "人次", "件次", "份", "名"])
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．].*(?:情况|事项|问题|报告)$")
_NO_PART = re.compile(
    r"[。；;：:]|^[表附注续]|^第[一二三四五六七八九十]+条|^[（(【\[].*[）)】\]]$|^[\W\d]*$|^第\s*\d+\s*页|https?:|\.(?:cn|com)\b|报告$"
)


def whole_rows(lines: Sequence[str]) -> list[str]:
    """Return lines in which every row of a table with tabs or bars stands on one line, as far as can be told."""
    lines = _unquoted(lines)
    rows: list[str] = []
    number = 0
    while number < len(lines):
        mark = next((mark for mark in "\t|" if mark in lines[number]), None)
        end = _end(lines, number, mark) if mark else number + 1
        run = lines[number:end]
        rows.extend(run if mark is None else _by_tabs(run) if mark == "\t" else _by_bars(run))
        number = end
    return rows


def whole_labels(lines: Sequence[str]) -> list[str]:
    """Return lines in which a numbered label stands on one line where a text has one cell a line.

    It is put together where it was broken at one width and a figure follows it, and other figures stand around.
    """
    whole: list[str] = []
    for line in lines:
        pieces: list[str] = []
        if is_value(line.strip()):
            while len(pieces) <= MOST_PARTS and len(whole) > len(pieces) and _is_piece(whole[-1 - len(pieces)]):
                pieces.insert(0, whole[-1 - len(pieces)].strip())
                if _OPENING.match(pieces[0]):
                    break
        if len(pieces) > 1 and _OPENING.match(pieces[0]) and _are_even([len(piece) for piece in pieces]):
            del whole[-len(pieces) :]
            whole.append(join_lines("\n".join(pieces)))
        whole.append(line)
    return whole


def _is_piece(line: str) -> bool:
    return _is_part(line) and "\t" not in line and "|" not in line and line.strip() not in _UNITS


def _are_even(lengths: Sequence[int]) -> bool:
    """Whether pieces were broken at one width: all but the last are as long."""
    return lengths[0] >= NARROWEST and max(lengths[:-1]) - min(lengths[:-1]) <= 1 and lengths[-1] <= lengths[0] + 1


def _unquoted(lines: Sequence[str]) -> list[str]:
    """Lines without the quotes in which a spreadsheet puts cells of several lines or with a comma."""
    if not any('"' in line and "\t" in line for line in lines):
        return list(lines)
    return _QUOTED.sub(
        lambda match: join_lines(match[1]) if "\n" in match[1] or "," in match[1] else match[0], "\n".join(lines)
    ).split("\n")


def _end(lines: Sequence[str], start: int, mark: str) -> int:
    """The end of a run of lines with a mark, and of what may be parts of their cells between them."""
    end = ahead = start + 1
    while ahead < len(lines) and ahead - end <= MOST_PARTS:
        if mark in lines[ahead]:
            end = ahead + 1
        elif not _is_part(lines[ahead]):
            break
        ahead += 1
    return end


def _is_part(line: str) -> bool:
    text = line.strip()
    return 0 < len(text) <= LONGEST_PART and not _NO_PART.search(text) and not _SECTION.match(text)


def _by_tabs(run: Sequence[str]) -> list[str]:
    counts = [line.count("\t") for line in run]
    usual, rows = Counter(filter(None, counts)).most_common(1)[0]
    if usual < 2 or rows < max(FEWEST_ROWS, EVEN_SHARE * len(run)) or max(counts) > usual:
        return _by_numbering(run)
    if rows == len(run):
        return list(run)
    whole: list[str] = []
    held = ""
    for number, line in enumerate(run):
        tabs = held.count("\t")
        if tabs + counts[number] > usual:
            # What was held is no part of this row: nothing is known of it.
            whole.append(held)
            held = ""
        held = f"{held}\n{line}" if held else line
        # A line without tabs behind a whole row is the beginning of the next one, but where a label ends that row.
        if held.count("\t") == usual and not _goes_on(held, run[number + 1 : number + 2], counts[number + 1 :]):
            whole.append(_one_line(held))
            held = ""
    return [*whole, _one_line(held)] if held else whole


def _by_numbering(run: Sequence[str]) -> list[str]:
    """Join what has no tab to the row of figures behind it, where rows have as many cells as they need.

    It is the beginning of that row's label, or the middle of a label that began in the row before.
    """
    whole: list[str] = []
    held: list[str] = []
    for number, line in enumerate(run):
        following = run[number + 1] if number + 1 < len(run) else "\t"
        if "\t" not in line:
            held.append(line)
            if _OPENING.match(following.strip()):
                whole.extend(held)
                held = []
            continue
        last = line.rpartition("\t")[2].strip()
        if "\t" not in following and not is_value(last) and last and not _OPENING.match(following.strip()):
            whole.extend(held)
            held = [line]
            continue
        if held and any(is_value(cell.strip()) for cell in line.split("\t")):
            whole.append(_one_line("\n".join((*held, line))))
        else:
            whole.extend((*held, line))
        held = []
    return [*whole, *held]


def _goes_on(row: str, following: Sequence[str], counts: Sequence[int]) -> bool:
    """Whether the label at the end of a row goes on in the next line, which has no tab."""
    last = row.rpartition("\t")[2].strip()
    if not following or counts[0] or not last or is_value(last):
        return False
    text = following[0].strip()
    return len(text) <= LONGEST_END and not is_value(text) and not _OPENING.match(text)


def _one_line(row: str) -> str:
    return "\t".join(join_lines(cell) for cell in row.split("\t"))


def _by_bars(run: Sequence[str]) -> list[str]:
    barred = [line.rstrip() for line in run if "|" in line]
    ended = sum(line.endswith("|") for line in barred)
    if len(barred) == len(run) or ended < FEWEST_ROWS or ended * 2 <= len(barred):
        return list(run)
    whole: list[str] = []
    held: list[str] = []
    for line in run:
        held.append(line)
        if line.rstrip().endswith("|"):
            whole.append(join_lines("\n".join(held)))
            held = []
    return [*whole, *held]
