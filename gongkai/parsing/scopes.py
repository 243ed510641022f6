"""Whose figures an annex gives: the organ's own (organ) or those of all units together (whole), as its caption says.

The annex of 2014 to 2018 is often printed twice, once for each. Copies whose captions do not tell them apart are in
doubt; their figures are never mixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.documents.model import Block, Kind
from gongkai.parsing.table_reading import UNSURE, TableReading
from gongkai.records import Doubt, Evidence, Figure

_LINES = 24
"""How many lines, or cells, before a table's first figure may hold its caption: a heading has up to ten cells."""

_LONGEST_CAPTION = 60
"""Characters without blanks; a longer line is a sentence."""

_CAPTION = re.compile(
    r"统计表|情况表|汇总表|年报表|附[表件]|表[一二三四1-4]|填报单位|^[(（\[【][^()（）]{2,12}[)）\]】]$"
)
_BRACKETS = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]|[-—－][^-—－]{2,12}$")
_WHOLE = re.compile(
    r"汇总|合计数|含(?:所属|下属|各|乡镇|镇街|街道)|所属(?:各)?(?:部门|单位)|各(?:部门|乡镇|街道)|全(?:省|市|县|区|州|盟|旗|镇|乡|系统|局)"
)
_ORGAN = re.compile(
    r"本(?:机关|级|部门|单位|局|委)|(?:局|委|办|厅|市|县|区|省|镇|政府|机关)本级|机关本身|不含(?:所属|下属|各)"
)

_OTHER = {"organ": "whole", "whole": "organ"}


def with_copies(
    own: TableReading, others: Sequence[TableReading], blocks: Sequence[Block], year: int | None
) -> TableReading:
    """The reading of an annex with those of its further copies, each figure with the scope of its copy."""
    readings = sorted((reading for reading in (own, *others) if reading.figures), key=lambda one: _place(_ends(one)[0]))
    if not readings:
        return own
    captions = _captions(readings, blocks)
    kept: list[int] = []
    for number, reading in enumerate(readings):
        printed = caption_year(*captions[number])
        of_other_year = reading is not own and year is not None and printed is not None and printed != year
        if not of_other_year and not any(_values(reading) == _values(readings[other]) for other in kept):
            kept.append(number)
    if len(kept) < 2:
        scope = scope_of(*captions[readings.index(own)], bracketed=True) if own in readings else None
        return replace(own, figures=_scoped(own, scope))
    scopes = [scope_of(*captions[number], bracketed=False) for number in kept]
    found = [readings[number] for number in kept]
    if len(found) == 2 and scopes.count(None) == 1:
        scopes = _completed(scopes, found)
    if None in scopes or len(set(scopes)) < len(scopes):
        # A file of sheets has all captions in its text, before the first table.
        together = scopes_in_order(*captions[kept[0]])
        scopes = list(together) if len(together) == len(found) and _contained(together, found) else scopes
    if None in scopes or len(set(scopes)) < len(scopes):
        return _in_doubt(found[0], found[1:])
    return replace(
        found[0],
        figures=tuple(figure for one, scope in zip(found, scopes, strict=True) for figure in _scoped(one, scope)),
        placements=tuple(placement for one in found for placement in one.placements),
        unmapped=tuple(row for one in found for row in one.unmapped),
        doubts=tuple(doubt for one in found for doubt in one.doubts),
    )


def _captions(
    readings: Sequence[TableReading], blocks: Sequence[Block]
) -> list[tuple[Sequence[Block], Evidence | None, Evidence]]:
    """Per copy where its caption stands: behind the copy before it, and before its first figure."""
    ends = [_ends(reading) for reading in readings]
    return [(blocks, ends[number - 1][1] if number else None, first) for number, (first, _) in enumerate(ends)]


def _ends(reading: TableReading) -> tuple[Evidence, Evidence]:
    places = sorted((figure.evidence for figure in reading.figures), key=_place)
    return places[0], places[-1]


def _place(evidence: Evidence) -> tuple[int, int, int]:
    if evidence.start is not None:
        return evidence.block or 0, evidence.start, 0
    return evidence.block or 0, *_cell(evidence)


