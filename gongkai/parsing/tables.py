"""The statutory tables: rows placed by their labels, values by their columns, and the whole proved by identities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.catalogue.forms import Form, FormTable, RowSpec, forms
from gongkai.catalogue.identities import TOLERANCE
from gongkai.catalogue.metrics import metrics
from gongkai.documents.model import Block
from gongkai.parsing.alignment import TABLE_LIKE, Match
from gongkai.parsing.cells import has_broken_decimals, has_digits_apart, read_cell
from gongkai.parsing.choosing import Choice
from gongkai.parsing.columns import (
    Candidate,
    HeaderMap,
    Headings,
    candidates,
    header_map,
    named_columns,
    unit_of_header,
)
from gongkai.parsing.copies import ANNEX, copies
from gongkai.parsing.dropped import prove
from gongkai.parsing.form_labels import best_likeness
from gongkai.parsing.labels import EXACT, bare
from gongkai.parsing.layouts import is_turned, with_halves_joined
from gongkai.parsing.lost import lost_columns, lost_rows
from gongkai.parsing.mixed_forms import as_headed
from gongkai.parsing.placing import near_labels, own_headings, placed
from gongkai.parsing.review_table import names_review
from gongkai.parsing.rows import Row, Token, read_rows, same_grid
from gongkai.parsing.scopes import with_copies
from gongkai.parsing.table_reading import PROVED, UNSURE, Placement, TableReading
from gongkai.parsing.wrapped import with_rows_joined, with_whole_labels
from gongkai.records import CONFIDENT, Doubt, Figure, Method, Status, UnmappedRow

_TO_CATALOGUE = {("元", "万元"): 1e-4, ("亿元", "万元"): 1e4}


_NUMBER_BEFORE = re.compile(r"\s*(?:\d{2,}|\d+\.\d)[\d.]*[\u3400-\u9fff]")
"""A number run into the label behind it, which is no numbering: a part of the row's own number."""

_FEWEST_PROVABLE = 4
"""Rows with more cells have a total that proves them."""


@dataclass(slots=True)
class _Draft:
    """A table being read: matched rows with their possible placements, and the choice made for each."""

    table: FormTable
    matches: list[Match] = field(default_factory=list)
    options: list[list[Candidate]] = field(default_factory=list)
    units: list[str | None] = field(default_factory=list)
    unplaced: list[Match] = field(default_factory=list)
    choice: Choice = field(default_factory=lambda: Choice((), (), ""))
    proved: frozenset[str] = frozenset()
    """Rows (by their keys) with gaps that the sums of the columns prove."""

    solved: list[tuple[Match, Candidate]] = field(default_factory=list)
    """Of the unplaced rows those of which the sums prove where some values stand."""

    used: frozenset[int] = frozenset()
    """The numbers of all its rows in the document, placed or not."""

    replaced: frozenset[str] = frozenset()
    """Rows that are printed as another form has them."""


def read_tables(blocks: Sequence[Block], year: int | None) -> TableReading:
    """Read the statutory tables of a report, in the form whose own headings they bear (else the form of the year)."""
    parts = copies(with_halves_joined(with_whole_labels(with_rows_joined(near_labels(read_rows(blocks, is_turned))))))
    own = _read_rows(parts.own, blocks, year)
    annex = forms()[own.regime].table(ANNEX) if own.regime else None
    if annex is None:
        return own
    others = [reading for part in parts.others if (reading := _read_rows(part, blocks, year)).regime == own.regime]
    return with_copies(own, others, blocks, year)


def _read_rows(rows: list[Row], blocks: Sequence[Block], year: int | None) -> TableReading:
    """Read the tables that some of a document's rows are, each once."""
    headings = Headings(rows)
    tried = placed(rows, headings)
    sizes = [sum(len(matches) for _, matches in tables) for _, tables in tried]
    if not any(sizes):
        return TableReading()
    words = {bare(token.text) for row in rows if row.grid or row.has_numbers for token in (*row.cells, *row.groups)}
    ranks = []
    for number, (form, _) in enumerate(tried):
        if sizes[number] * 2 >= max(sizes):
            own, due = own_headings(words, form), year is not None and year in form.years
            ranks.append((bool(own) and due, own, due, sizes[number], form.regime, number))
    form, found = tried[max(ranks)[-1]]
    open_end = len(rows) - 1 if rows[-1].values and _is_last(rows[-1].values[-1], blocks) else None
    return _reading(
        form, [_draft(rows, headings, table, matches, form.regime) for table, matches in found], rows, open_end
    )


