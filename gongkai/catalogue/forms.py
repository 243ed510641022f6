"""The statutory forms (data/forms/*.toml): which rows and columns their tables print, and which figure stands where."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.catalogue.metrics import APPLICANTS, REGIMES, metrics
from gongkai.errors import CatalogueError
from gongkai.paths import DATA


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a row: the labels by which it is known (`block` labels above them, if any) and the figure in it."""

    labels: tuple[str, ...]
    metric: str
    applicant: str = "all"
    block: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row of a table. `labels[0]` is the form's own; none for table 4. `variant`: seen, not in the form."""

    labels: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    group: str = ""
    variant: bool = False

    @property
    def key(self) -> str:
        """What tells this row from the table's others: the metric of its first column."""
        return self.columns[0].metric


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of a form: disclosure, applications, review or annex."""

    name: str
    rows: tuple[RowSpec, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One national form, the statistical years it was made for, its sections (without numbers) and its tables."""

    regime: str
    years: range
    sections: tuple[str, ...]
    tables: tuple[FormTable, ...]

    def table(self, name: str) -> FormTable | None:
        """The table called `name`, or null where the form has none."""
        return next((table for table in self.tables if table.name == name), None)


@cache
def forms() -> dict[str, Form]:
    """All forms by regime, the newest first. Raise CatalogueError naming the file and the entry."""
    found = [_form(path) for path in sorted((DATA / "forms").glob("*.toml"), reverse=True)]
    if {form.regime for form in found} != REGIMES:
        raise CatalogueError(f"data/forms: one file for each of {sorted(REGIMES)} is needed")
    return {form.regime: form for form in found}


def _form(path: Path) -> Form:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        tables = tuple(_table(table, path) for table in raw["table"])
        form = Form(raw["regime"], range(raw["years"][0], raw["years"][1] + 1), tuple(raw["sections"]), tables)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, IndexError) as error:
        raise CatalogueError(f"forms/{path.name}: {error!r}") from error
    seen: set[tuple[str, str]] = set()
    for table in form.tables:
        for row in table.rows:
            for column in row.columns:
                place = (column.metric, column.applicant)
                if column.metric not in metrics() or column.applicant not in APPLICANTS:
                    raise CatalogueError(f"forms/{path.name}: {place} is not in the catalogue")
                if place in seen:
                    raise CatalogueError(f"forms/{path.name}: {place} stands twice")
                seen.add(place)
                regimes = metrics()[column.metric].regimes
                if form.regime not in regimes:
                    raise CatalogueError(f"forms/{path.name}: metrics.csv does not give {column.metric} this form")
    return form


def _table(raw: dict[str, Any], path: Path) -> FormTable:
    name, shared = raw["name"], raw.get("columns", [])
    if "blocks" in raw:
        columns = tuple(
            ColumnSpec(tuple(column["labels"]), f"{block['metric']}.{column['metric']}", block=tuple(block["labels"]))
            for block in raw["blocks"]
            for column in shared
        )
        return FormTable(name, (RowSpec((), columns),))
    rows = []
    for row in raw["row"]:
        labels = tuple(row["labels"])
        if not labels:
            raise CatalogueError(f"forms/{path.name}: a row of {name} has no label")
        columns = tuple(
            ColumnSpec(tuple(c["labels"]), c.get("metric") or row["metric"], c.get("applicant", "all"))
            for c in row.get("columns", shared)
        )
        rows.append(RowSpec(labels, columns, row.get("group", ""), row.get("variant", False)))
    return FormTable(name, tuple(rows))
