"""The cells of the statutory forms, and which of them mean the same in another form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.breaks import all_breaks
from gongkai.catalogue.forms import forms
from gongkai.catalogue.metrics import metrics


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form that holds a figure: in which table, and its place in the form's own order."""

    table: str
    metric: str
    applicant: str
    position: int


def regime_of(year: int) -> str | None:
    """The form made for the reports on `year`; null before there was one."""
    return next((form.regime for form in forms().values() if year in form.years), None)


@cache
def form_cells(regime: str) -> tuple[FormCell, ...]:
    """The cells of a form in its order. Rows that are seen but are not in the form are left out."""
    places = (
        (table.name, column.metric, column.applicant)
        for table in forms()[regime].tables
        for row in table.rows
        if not row.variant
        for column in row.columns
    )
    return tuple(FormCell(*place, position) for position, place in enumerate(places))


def same_in(regime: str, other: str) -> Iterator[str]:
    """The metrics that both forms print and count alike: no break of data/breaks.csv cuts them between the two."""
    first, last = sorted(forms()[each].years.start for each in (regime, other))
    between = [each for each in all_breaks() if each.cuts and first < each.year <= last]
    for code, metric in metrics().items():
        if {regime, other} <= metric.regimes and not any(each.concerns(code) for each in between):
            yield code
