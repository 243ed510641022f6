"""The statutory tables: rows placed by their labels, values by their columns, and the whole proved by identities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.catalogue.forms import Form, FormTable, RowSpec, forms
from gongkai.catalogue.identities import evaluate
from gongkai.catalogue.metrics import metrics
from gongkai.documents.model import Block
from gongkai.parsing.alignment import TABLE_LIKE, Match
from gongkai.parsing.cells import read_cell
from gongkai.parsing.columns import Candidate, HeaderMap, candidates, header_map, header_rows, unit_of_header
from gongkai.parsing.labels import EXACT, bare, best_likeness
from gongkai.parsing.mixed_forms import as_headed
from gongkai.parsing.placing import own_rows, placed
from gongkai.parsing.rows import Row, Token, read_rows, same_grid
from gongkai.records import Doubt, Evidence, Figure, Method, Status, UnmappedRow

_TO_CATALOGUE = {("元", "万元"): 1e-4, ("亿元", "万元"): 1e4}


@dataclass(frozen=True, slots=True)
class Placement:
    """How a row of a report was placed on a row of the form: exact, near (a misprint) or position (no label)."""

    spec: RowSpec
    table: str
    how: str
    printed: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the statutory tables of one report say. `regime` is the form they are printed in, null without tables."""

    regime: str | None = None
    figures: tuple[Figure, ...] = ()
    placements: tuple[Placement, ...] = ()
    missing: tuple[tuple[str, RowSpec], ...] = ()
    absent_tables: tuple[str, ...] = ()
    unmapped: tuple[UnmappedRow, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A table being read: matched rows with their possible placements, and the choice made for each."""

    table: FormTable
    matches: list[Match]
    options: list[list[Candidate]]
    units: list[str | None]
    unplaced: list[Match] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)
    replaced: frozenset[str] = frozenset()
    """Rows that are printed as another form has them."""

    proved: list[bool] = field(default_factory=list)
    """Per match: whether identities hold for it that fail if it is placed in another way."""

    def values(self) -> dict[tuple[str, str], float | None]:
        found: dict[tuple[str, str], float | None] = {}
        for match, options, choice in zip(self.matches, self.options, self.chosen, strict=True):
            for column, token, value in zip(
                match.spec.columns, options[choice].tokens, options[choice].numbers, strict=True
            ):
                if token is not None:
                    found[column.metric, column.applicant] = value
        return found


def read_tables(blocks: Sequence[Block], year: int | None) -> TableReading:
    """Read the statutory tables of a report, in the form whose own headings they bear (else the form of the year)."""
    rows = own_rows(read_rows(blocks))
    tried = [(form, placed(rows, form)) for form in forms().values()]
    sizes = [sum(len(matches) for _, matches in placed) for _, placed in tried]
    if not any(sizes):
        return TableReading()
    words = {bare(token.text) for row in rows if row.grid or row.has_numbers for token in (*row.cells, *row.groups)}
    ranks = []
    for number, (form, _) in enumerate(tried):
        if sizes[number] * 2 >= max(sizes):
            own, due = _own_headings(words, form), year is not None and year in form.years
            ranks.append((bool(own) and due, own, due, sizes[number], form.regime, number))
    form, found = tried[max(ranks)[-1]]
    open_end = len(rows) - 1 if rows[-1].values and _is_last(rows[-1].values[-1], blocks) else None
    return _reading(form, [_draft(rows, table, matches, form.regime) for table, matches in found], rows, open_end)


def _is_last(token: Token, blocks: Sequence[Block]) -> bool:
    """Whether nothing stands behind a token in the document."""
    block = blocks[-1]
    return token.block is block and (
        token.cell is not None or token.start + len(token.text) >= len(block.text.rstrip())
    )


def _own_headings(words: set[str], form: Form) -> int:
    """How many headings are printed that this form has and no other."""
    return len(
        words & _headings(form) - {heading for f in forms().values() if f is not form for heading in _headings(f)}
    )


def _headings(form: Form) -> set[str]:
    return {
        bare(label) for table in form.tables for row in table.rows for column in row.columns for label in column.labels
    }


def _draft(rows: list[Row], table: FormTable, matches: list[Match], regime: str) -> _Draft:
    draft = _Draft(table, [], [], [])
    matches, draft.replaced = as_headed(rows, matches, table)
    header: HeaderMap = {}
    header_block: Block | None = None
    seen: dict[tuple[object, object], HeaderMap] = {}
    for match in matches:
        row = rows[match.row]
        above = header_rows(rows, match.row, match.spec.columns)
        place = tuple(map(id, above)), tuple((column.labels, column.block) for column in match.spec.columns)
        if place not in seen:
            seen[place] = header_map(above, match.spec.columns)
        mapped = seen[place]
        if mapped:
            header, header_block = mapped, row.block
        usable = header_block is not None and same_grid(header_block, row.block)
        signed = any(column.metric.endswith("items_change") for column in match.spec.columns)
        options = candidates(row, match.spec.columns, header if usable else {}, signed)
        if options:
            draft.matches.append(match)
            draft.options.append(options)
            draft.units.append(unit_of_header(above, match.spec.columns[-1]))
            draft.chosen.append(0)
            draft.proved.append(False)
        else:
            draft.unplaced.append(match)
    _choose(draft, regime)
    return draft


def _choose(draft: _Draft, regime: str) -> None:
    """Where a row can be placed in several ways, take the way under which most identities hold, rows one after another.

    Two rounds suffice: a row's own total decides nearly always, the columns decide what is left.
    """
    open_rows = [number for number, options in enumerate(draft.options) if len(options) > 1]
    failures: dict[int, list[int]] = {}
    for _ in range(2):
        for number in open_rows:
            scores = []
            for choice, candidate in enumerate(draft.options[number]):
                draft.chosen[number] = choice
                outcomes = list(evaluate(draft.values(), regime))
                failed = sum(not outcome.holds for outcome in outcomes)
                empty = sum(token is None for token in candidate.tokens)
                scores.append((failed, empty, candidate.forced, -len(outcomes), choice))
            failures[number] = [score[0] for score in scores]
            draft.chosen[number] = min(scores)[-1]
    outcomes = list(evaluate(draft.values(), regime))
    for number, match in enumerate(draft.matches):
        cells = {(column.metric, column.applicant) for column in match.spec.columns}
        concerned = [outcome.holds for outcome in outcomes if not cells.isdisjoint(outcome.cells)]
        chosen = draft.options[number][draft.chosen[number]]
        decided = all(
            other.numbers == chosen.numbers or failed > failures[number][draft.chosen[number]]
            for other, failed in zip(draft.options[number], failures.get(number, [0]), strict=True)
        )
        draft.proved[number] = bool(concerned) and all(concerned) and decided


def _reading(form: Form, drafts: list[_Draft], rows: list[Row], open_end: int | None) -> TableReading:
    figures: list[Figure] = []
    placements: list[Placement] = []
    doubts: list[Doubt] = []
    missing: list[tuple[str, RowSpec]] = []
    used: set[int] = set()
    for draft in drafts:
        for match, options, choice, unit, proved in zip(
            draft.matches, draft.options, draft.chosen, draft.units, draft.proved, strict=True
        ):
            used.add(match.row)
            # A text that ends within a wide table is cut off, perhaps within this row.
            cut = match.row == open_end and len(match.spec.columns) >= TABLE_LIKE
            row_figures, doubt = _figures(match, options[choice], options, unit, proved, cut)
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
            doubts.append(Doubt("values_unplaced", match.printed, (match.spec.key,), evidence))
        there = {match.spec.key for match in (*draft.matches, *draft.unplaced)} | draft.replaced
        missing.extend(
            (draft.table.name, spec) for spec in draft.table.rows if spec.key not in there and not spec.variant
        )
    names = {draft.table.name for draft in drafts}
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
    match: Match, candidate: Candidate, options: list[Candidate], unit: str | None, proved: bool, cut: bool
) -> tuple[list[Figure], Doubt | None]:
    """The figures of one row with their confidence: a cell placed by force is sure only if the identities hold."""
    spec = match.spec
    rivals = [other for other in options if other.numbers != candidate.numbers]
    forced = cut or candidate.forced > 0 or bool(rivals) or (not match.likeness and bool(spec.labels))
    # A row with fewer cells than its heading has columns does not say which one is missing.
    confidence = 0.5 if candidate.gaps else 1.0 if not forced else 0.9 if proved else 0.5
    figures, unreadable = [], []
    for column, token, value in zip(spec.columns, candidate.tokens, candidate.values, strict=True):
        if token is None or value is None:
            continue
        number, printed = value.value, value.unit or unit
        if number is not None:
            number *= _TO_CATALOGUE.get((printed or "", metrics()[column.metric].unit), 1.0)
            number = round(number, 6)
        if value.status is Status.UNREADABLE:
            unreadable.append(token.evidence())
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
    if unreadable:
        detail = "、".join(evidence.quote for evidence in unreadable)
        return figures, Doubt("cell_unreadable", detail, (spec.key,), tuple(unreadable))
    if confidence < 0.8:
        return figures, Doubt(
            "placement_uncertain", match.printed, (spec.key,), (figures[0].evidence,) if figures else ()
        )
    return figures, None


def _unmapped(rows: list[Row], used: set[int]) -> list[UnmappedRow]:
    """Rows with numbers inside the statutory tables' blocks that no row of the form names."""
    blocks = {rows[index].block.index for index in used if rows[index].grid}
    found = []
    for index, row in enumerate(rows):
        if index in used or not row.grid or row.block.index not in blocks:
            continue
        if not any(read_cell(token.text).value is not None for token in row.values):
            continue
        label = "".join(row.printed_labels()[:1])
        values = tuple(token.text for token in row.values)
        found.append(UnmappedRow(label, values, row.values[0].evidence()))
    return found