def _is_last(token: Token, blocks: Sequence[Block]) -> bool:
    """Whether nothing stands behind a token in the document."""
    block = blocks[-1]
    if block.ruled and _has_spans(block):
        return False  # Merged cells come from a file with tables, which has rows whole or not at all.
    return token.block is block and (
        token.cell is not None or token.start + len(token.text) >= len(block.text.rstrip())
    )


def _has_spans(block: Block) -> bool:
    return any(cell.rowspan > 1 or cell.colspan > 1 for cell in block.cells)


def _draft(rows: list[Row], headings: Headings, table: FormTable, matches: list[Match], regime: str) -> _Draft:
    draft = _Draft(table)
    matches, draft.replaced = as_headed(rows, matches, table)
    header: HeaderMap = {}
    header_block: Block | None = None
    named: tuple[int, ...] = ()
    fullest = max(
        (sum(bool(token.text.strip()) for token in rows[match.row].values) for match in matches if _is_wide(match)),
        default=0,
    )
    seen: dict[tuple[object, ...], HeaderMap] = {}
    units: dict[tuple[object, ...], str | None] = {}
    for match in matches:
        row = rows[match.row]
        above = headings.above(match.row, match.spec.columns)
        place = (*map(id, above), *[column.labels for column in match.spec.columns])
        new = place not in seen
        if new:
            seen[place] = header_map(above, match.spec.columns)
        mapped = seen[place]
        if mapped:
            header, header_block = mapped, row.block
        usable = header_block is not None and same_grid(header_block, row.block)
        signed = any(column.metric.endswith("items_change") for column in match.spec.columns)
        wide = _is_wide(match)
        if wide and (new or not row.grid):
            # In running text a table's headings stand before the first row's label.
            headings_here = [token.text for line in (*above, row) for token in line.labels]
            named = named_columns(headings_here, match.spec.columns) or named
        slots = named if wide and fullest <= len(named) else ()
        options = candidates(row, match.spec.columns, header if usable else {}, slots, signed)
        if options:
            draft.matches.append(match)
            draft.options.append(options)
            if place not in units:
                units[place] = unit_of_header(above, match.spec.columns[-1])
            draft.units.append(units[place])
        else:
            draft.unplaced.append(match)
    draft.used = frozenset(match.row for match in matches)
    cells = [[(column.metric, column.applicant) for column in match.spec.columns] for match in draft.matches]
    draft.choice = Choice(cells, draft.options, regime)
    if any(map(_is_wide, matches)):
        _prove(draft, rows)
    return draft


def _prove(draft: _Draft, rows: list[Row]) -> None:
    """Prove rows with gaps by the sums of the columns, and place rows whose blank cells the text dropped."""
    chosen = [options[choice] for options, choice in zip(draft.options, draft.choice.chosen, strict=True)]
    gaps = {match.spec.key for match, candidate in zip(draft.matches, chosen, strict=True) if candidate.gaps}
    open_rows = {match.spec.key: _filled(rows[match.row]) for match in draft.unplaced}
    if not gaps and not open_rows:
        return
    proof = prove(
        {match.spec.key: candidate.numbers for match, candidate in zip(draft.matches, chosen, strict=True)}, open_rows
    )
    draft.proved = proof.proved & gaps
    draft.solved = [
        (match, Candidate("solved", tokens, tuple(read_cell(token.text) if token else None for token in tokens)))
        for match in draft.unplaced
        if (tokens := proof.solved.get(match.spec.key))
    ]


def _filled(row: Row) -> list[Token]:
    return [token for token in row.values if token.text.strip()]


def _is_wide(match: Match) -> bool:
    """Whether a row belongs to the table of applications, all of whose rows have the same columns."""
    return bool(match.spec.labels) and len(match.spec.columns) >= TABLE_LIKE


