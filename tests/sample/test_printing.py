"""Grids without holes, lines that fit, sentences and chance that keep their word, data files that are checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.catalogue.form_layout import Printer
from gongkai.catalogue.forms import forms
from gongkai.errors import CatalogueError
from gongkai.sample import activity, chance, names, pdf, sentences
from gongkai.sample.content import Grid
from gongkai.sample.sentences import Speaker, Statement

TEXTS = {
    (column.metric, column.applicant): "7"
    for form in forms().values()
    for table in form.tables
    for row in table.rows
    for column in row.columns
}


@pytest.mark.parametrize("regime", ["2019", "2021"])
@pytest.mark.parametrize("merge", [False, True])
def test_grids_cover_every_place_once(regime: str, merge: bool) -> None:
    printer = Printer(regime, TEXTS, {}, merge)
    parts = [grid for _, grid in printer.disclosure_parts()]
    for grid in (printer.disclosure(), printer.applications(), printer.review(), *parts):
        places = [
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        ]
        assert sorted(places) == [(row, column) for row in range(grid.rows) for column in range(len(grid.widths))]
        assert sum(grid.widths) == pytest.approx(1.0, abs=0.01)


def test_table_three_has_the_forms_rows() -> None:
    assert figures(Printer("2021", TEXTS, {}, False).applications()) == 25 * 7
    assert figures(Printer("2021", TEXTS, {}, True).applications()) == 23 * 7
    assert figures(Printer("2019", TEXTS, {}, False).applications()) == 23 * 7
    assert figures(Printer("2021", TEXTS, {}, False).review()) == 15


def figures(grid: Grid) -> int:
    return sum(cell.role == "figure" for cell in grid.cells)


@given(st.text("公开（）《》，。12345abc年件％ ", max_size=200), st.floats(40, 400))
@settings(max_examples=150, deadline=None)
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    pdf._register()
    lines = list(pdf._wrapped(text, 10.0, width))
    assert "".join(lines) == text


@given(st.integers(0, 300), st.dictionaries(st.text("abc", min_size=1), st.floats(0.1, 9), min_size=1))
def test_shares_add_up(total: int, weights: dict[str, float]) -> None:
    assert sum(chance.share(chance.stream(1, "t"), total, weights).values()) == total


@given(st.integers(0, 5000), st.floats(0, 1))
@settings(deadline=None)
def test_binomial_stays_in_its_bounds(trials: int, probability: float) -> None:
    assert 0 <= chance.binomial(chance.stream(1, "b"), trials, probability) <= trials


def speaker(**values: float) -> Speaker:
    given_values = {code.replace("__", "."): value for code, value in values.items()}
    words = {"we": "我局", "year": "2023"}
    return Speaker(given_values, {"hotline.cases": 50.0}, words, chance.stream(1, "s"))


def statement(text: str, **fields: object) -> Statement:
    raw = {"id": "t", "part": "response", "chance": 1.0, "texts": [text], **fields}
    return sentences._statement(raw)


def test_a_sentence_names_the_figures_that_stand_in_it() -> None:
    said = speaker(hotline__cases=60.0, hotline__satisfaction=98.5).say(
        statement("{we}{year}年办理热线{hotline.cases}件，{growth:hotline.cases}，上年{last:hotline.cases}件，满意率{hotline.satisfaction%}。")
    )  # fmt: skip
    assert said is not None
    assert said.text == "我局2023年办理热线60件，增长20.0%，上年50件，满意率98.5%。"
    assert [(figure.metric, figure.value) for figure in said.figures] == [
        ("hotline.cases", 60),
        ("hotline.satisfaction", 98.5),
    ]


def test_nothing_to_say_is_not_zero() -> None:
    missing = statement(
        "收到{applications.new}件", needs="applications.new", zero=["未收到"], zeroes=["applications.new"]
    )
    assert speaker().say(missing) is None
    said = speaker(applications__new=0.0).say(missing)
    assert said is not None
    assert (said.text, said.figures[0].value) == ("未收到", 0)


def test_rounded_figures_are_marked() -> None:
    rounded = {
        (figure.value, figure.approximate, said.text)
        for number in range(30)
        for said in [Speaker({"hotline.cases": 46_213.0}, None, {}, chance.stream(number, "r")).say(
            statement("{hotline.cases~}件"))]
        if said
        for figure in said.figures
    }  # fmt: skip
    assert rounded == {(46_213, False, "46213件"), (46_000, True, "4.6万余件")}


@pytest.mark.parametrize(
    ("module", "loader", "name", "text", "message"),
    [
        (names, "places", "places.csv", "level,name,slug\nprovince,云川,a\nplanet,火星,b\n", "line 3, level"),
        (names, "places", "places.csv", "level,name,slug\nprovince,云川,a\ncounty,云川,b\n", "line 3, name"),
        (names, "profiles", "departments.csv", "code\n", "columns"),
        (activity, "activities", "activity.csv", "metric\n", "columns"),
        (sentences, "statements", "statements.toml", "[[statement]]\nid = 'x'\n", "part"),
        (
            sentences,
            "statements",
            "statements.toml",
            "[[statement]]\nid = 'x'\npart = 'other'\nchance = 1\ntexts = ['{hotline.cakes}']\n",
            "hotline.cakes",
        ),
    ],
)
def test_a_mistake_in_the_data_is_named(
    module: object, loader: str, name: str, text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "DATA", tmp_path)
    with pytest.raises(CatalogueError, match=message):
        getattr(module, loader).__wrapped__()
