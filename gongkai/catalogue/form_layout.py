"""The statutory tables as the official annexes lay them out: spans, section rows, headings of two and three levels.

The labels are those of data/forms; only the layout is added here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from gongkai.catalogue.forms import ColumnSpec, RowSpec, forms
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

Key = tuple[str, str]
"""A metric and an applicant."""

ARTICLE_ITEMS = {
    "rules": "一", "normative_documents": "一", "licensing": "五", "other_services": "五", "penalties": "六",
    "coercion": "六", "fees": "八", "procurement": "九",
}  # fmt: skip
"""The item of article 20 under which table 2 prints a row, by the first word of its metric."""
_IDENTITY = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_RESULTS = "三、本年度办理结果"
_ORGANISATIONS = "法人或其他组织"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A printed cell at its upper left grid position.

    `role` is title, head, label, tall (a label written downwards) or figure; `key` says which figure a cell holds. A
    line break in `text` is printed.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    role: str = "figure"
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table; `widths` are the columns' shares of the text's width, `heads` the rows of its heading.

    `name` is the form's table: disclosure, applications, review or annex.
    """

    cells: tuple[GridCell, ...]
    widths: tuple[float, ...]
    rows: int
    heads: int = 0
    name: str = ""

    def by_row(self) -> list[list[GridCell]]:
        """The cells that begin in each row, from left to right."""
        found: list[list[GridCell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            found[cell.row].append(cell)
        return found


class Printer:
    """Prints cells: `texts` holds the text of every figure, `labels` what a unit prints instead of a form's label.

    `merge_other`: 其他处理 in one row where the form has three. `only` leaves out rows of units that never use them.
    """

    def __init__(self, regime: str, texts: Mapping[Key, str], labels: Mapping[str, str], merge_other: bool) -> None:
        self.form = forms()[regime]
        self.texts, self.labels, self.merge_other = texts, labels, merge_other

    def disclosure(self) -> Grid:
        """Table 2 as one table, its parts under rows that name the item of article 20."""
        cells: list[GridCell] = []
        row = 0
        for item, members in self._items():
            cells.append(GridCell(row, 0, f"第二十条第（{item}）项", colspan=4, role="title"))
            row = self._item(cells, row + 1, members)
        return Grid(tuple(cells), (0.34, 0.22, 0.22, 0.22), row, name="disclosure")

    def disclosure_parts(self) -> list[tuple[str, Grid]]:
        """Table 2 as one small table for each item of article 20, with the item's name to stand above it."""
        parts = []
        for item, members in self._items():
            cells: list[GridCell] = []
            rows = self._item(cells, 0, members)
            grid = Grid(tuple(cells), (0.34, 0.22, 0.22, 0.22), rows, heads=1, name="disclosure")
            parts.append((f"第二十条第（{item}）项", grid))
        return parts

    def _items(self) -> list[tuple[str, list[RowSpec]]]:
        rows = self._rows("disclosure")
        return [(item, list(group)) for item, group in groupby(rows, lambda row: ARTICLE_ITEMS[row.key.split(".")[0]])]

    def _item(self, cells: list[GridCell], row: int, members: list[RowSpec]) -> int:
        """Add the heading and the rows of one item; return the number of the next row."""
        spans = _spread(len(members[0].columns), 3)
        cells.append(GridCell(row, 0, "信息内容", role="head"))
        column = 1
        for place, span in zip(members[0].columns, spans, strict=True):
            cells.append(GridCell(row, column, self._label(place.labels[0]), 1, span, "head"))
            column += span
        for spec in members:
            row += 1
            cells.append(GridCell(row, 0, self._label(spec.labels[0]), role="label"))
            column = 1
            for place, span in zip(spec.columns, spans, strict=True):
                cells.append(self._figure(row, column, place, span))
                column += span
        return row + 1

    def applications(self) -> Grid:
        """Table 3: three columns of labels, seven of figures."""
        rows = self._rows("applications")
        cells = [
            GridCell(0, 0, _IDENTITY, 3, 3, "label"),
            GridCell(0, 3, "申请人情况", 1, 7, "head"),
            GridCell(1, 4, _ORGANISATIONS, 1, 5, "head"),
        ]
        for number, column in enumerate(rows[0].columns):
            single = column.applicant in ("natural_person", "all")
            cells.append(
                GridCell(1 if single else 2, 3 + number, self._label(column.labels[0]), 2 if single else 1, role="head")
            )
        first = next(n for n, spec in enumerate(rows) if spec.labels[0].startswith("（"))
        last = len(rows) - 2
        cells.append(GridCell(3 + first, 0, _RESULTS, last - first + 1, 1, "tall"))
        groups = [spec.group for spec in rows]
        for number, spec in enumerate(rows):
            row, label = number + 3, self._label(spec.labels[0])
            if not first <= number <= last:
                cells.append(GridCell(row, 0, label, 1, 3, "label"))
            elif not spec.group:
                cells.append(GridCell(row, 1, label, 1, 2, "label"))
            else:
                if groups[number - 1] != spec.group:
                    cells.append(GridCell(row, 1, self._label(spec.group), groups.count(spec.group), 1, "label"))
                cells.append(GridCell(row, 2, label, role="label"))
            cells += [self._figure(row, 3 + place, column) for place, column in enumerate(spec.columns)]
        widths = (0.06, 0.12, 0.29, *(0.075,) * 6, 0.08)
        return Grid(tuple(cells), widths, len(rows) + 3, heads=3, name="applications")

    def review(self) -> Grid:
        """Table 4: one row of fifteen figures under headings of three levels."""
        columns = self._rows("review")[0].columns
        cells = [GridCell(0, 0, columns[0].block[0], 1, 5, "head"), GridCell(0, 5, "行政诉讼", 1, 10, "head")]
        for number, column in enumerate(columns):
            block, below = divmod(number, 5)
            if block and not below:
                cells.append(GridCell(1, number, column.block[0], 1, 5, "head"))
            cells.append(
                GridCell(2 if block else 1, number, self._label(column.labels[0]), 1 if block else 2, role="head")
            )
            cells.append(self._figure(3, number, column))
        return Grid(tuple(cells), (1 / 15,) * 15, 4, heads=3, name="review")

    def _rows(self, name: str) -> list[RowSpec]:
        table = self.form.table(name)
        if table is None:
            raise ValueError(f"the form of {self.form.regime} has no table {name}")
        if name != "applications":
            return [row for row in table.rows if not row.variant]
        has_single = any(row.key == "applications.other" and not row.variant for row in table.rows)
        single = self.merge_other or has_single
        return [
            row
            for row in table.rows
            if (row.key == "applications.other" and single)
            or (row.key.startswith("applications.other.") and not single)
            or not (row.variant or row.key.startswith("applications.other"))
        ]

    def _label(self, label: str) -> str:
        return self.labels.get(label, label)

    def _figure(self, row: int, column: int, spec: ColumnSpec, span: int = 1) -> GridCell:
        key = (spec.metric, spec.applicant)
        return GridCell(row, column, self.texts[key], 1, span, key=key)


def _spread(count: int, columns: int) -> list[int]:
    """Spans of `count` cells over `columns` columns, the last ones wider."""
    return [columns // count + (1 if n >= count - columns % count else 0) for n in range(count)]


@cache
def _sections() -> dict[str, list[str]]:
    """The annex's rows without figures, by the metric of the row that follows them."""
    path, found = DATA / "forms" / "annex_sections.csv", dict[str, list[str]]()
    known = frozenset(column.metric for row in _annex_rows() for column in row.columns)
    for line, row in rows(path, ("before", "printed")):
        metric = choice(path, line, "before", row["before"], known)
        if not row["printed"]:
            raise CatalogueError(f"forms/{path.name}, line {line}, printed: is empty")
        found.setdefault(metric, []).append(row["printed"])
    return found


def annex(texts: Mapping[Key, str], codes: bool) -> Grid:
    """The annex of 2014: a label, a unit and a value a row; `codes` adds a column of row numbers."""
    cells = [GridCell(0, 0, "统 计 指 标", role="head"), GridCell(0, 1, "单位", role="head")]
    if codes:
        cells.append(GridCell(0, 2, "代码", role="head"))
    value = 3 if codes else 2
    cells.append(GridCell(0, value, "统计数", role="head"))
    row = 1
    for number, spec in enumerate(_annex_rows(), start=1):
        metric = spec.columns[0].metric
        for text in _sections().get(metric, ()):
            cells.append(GridCell(row, 0, text, role="label"))
            cells += [GridCell(row, column, "——" if column == 1 else "") for column in range(1, value + 1)]
            row += 1
        cells.append(GridCell(row, 0, spec.labels[0], role="label"))
        cells.append(GridCell(row, 1, metrics()[metric].unit, role="head"))
        if codes:
            cells.append(GridCell(row, 2, f"{number:02d}", role="head"))
        cells.append(GridCell(row, value, texts[metric, "all"], key=(metric, "all")))
        row += 1
    widths = (0.62, 0.12, 0.1, 0.16) if codes else (0.66, 0.14, 0.2)
    return Grid(tuple(cells), widths, row, heads=1, name="annex")


def _annex_rows() -> tuple[RowSpec, ...]:
    table = forms()["2014"].table("annex")
    return table.rows if table else ()


class _Blank(dict[Key, str]):
    """No text for any figure: what fills a layout writes its own."""

    def __missing__(self, key: Key) -> str:
        return ""


SECTION_OF = {"disclosure": 1, "applications": 2, "review": 3}
"""The place of each table's section among those of its form."""
_NUMERALS = "一二三四五六"


@cache
def official_tables(regime: str) -> tuple[tuple[str, Grid], ...]:
    """The tables of a form as its annex prints them, with empty figures, each under its heading."""
    if regime == "2014":
        return (("政府信息公开情况统计表", annex(_Blank(), codes=False)),)
    printer, sections = Printer(regime, _Blank(), {}, merge_other=False), forms()[regime].sections
    return tuple(
        (f"{_NUMERALS[SECTION_OF[grid.name]]}、{sections[SECTION_OF[grid.name]]}", grid)
        for grid in (printer.disclosure(), printer.applications(), printer.review())
    )


@cache
def cell_labels(regime: str) -> dict[Key, tuple[str, str, str]]:
    """How the form itself names each figure: the heading of its table, its row (behind its group), its column."""
    found: dict[Key, tuple[str, str, str]] = {}
    titles = {grid.name: title for title, grid in official_tables(regime)}
    for table in forms()[regime].tables:
        for row in table.rows:
            for column in row.columns if not row.variant else ():
                block = column.block[0] if column.block else ""
                label = f"{row.group} {row.labels[0]}".strip() if row.labels else block
                found[column.metric, column.applicant] = (titles[table.name], label, column.labels[0])
    return found