def _reading(form: Form, drafts: list[_Draft], rows: list[Row], open_end: int | None) -> TableReading:
    figures: list[Figure] = []
    placements: list[Placement] = []
    doubts: list[Doubt] = []
    missing: list[tuple[str, RowSpec]] = []
    used: set[int] = set()
    for draft in drafts:
        there = {match.spec.key for match in (*draft.matches, *draft.unplaced)} | draft.replaced
        # A row that the form has instead of others is, beside these others, a sum of theirs or misplaced.
        variants = [match.spec.key for match in draft.matches if match.spec.variant]
        sums = {key for key in variants if any(other.startswith(f"{key}.") for other in there)}
        for number, (match, unit) in enumerate(zip(draft.matches, draft.units, strict=True)):
            used.add(match.row)
            # A text that ends within a wide table is cut off, perhaps within this row.
            doubtful = match.row == open_end and len(match.spec.columns) >= TABLE_LIKE
            row_figures, doubt = _figures(draft, number, rows, unit, doubtful, match.spec.key in sums)
            figures.extend(row_figures)
            if doubt:
                doubts.append(doubt)
            how = "position" if not match.likeness and match.spec.labels else "exact"
            if match.likeness and match.likeness < EXACT and _misprint(match):
                how = "near"
            first = (rows[match.row].labels or rows[match.row].cells)[-1]
            placements.append(Placement(match.spec, draft.table.name, how, match.printed, first.evidence()))
        for match in draft.unplaced:
            used.add(match.row)
            evidence = tuple(token.evidence() for token in rows[match.row].values)
            figures.extend(
                figure
                for solved, candidate in draft.solved
                if solved is match
                for figure in _row_figures(match.spec, candidate, None, PROVED)
            )
            doubts.append(Doubt("values_unplaced", match.printed, (match.spec.key,), evidence))
        places = {match.spec.key: match.row for match in (*draft.matches, *draft.unplaced)}
        stood_for = {
            spec.key
            for spec in draft.table.rows
            if spec.key in draft.replaced or any(spec.key.startswith(f"{key}.") for key in variants)
        }
        doubts.extend(lost_rows(rows, draft.table, places, frozenset(stood_for)))
        doubts.extend(lost_columns(draft.table, [match.spec for match in (*draft.matches, *draft.unplaced)]))
        missing.extend(
            (draft.table.name, spec) for spec in draft.table.rows if spec.key not in there and not spec.variant
        )
    names = {draft.table.name for draft in drafts}
    review = form.table("review")
    if review and "review" not in names and names_review(rows):
        doubts.extend(lost_columns(review, ()))
    return TableReading(
        regime=form.regime,
        figures=tuple(figures),
        placements=tuple(placements),
        missing=tuple(missing),
        absent_tables=tuple(table.name for table in form.tables if table.name not in names),
        unmapped=tuple(_unmapped(rows, used)),
        doubts=tuple(doubts),
    )


def _misprint(match: Match) -> bool:
    """Whether no single label of the row is the form's own: a label further left counts less, but is no misprint."""
    return best_likeness(match.printed, match.spec.labels) < EXACT


def _figures(
    draft: _Draft, number: int, rows: Sequence[Row], unit: str | None, doubtful: bool, beside: bool
) -> tuple[list[Figure], Doubt | None]:
    """The figures of one row with their confidence: a cell placed by force is sure only if the identities hold, one of
    a row that stands `beside` those it should replace never."""
    match, options, choice = draft.matches[number], draft.options[number], draft.choice
    spec = match.spec
    candidate = options[choice.chosen[number]]
    rivals = len(options) > 1 and any(other.numbers != candidate.numbers for other in options)
    # A cell on whose bounds the rules of the page and its text do not agree is as good as placed by force.
    cells = [token.cell for token in candidate.tokens if token and token.cell]
    doubtful = doubtful or any(cell.doubtful for cell in cells)
    doubtful = doubtful or _misread(match, candidate) or _has_fragments(draft, number, rows)
    forced = doubtful or candidate.forced > 0 or rivals or (not match.likeness and bool(spec.labels))
    confidence = 1.0
    if beside or _guessed(draft, number, candidate):
        confidence = UNSURE
    elif candidate.gaps:
        # A row with fewer cells than its heading has columns does not say which one is missing.
        confidence = PROVED if spec.key in draft.proved and not forced else UNSURE
    elif forced:
        confidence = PROVED if choice.is_proved(number) else UNSURE
    figures = _row_figures(spec, candidate, unit, confidence)
    unreadable = [figure.evidence for figure in figures if figure.status is Status.UNREADABLE]
    if unreadable:
        detail = "、".join(evidence.quote for evidence in unreadable)
        return figures, Doubt("cell_unreadable", detail, (spec.key,), tuple(unreadable))
    if confidence < CONFIDENT:
        return figures, Doubt(
            "placement_uncertain", match.printed, (spec.key,), (figures[0].evidence,) if figures else ()
        )
    return figures, None


