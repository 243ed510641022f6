"""The test bed: the same bytes for the same seed, sound grids, all traits and mistakes, files that hold their truth."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from sample_reading import decoded, docx_tables, html_tables

from gongkai.catalogue.metrics import metrics
from gongkai.errors import UnusableInput
from gongkai.sample import Summary
from gongkai.sample.compose import compose
from gongkai.sample.content import Content, Grid
from gongkai.sample.older import kinds, write_older
from gongkai.sample.plan import plan
from gongkai.sample.province import Shape, build_province
from gongkai.sample.testbed.effects import Effects
from gongkai.sample.testbed.layout import LAYOUTS, lay_out
from gongkai.sample.testbed.settings import FORMATS, KINDS, choose_traits, traits
from gongkai.sample.testbed.wrappers import write_mht, write_rtf
from gongkai.sample.testbed.write import write_testbed
from gongkai.sample.text import write_markdown, write_text

FILES = 200
Record = dict[str, Any]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    folder = tmp_path_factory.mktemp("testbed") / "bed"
    return folder, write_testbed(folder, FILES)


@pytest.fixture(scope="module")
def truth(written: tuple[Path, Summary]) -> list[Record]:
    return [json.loads(line) for line in (written[0] / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def content() -> Content:
    """A report with every table, of a unit with large figures and many zeros."""
    (drafts,) = plan(build_province(Shape(cities=1), 1), range(2022, 2023), 1)
    draft = next(draft for draft in drafts if draft.unit.kind == "department" and not draft.mistakes)
    return compose(draft, (), 1).content


def grids(content: Content) -> list[Grid]:
    return [part for part in content.parts if isinstance(part, Grid)]


def digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        write_testbed(tmp_path / name, 40, seed)
    assert digest(tmp_path / "one") == digest(tmp_path / "two") != digest(tmp_path / "three")
    with pytest.raises(UnusableInput):
        write_testbed(tmp_path / "one", 1)


def test_every_format_and_kind_is_there(written: tuple[Path, Summary], truth: list[Record]) -> None:
    folder, summary = written
    assert set(summary.formats) == {*FORMATS, "zip"}
    assert sum(summary.formats.values()) == FILES == len({record["file"] for record in truth})
    assert {record["form"] for record in truth} == set(KINDS)
    assert all((folder / record["file"]).is_file() for record in truth)
    assert any(record.get("of") for record in truth)
    for record in truth:
        if record.get("member"):
            assert record["member"] in zipfile.ZipFile(folder / record["file"]).namelist()


def test_the_truth_names_known_metrics_and_marks(truth: list[Record]) -> None:
    known = {trait.id for trait in traits()} | {"repost"}
    for record in truth:
        assert set(record["traits"]) <= known
        assert {figure[0] for figure in record["figures"]} <= set(metrics())
        tables = [tuple(f[:2]) for f in record["figures"] if f[3] == "table" and len(f) == 5]
        assert len(tables) == len(set(tables)), record["file"]
        assert (record["regime"] is None) == (not any(figure[3] == "table" for figure in record["figures"]))


def test_every_trait_that_changes_a_grid_is_in_the_file_and_the_other_way_round() -> None:
    ids = [trait.id for trait in traits()]
    assert set(LAYOUTS) <= set(ids)
    assert [name for name in ids if name in LAYOUTS][:3] == ["labels_one_column", "labels_with_group", "labels_bare"]


def test_traits_are_drawn_by_lot_within_their_limits() -> None:
    drawn: Counter[str] = Counter()
    by_id = {trait.id: trait for trait in traits()}
    for number in range(4000):
        form = FORMATS[number % len(FORMATS)]
        chosen = choose_traits(form, "2021", Random(number))
        drawn.update(chosen)
        for name in chosen:
            trait = by_id[name]
            assert trait.fits(form, "2021"), (name, form)
            assert not trait.excludes & chosen
    fitting = {trait.id for trait in traits() if not trait.regimes or "2021" in trait.regimes}
    assert set(drawn) == fitting


@pytest.mark.parametrize("trait", sorted(LAYOUTS))
def test_a_layout_leaves_a_sound_grid_and_every_figure_that_it_does_not_name(trait: str, content: Content) -> None:
    for seed in range(5):
        for grid in grids(content):
            effects = Effects(Random(seed))
            (laid, *_) = lay_out([grid], frozenset({trait}), effects)
            assert isinstance(laid, Grid)
            places = [
                (row, column)
                for cell in laid.cells
                for row in range(cell.row, cell.row + cell.rowspan)
                for column in range(cell.column, cell.column + cell.colspan)
            ]
            assert len(places) == len(set(places)) == laid.rows * len(laid.widths), grid.name
            before = {cell.key for cell in grid.cells if cell.key}
            after = {cell.key for cell in laid.cells if cell.key}
            joined = 1 if trait == "values_together" and grid.name == "review" else 0
            assert len(after) == len(before - effects.gone) - joined
            assert {cell.key for cell in laid.cells if cell.key and cell.text in ("", "/")} <= effects.empty


def test_cells_that_cannot_be_known_are_named(content: Content) -> None:
    for seed in range(20):
        effects = Effects(Random(seed))
        lay_out(list(content.parts), frozenset({"label_and_row_gone"}), effects)
        if effects.done:
            rows = {metric for metric, _ in effects.unknowable}
            assert len(rows) == 2
            assert len({metric.rsplit(".", 1)[0] for metric in rows}) == 1
            assert effects.gone < effects.unknowable
            return
    pytest.fail("no row of zeros beside another was found")


@pytest.mark.parametrize("id", sorted(kinds()))
def test_older_reports_state_what_their_truth_says(id: str) -> None:
    for number, unit in enumerate(build_province(Shape(cities=1), 1)[:12]):
        older = write_older(id, unit, number, 1, codes=number % 2 == 0, twice=number % 3 == 0)
        text = "".join(part.text for part in older.content.parts if not isinstance(part, Grid))
        for stated in older.stated:
            plain = f"{stated.value:g}" in text or f"{int(stated.value)}" in text
            assert plain or stated.approximate or stated.metric == "applications.fees_charged" or not stated.value
        printed = [cell.text for grid in grids(older.content) for cell in grid.cells if cell.key]
        assert len(printed) == sum(len(table) for _, table in older.tables)
        assert bool(older.tables) == (id == "annex")
        for _, table in older.tables:
            channels = [value for (metric, _), value in table.items() if metric.startswith("applications.channel.")]
            assert table["applications.new", "all"] == sum(channels)


def test_files_hold_the_figures_of_their_truth(written: tuple[Path, Summary], truth: list[Record]) -> None:
    plain = {"digits_apart", "full_width", "thousands", "units_in_cells", "values_together", "div_tables", "tracked"}
    read: Counter[str] = Counter()
    for record in truth:
        if record.get("member") or record.get("of") or not record["regime"] or plain & set(record["traits"]):
            continue
        data = (written[0] / record["file"]).read_bytes()
        if record["format"] == "docx" and "table_in_table" not in record["traits"]:
            cells = {text for table in docx_tables(data) for row in table for text in row}
        elif record["format"] == "html" and not {"odd_spans", "utf16", "gbk"} & set(record["traits"]):
            cells = {text for table in html_tables(data) for row in table for text in row}
        elif record["format"] == "xlsx":
            book = openpyxl.load_workbook(BytesIO(data))
            cells = {str(value) for sheet in book for row in sheet.values for value in row}
        else:
            continue
        read[record["format"]] += 1
        values = {str(f[2]) for f in record["figures"] if f[3] == "table" and isinstance(f[2], int)}
        assert values <= cells, record["file"]
    assert min(read[form] for form in ("docx", "html", "xlsx")) >= 2


def test_text_layouts_keep_every_cell(content: Content) -> None:
    texts = [cell.text for grid in grids(content) for cell in grid.cells if cell.text]
    for trait in ("bars", "aligned", "cell_a_line", "cells_dropped"):
        data = decoded(write_text(replace(content, traits=frozenset({trait}), look=1)))
        assert all(text in data for text in texts), trait
    assert write_text(replace(content, traits=frozenset({"utf16"}))).startswith((b"\xff\xfe", b"\xfe\xff"))
    markdown = write_markdown(content).decode("utf-8")
    assert markdown.startswith("# ")
    assert "| --- |" in markdown


def test_wrapped_formats_hold_the_report(content: Content) -> None:
    rich = write_rtf(content)
    assert rich.startswith(b"{\\rtf1")
    assert rich.count(b"{") == rich.count(b"}")
    assert rich.count(b"\\row") == sum(grid.rows for grid in grids(content))
    page = write_mht(content)
    assert b"\r\n\r\n" in page
    assert b"multipart/related" in page.splitlines()[3]
