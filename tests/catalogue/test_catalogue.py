"""The catalogue's files are complete, agree with each other, and name their mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.catalogue.checks import checks
from gongkai.catalogue.derivations import derivations
from gongkai.catalogue.forms import forms
from gongkai.catalogue.identities import evaluate, identities
from gongkai.catalogue.metrics import APPLICANTS, metrics
from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError


def test_every_figure_of_a_form_stands_in_one_place_of_it() -> None:
    for form in forms().values():
        printed = {column.metric for table in form.tables for row in table.rows for column in row.columns}
        expected = {code for code, metric in metrics().items() if form.regime in metric.regimes}
        expected -= {code for code in expected if form.regime in metrics()[code].derived_in}
        assert expected <= printed
        assert all(form.regime in metrics()[code].regimes for code in printed)


def test_identities_name_checks() -> None:
    assert {identity.check for identity in identities()} <= set(checks())


def test_derived_sums_are_printed_in_no_table_of_their_form() -> None:
    for derivation in derivations():
        for regime in derivation.regimes:
            printed = {
                column.metric
                for table in forms()[regime].tables
                for row in table.rows
                if not row.variant
                for column in row.columns
            }
            assert derivation.total not in printed
            assert set(derivation.parts) <= printed


def test_a_column_balances_or_does_not() -> None:
    values = {("applications.new", "all"): 3.0, ("applications.carried_in", "all"): 1.0}
    values |= {("applications.closed", "all"): 4.0, ("applications.carried_out", "all"): 0.0}
    assert [outcome.holds for outcome in evaluate(values, "2021")] == [True]
    values["applications.carried_out", "all"] = 1.0
    assert [outcome.holds for outcome in evaluate(values, "2021")] == [False]
    del values["applications.carried_out", "all"]
    assert list(evaluate(values, "2021")) == []


def test_a_row_adds_up_over_the_applicants() -> None:
    values = dict.fromkeys((("applications.granted", applicant) for applicant in APPLICANTS), 1.0)
    outcomes = list(evaluate(values, "2021"))
    assert [(outcome.left, outcome.right, outcome.holds) for outcome in outcomes] == [(1.0, 6.0, False)]


@pytest.mark.parametrize(
    ("text", "message"),
    [("a,c\n1,2\n", "expected"), ("a,b\n1\n", "line 2"), ("a,b\n1,2,3\n", "line 2")],
)
def test_a_wrong_table_names_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=message) as caught:
        list(rows(path, ("a", "b")))
    assert "wrong.csv" in str(caught.value)