def _misread(match: Match, candidate: Candidate) -> bool:
    """Whether a number may be but a part of one, or two in one cell."""
    texts = [token.text for token in candidate.tokens if token]
    if _NUMBER_BEFORE.match(match.printed) or any(map(has_broken_decimals, texts)):
        return True
    return len(texts) > _FEWEST_PROVABLE and any(map(has_digits_apart, texts))


def _has_fragments(draft: _Draft, number: int, rows: Sequence[Row]) -> bool:
    """Whether numbers without a label stand beside a row that may be the ends of its own, broken over two lines: one
    below a row without a total, any beside a row whose total is not the sum of its parts."""
    match = draft.matches[number]
    beside = [
        rows[place] for place in (match.row - 1, match.row + 1) if place not in draft.used and 0 <= place < len(rows)
    ]
    if not beside:
        return False
    if not _is_wide(match):
        return match.row + 1 < len(rows) and beside[-1] is rows[match.row + 1] and _is_fragment(beside[-1])
    numbers = draft.options[number][draft.choice.chosen[number]].numbers
    if abs(sum(part or 0.0 for part in numbers[:-1]) - (numbers[-1] or 0.0)) <= TOLERANCE:
        return False
    return any(row.has_numbers and row.numbers * 2 < len(numbers) and not row.names for row in beside)


def _is_fragment(row: Row) -> bool:
    """Whether a row is one number alone, and no page's (which stands in a cell as wide as the table)."""
    filled = _filled(row)
    return (
        not any(token.text.strip() for token in (*row.labels, *row.groups))
        and len(filled) == 1
        and filled[0].text.strip().isdigit()
        and not 1 < row.block.columns <= filled[0].colspan
    )


def _guessed(draft: _Draft, number: int, candidate: Candidate) -> bool:
    """Whether a row's blanks may be none of its columns': a text's spacing leaves its total blank but not its parts, or
    blanks before its figures are as likely its label's while its total is not their sum."""
    cells = [token for token in candidate.tokens if token]
    if not _is_wide(draft.matches[number]) or len(cells) < len(candidate.tokens):
        return False
    if candidate.way == "count" and candidate.numbers[0] is None and candidate.numbers[1] is not None:
        parts, total = candidate.numbers[:-1], candidate.numbers[-1] or 0.0
        return abs(sum(part or 0.0 for part in parts) - total) > TOLERANCE
    block = cells[0].block
    if block.ruled and _has_spans(block):
        return False
    return candidate.numbers[-1] is None and any(candidate.numbers[:-1])


def _row_figures(spec: RowSpec, candidate: Candidate, unit: str | None, confidence: float) -> list[Figure]:
    """The figures of the cells that are there; `unit` is the one that the heading prints."""
    figures = []
    for column, token, value in zip(spec.columns, candidate.tokens, candidate.values, strict=True):
        if token is None or value is None:
            continue
        number, printed = value.value, value.unit or unit
        if number is not None and printed:
            number = round(number * _TO_CATALOGUE.get((printed, metrics()[column.metric].unit), 1.0), 6)
        figures.append(
            Figure(
                metric=column.metric,
                applicant=column.applicant,
                value=number,
                status=value.status,
                method=Method.TABLE,
                unit=printed,
                evidence=token.evidence(),
                confidence=confidence,
            )
        )
    return figures


def _unmapped(rows: list[Row], used: set[int]) -> list[UnmappedRow]:
    """Rows with numbers inside the statutory tables' blocks that no row of the form names."""
    blocks = {rows[index].block.index for index in used if rows[index].grid}
    found = []
    for index, row in enumerate(rows):
        if index in used or not row.grid or row.block.index not in blocks:
            continue
        if not any(read_cell(token.text).value is not None for token in row.values):
            continue
        label = "".join(row.printed_labels[:1])
        values = tuple(token.text for token in row.values)
        found.append(UnmappedRow(label, values, row.values[0].evidence()))
    return found
