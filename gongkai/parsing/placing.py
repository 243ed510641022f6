"""Which tables of each form stand in a document, and which of its rows are theirs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gongkai.catalogue.forms import Form, FormTable, forms
from gongkai.parsing.alignment import TABLE_LIKE, Match, align
from gongkai.parsing.columns import Headings
from gongkai.parsing.form_labels import is_label
from gongkai.parsing.labels import EXACT, bare
from gongkai.parsing.review_table import match_review
from gongkai.parsing.rows import Row

FEWEST_WIDE_ROWS = 2
"""So many rows of a table with many columns prove that it is there."""

MOST_ROWS = 5_000
"""Rows of the longest report, with several appendices."""

_ROWS_BESIDE = 4
"""Rows under a label that may belong to it."""

SHORT_LABEL = 4
"""With fewer characters a label (其他, 总计) may be a column's heading as well."""

LONG_LABEL = 8
"""Characters from which on a row's label alone proves it."""

Placed = list[tuple[FormTable, list[Match]]]


def placed(rows: list[Row], headings: Headings) -> list[tuple[Form, Placed]]:
    """Per form the rows of each of its tables, for the tables that are there."""
    found = []
    review: dict[tuple[str, ...], list[Match]] = {}
    for form in forms().values():
        tables = []
        for table in form.tables:
            if table.rows[0].labels:
                matches = align(rows, table.rows)
            else:
                # Two forms print the same table 4.
                key = tuple(column.metric for column in table.rows[0].columns)
                if key not in review:
                    review[key] = match_review(rows, headings, table)
                matches = review[key]
            if _credible(matches, table):
                tables.append((table, matches))
        found.append((form, tables))
    return found


def near_labels(rows: list[Row]) -> list[Row]:
    """The rows of a report; of a document far too long to be one, only those beside labels of the forms."""
    if len(rows) <= MOST_ROWS:
        return rows
    named = [any(is_label(token.text) for token in row.cells) for row in rows]
    return [row for number, row in enumerate(rows) if any(named[max(0, number - _ROWS_BESIDE) : number + 2])]


def _credible(matches: list[Match], table: FormTable) -> bool:
    """A table is there when enough of its rows are; of a wide one, very few with their own labels, if it is cut off.

    A label and one number may stand in any text; a label of the form before seven numbers stands in its table only.
    """
    found = len({match.spec.key for match in matches})
    wide = [
        label
        for match in matches
        if len(match.spec.columns) >= TABLE_LIKE and match.likeness >= EXACT
        if len(label := bare(match.printed)) >= SHORT_LABEL
    ]
    if len(wide) >= FEWEST_WIDE_ROWS or any(len(label) >= LONG_LABEL for label in wide):
        return True
    return found >= min(len(table.rows), 2 if table.name == "disclosure" else max(1, len(table.rows) // 3))


def own_headings(words: set[str], form: Form) -> int:
    """How many headings are printed that this form has and no other."""
    return len(words & _headings_of_one_form()[form.regime])


@cache
def _headings_of_one_form() -> Mapping[str, frozenset[str]]:
    """Per form the headings that no other has, without blanks and marks."""
    every = {
        form.regime: {
            bare(label)
            for table in form.tables
            for row in table.rows
            for column in row.columns
            for label in column.labels
        }
        for form in forms().values()
    }
    return {
        regime: frozenset(own.difference(*(others for other, others in every.items() if other != regime)))
        for regime, own in every.items()
    }
