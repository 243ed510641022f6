"""Other offices' ledgers: taken in whole or not at all, replaced and taken back, held against the reports of the same
unit, year and scope."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from invented_ledgers import FORCE, ISSUED, REPEALED, made, plain, sheet

from gongkai.cli import main
from gongkai.store.checking import check
from gongkai.store.ledger_book import Ledger, LedgerBook, LedgerError, LedgerFigure
from gongkai.store.ledger_export import export_ledger
from gongkai.store.ledger_file import import_ledger
from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace, open_workspace


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return made(tmp_path_factory.mktemp("ledgers"))


@pytest.fixture
def registered(built: Workspace, tmp_path: Path) -> Workspace:
    """A copy of it, to be written to."""
    shutil.copytree(built.folder, tmp_path / "office")
    return open_workspace(tmp_path / "office")


def take(workspace: Workspace, file: Path, kind: str = "normative_documents", year: int = 2023) -> Any:
    return import_ledger(workspace, file, kind, year, "office", "张三")[1]


def stands(workspace: Workspace) -> dict[tuple[str, str], float]:
    rows = reader(workspace).cursor().execute("SELECT agency_id, metric, value FROM ledger_figure").fetchall()
    return {(agency, metric): value for agency, metric, value in rows}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["单位", "备注"], ["淮安市数据局", "甲"]], "no column of figures is known"),
        ([["科室", "制发"], ["淮安市数据局", 1]], "no column of units"),
        ([["单位", "制发", "制发件数"], ["淮安市数据局", 1, 1]], f"two columns give {ISSUED}"),
        ([["单位", "制发"], ["淮安市数据局", None]], "holds no figures"),
        ([["单位", "制发"], ["淮安市数据局", 1.5]], "line 2, 制发: '1.5' is no count"),
        ([["单位", "制发"], ["淮安市数据局", "无"]], "line 2, 制发: '无' is no count"),
        ([["单位", "制发"], [None, 7]], "line 2, 单位: is empty beside figures"),
        ([["单位", "口径", "制发"], ["淮安市数据局", "全部", 1]], "line 2, 口径: '全部' is neither"),
        ([["单位", "年度", "制发"], ["淮安市数据局", "去年", 1]], "line 2, 年度: '去年' is no year"),
        ([["单位", "年度", "制发"], ["淮安市数据局", 2022, 1]], "holds no figures of 2023"),
        ([["单位", "制发"], ["淮安市数据局", 1], ["淮安市数据局", 2]], "line 3, 单位: 淮安市数据局 stands in line 2"),
        ([["单位", "制发"], ["淮安市农业农材局", 1]], "农材局 is no unit's name; perhaps 淮安市农业农村局"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_taken_in(
    registered: Workspace, tmp_path: Path, rows: list[list[object]], told: str
) -> None:
    good = [*rows, ["淮安市人民政府", *[9] * (len(rows[0]) - 1)]] if "line" in told and "口径" not in told else rows
    with pytest.raises(LedgerError, match=r"ledger\.xlsx") as raised:
        take(registered, sheet(tmp_path, good))
    assert told in str(raised.value)
    assert stands(registered) == {}


def test_a_corrected_ledger_replaces_the_earlier_one_until_it_is_taken_back(
    registered: Workspace, tmp_path: Path
) -> None:
    first = take(registered, plain(tmp_path, ["淮安市农业农村局", 3, 0, 9], ["淮安市数据局", 1]))
    assert len(first.added) == 4
    second = take(registered, plain(tmp_path, ["淮安市农业农村局", 4, 0, None], name="更正.xlsx"))
    assert [(before.value, after.value) for before, after in second.changed] == [(3, 4)]
    assert sorted((one.agency_id, one.metric) for one in second.removed) == [("d", ISSUED), ("f", FORCE)]
    assert second.same == 1
    assert stands(registered) == {("f", ISSUED): 4, ("f", REPEALED): 0}
    # Other columns stand beside it; another year is another ledger.
    take(registered, sheet(tmp_path, [["单位", "规章制定数"], ["淮安市数据局", 2]], "规章.xlsx"))
    take(registered, plain(tmp_path, ["淮安市数据局", 7]), year=2022)
    assert stands(registered)["f", ISSUED] == 4
    book = LedgerBook(registered)
    assert [(one.file, one.figures, one.standing) for one in book.imports("office")] == [
        ("ledger.xlsx", 4, 0), ("更正.xlsx", 2, 2), ("规章.xlsx", 1, 1), ("ledger.xlsx", 1, 1)
    ]  # fmt: skip
    again = book.imports("office")[1].batch
    book.undo("office", again, "李四", "误导入")
    assert stands(registered)["f", ISSUED] == 3
    assert stands(registered)["f", FORCE] == 9
    with pytest.raises(LedgerError, match="already"):
        book.undo("office", again, "李四", "误导入")
    with pytest.raises(LedgerError, match="no import"):
        book.undo("office", "nobody", "李四", "误导入")


def test_what_stands_is_not_entered_again(registered: Workspace, tmp_path: Path) -> None:
    file = plain(tmp_path, ["淮安市农业农村局", 3])
    take(registered, file)
    assert take(registered, file).empty
    assert len(LedgerBook(registered).imports("office")) == 1


@pytest.mark.parametrize(
    ("ledger", "told"),
    [
        (Ledger("stamps", 2023, "a.xlsx", (ISSUED,), ()), "kind"),
        (Ledger("review", 2023, "a.xlsx", (ISSUED,), ()), "metric"),
        (Ledger("normative_documents", 1900, "a.xlsx", (ISSUED,), ()), "year"),
        (
            Ledger("normative_documents", 2023, "a", (ISSUED,), (LedgerFigure("f", "甲", ISSUED, None, -1, 2),)),
            "no count",
        ),
    ],
)
def test_what_cannot_be_is_refused(built: Workspace, ledger: Ledger, told: str) -> None:
    with pytest.raises(LedgerError, match=told):
        LedgerBook(built).take_in("office", ledger, "张三", "试")


def found(workspace: Workspace) -> list[tuple[str, str, str | None, str | None, bool]]:
    check(workspace, "office")
    question = (
        "SELECT agency_id, metrics[1], expected, found, doubtful FROM found "
        "WHERE check_code = 'differs_from_ledger' ORDER BY ALL"
    )
    rows = reader(workspace).cursor().execute(question)
    return [(str(row[0]), str(row[1]), row[2], row[3], bool(row[4])) for row in rows.fetchall()]


def test_reports_are_held_against_the_ledger_of_their_unit_and_scope(registered: Workspace, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["单位", "口径", "制发", "废止", "现行有效"],
        ["淮安市农业农村局", None, 3, 0, 9],  # agrees; differs; the report gives no number
        ["淮安市国防动员办公室", None, 1],  # differs, but the reading is in doubt
        ["淮安市人民政府", "汇总", 21],
        ["淮安市人民政府", "本级", 6],
        ["淮安市数据局", None, 1],  # no report
    ]
    take(registered, sheet(tmp_path, rows))
    told = reader(registered).run("ledger_rows", {"collection": "office"}).to_dict("records")
    assert {(row["agency_id"], row["metric"], row["scope"]): row["state"] for row in told} == {
        ("f", ISSUED, "organ"): "agrees",
        ("f", REPEALED, "organ"): "differs",
        ("f", FORCE, "organ"): "no_figure",
        ("o", ISSUED, "organ"): "differs",
        ("g", ISSUED, "whole"): "differs",
        ("g", ISSUED, "organ"): "other_scope",
        ("d", ISSUED, "organ"): "no_report",
    }
    assert found(registered) == [
        ("f", REPEALED, "0", "1", False),
        ("g", ISSUED, "21", "20", False),
        ("o", ISSUED, "1", "2", True),
    ]


def test_a_line_without_a_scope_counts_what_the_unit_usually_reports_on(registered: Workspace, tmp_path: Path) -> None:
    take(registered, plain(tmp_path, ["淮安市人民政府", 20], ["淮安市农业农村局", 3]))
    told = reader(registered).run("ledger_rows", {"collection": "office"})
    assert dict(zip(told["agency_id"], told["scope"], strict=True)) == {"g": "whole", "f": "organ"}
    assert set(told["state"]) == {"agrees"}


def test_a_finding_shows_both_sides_keeps_its_key_and_goes_with_its_ledger(
    registered: Workspace, tmp_path: Path
) -> None:
    take(registered, plain(tmp_path, ["淮安市农业农村局", 4]))

    def state() -> dict[str, Any]:
        return dict(reader(registered).run("checks_state", {"collection": "office"}).iloc[0])

    def row() -> tuple[Any, ...]:
        (told,) = reader(registered).cursor().execute(FOUND).fetchall()
        return tuple(told)

    check(registered, "office")
    assert state()["fresh"]
    key, detail, severity, digest = row()
    assert json.loads(detail) == {"ledger": "normative_documents", "file": "ledger.xlsx", "row": "2"}
    assert severity == "warning"
    asked = {"collection": "office", "first_year": 2023, "last_year": 2023, "finding_keys": [key]}
    cells = reader(registered).run("finding_cells", asked).to_dict("records")
    assert [(cell["side"], cell["value"]) for cell in cells] == [("this", 3), ("ledger", 4)]
    assert cells[0]["figure_id"]
    take(registered, plain(tmp_path, ["淮安市数据局", 1], ["淮安市农业农村局", 5], name="更正.xlsx"))
    assert (state()["new_ledgers"], state()["fresh"]) == (True, False)
    check(registered, "office")
    assert row()[0] == key
    assert row()[3] != digest
    for one in LedgerBook(registered).imports("office"):
        LedgerBook(registered).undo("office", one.batch, "张三", "误导入")
    assert not state()["fresh"]
    assert found(registered) == []
    assert state()["fresh"]


FOUND = (
    "SELECT finding_key, detail, severity, figures_digest FROM found WHERE check_code = 'differs_from_ledger' "
    "AND agency_id = 'f'"
)


def test_a_sheet_that_is_written_out_is_taken_in_again(registered: Workspace, tmp_path: Path) -> None:
    rows = [["单位", "口径", "制发", "废止"], ["淮安市人民政府", "本级", 6, None], ["淮安市人民政府", "汇总", 20, 1]]
    take(registered, sheet(tmp_path, rows))
    out = tmp_path / "out.xlsx"
    assert export_ledger(registered, out, "normative_documents", 2023, "office") == 3
    assert take(registered, out).empty
    with pytest.raises(LedgerError, match="nothing stands"):
        export_ledger(registered, out, "review", 2023, "office")
    with pytest.raises(LedgerError, match="xlsx"):
        export_ledger(registered, tmp_path / "out.csv", "normative_documents", 2023, "office")


def test_the_commands(registered: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--data", str(registered.folder)]
    asked = ["--kind", "normative_documents", "--year", "2023"]
    file = plain(tmp_path, ["淮安市农业农村局", 3], ["合计", 3])
    assert main([*at, "ledgers", "import", str(file), *asked, "--actor", "张三"]) == 0
    assert "1 figures of 1 units\n1 new" in capsys.readouterr().out
    file = plain(tmp_path, ["淮安市农业农村局", 4])
    assert main([*at, "ledgers", "import", str(file), *asked]) == 0
    assert f"line 2, 淮安市农业农村局, {ISSUED}: 3 → 4" in capsys.readouterr().out
    assert main([*at, "ledgers", "export", str(tmp_path / "out.xlsx"), *asked]) == 0
    assert main(["ledgers", "template", "review", str(tmp_path / "empty.xlsx")]) == 0
    assert main(["ledgers", "template", "stamps", str(tmp_path / "empty.xlsx")]) == 2
    assert main([*at, "ledgers", "import", str(plain(tmp_path, ["某局", 4])), *asked]) == 2
    assert "line 2: 某局 is no unit's name" in capsys.readouterr().err