def _values(reading: TableReading) -> dict[str, float | None]:
    return {figure.metric: figure.value for figure in reading.figures}


def _scoped(reading: TableReading, scope: str | None) -> tuple[Figure, ...]:
    return tuple(replace(figure, scope=scope) for figure in reading.figures)


def _completed(scopes: Sequence[str | None], found: Sequence[TableReading]) -> list[str | None]:
    """The scope of the copy whose caption tells none, where the other's does and no organ's figure is above the
    whole's."""
    told = next(number for number, scope in enumerate(scopes) if scope)
    completed = [scope or _OTHER[scopes[told] or ""] for scope in scopes]
    return list(completed) if _contained(completed, found) else list(scopes)


def _contained(scopes: Sequence[str], found: Sequence[TableReading]) -> bool:
    """Whether no figure of the organ is above that of the whole."""
    values = {scope: _values(reading) for scope, reading in zip(scopes, found, strict=True)}
    if len(values) < 2:
        return False
    return all((number or 0) <= (values["whole"].get(metric) or 0) for metric, number in values["organ"].items())


def _in_doubt(own: TableReading, others: Sequence[TableReading]) -> TableReading:
    """The first copy in doubt, with a doubt that names the metrics and the places of all."""
    figures = [figure for reading in (own, *others) for figure in reading.figures]
    metrics = tuple(dict.fromkeys(figure.metric for figure in figures))
    evidence = [figure.evidence for figure in figures]
    return replace(
        own,
        figures=tuple(replace(figure, confidence=min(figure.confidence, UNSURE)) for figure in own.figures),
        doubts=(*own.doubts, Doubt("several_values", "附表", metrics, tuple(evidence))),
    )


def scope_of(blocks: Sequence[Block], after: Evidence | None, before: Evidence, *, bracketed: bool) -> str | None:
    """Whose figures a table gives, in the words of its caption, which stands between two figures: organ, whole or
    null. With `bracketed`, only words in brackets count (汇总表 may be any table's title)."""
    return next(_told(blocks, after, before, bracketed=bracketed), None)


def scopes_in_order(blocks: Sequence[Block], after: Evidence | None, before: Evidence) -> list[str]:
    """All scopes that captions before a figure name, each once, in reading order."""
    return list(dict.fromkeys(reversed(list(_told(blocks, after, before, bracketed=False)))))


def _told(blocks: Sequence[Block], after: Evidence | None, before: Evidence, *, bracketed: bool) -> Iterator[str]:
    """The scopes that captions name, the nearest first."""
    for line in _lines(blocks, after, before):
        if len(line) > _LONGEST_CAPTION or not _CAPTION.search(line):
            continue
        words = "".join(_BRACKETS.findall(line)) if bracketed else line
        organ, whole = _ORGAN.search(words), _WHOLE.search(words)
        if organ and not whole:
            yield "organ"
        if whole and not organ:
            yield "whole"


def caption_year(blocks: Sequence[Block], after: Evidence | None, before: Evidence) -> int | None:
    """The year that the nearest of the lines above a table names, if any does."""
    for line in _lines(blocks, after, before):
        if years := re.findall(r"(20\d\d)年", line):
            return int(years[-1])
    return None


def _lines(blocks: Sequence[Block], after: Evidence | None, before: Evidence) -> list[str]:
    """The lines of text, and the cells, that stand between two figures, without blanks, the last first."""
    found: list[str] = []
    for block in blocks:
        if before.block is None or block.index > before.block:
            break
        if after is not None and after.block is not None and block.index < after.block:
            continue
        first, last = after if after and block.index == after.block else None, block.index == before.block
        if block.kind is Kind.TABLE:
            texts = [
                cell.text
                for cell in block.cells
                if not (first and (cell.row, cell.column) <= _cell(first))
                and not (last and (cell.row, cell.column) >= _cell(before))
            ]
        else:
            texts = [block.text[(first.end or 0) if first else 0 : before.start if last else None]]
        found.extend(line for text in texts for part in text.split("\n") if (line := re.sub(r"\s+", "", part)))
    return found[: -_LINES - 1 : -1]


def _cell(place: Evidence) -> tuple[int, int]:
    return place.row or 0, place.column or 0
