"""Imported figures: units converted, sources kept, wrong rows named, nothing stored then."""

from pathlib import Path

import pytest
from test_ingest import rows

from gongkai.paths import DATA
from gongkai.store.reader import reader
from gongkai.store.sheet import SheetError, import_figures
from gongkai.store.workspace import Workspace

HEADER = "agency,province,city,level,agency_type,year,metric,value,unit,approximate,url\n"
ROW = "淮安市人民政府,江苏省,淮安市,prefecture,government,2023,applications.new,749,件,false,https://a.gov.cn/1.html\n"


def _sheet(folder: Path, *lines: str) -> Path:
    path = folder / "figures.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def test_the_real_figures_come_in_whole(office: Workspace) -> None:
    done = import_figures(office, DATA / "real" / "figures.csv", "office", "测试")
    assert (done.reports, done.figures) == (557, 2366)
    overview = reader(office).run("store_overview", {})
    assert overview.agencies.tolist() == [503]
    assert overview.current_reports.tolist() == [557]
    assert rows(office, "SELECT count(*), count(url), count(row_no) FROM store.evidence") == [(2366, 2366, 2366)]
    stated = rows(office, "SELECT count(*) FROM store.fact WHERE basis = 'imported'")
    assert stated == [(2366,)]
    again = import_figures(office, DATA / "real" / "figures.csv", "office", "测试")
    assert (again.reports, again.unchanged) == (0, 557)


def test_units_scope_and_evidence(office: Workspace, tmp_path: Path) -> None:
    office_row = ROW.replace("人民政府,", "人民政府办公室,").replace("government", "office")
    path = _sheet(
        tmp_path,
        ROW,
        ROW.replace("applications.new,749,件", "fees.amount,12500,元"),
        office_row.replace("applications.new,749,件,false", "responses.press_conferences,18,场,true"),
    )
    import_figures(office, path, "office", "测试")
    facts = rows(office, "SELECT metric, value, scope, approximate, regime FROM store.fact ORDER BY metric")
    assert facts == [
        ("applications.new", 749.0, "whole", False, "2021"),
        ("fees.amount", 1.25, "whole", False, "2021"),
        ("responses.press_conferences", 18.0, "organ", True, "2021"),
    ]
    quotes = rows(office, "SELECT quote, row_no, url FROM store.evidence ORDER BY row_no")
    assert quotes[1] == ("12500元", 3, "https://a.gov.cn/1.html")


def test_a_mended_sheet_replaces_what_it_said(office: Workspace, tmp_path: Path) -> None:
    import_figures(office, _sheet(tmp_path, ROW), "office", "测试")
    done = import_figures(office, _sheet(tmp_path, ROW.replace("749", "750")), "office", "测试")
    assert (done.reports, done.unchanged) == (1, 0)
    assert rows(office, "SELECT value FROM store.fact") == [(750.0,)]
    assert rows(office, "SELECT count(*) FROM store.figure") == [(1,)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("749", "many"), "line 2, value: 'many' is no number"),
        (("749", "nan"), "line 2, value"),
        (("件", "个月"), "line 2, unit: '个月' is not in units.csv"),
        (("件", "人"), "line 2, unit: '人' cannot be turned into 件"),
        (("applications.new", "applications.newest"), "line 2, metric: 'applications.newest' is not in the catalogue"),
        (("2023", "23"), "line 2, year"),
        (("false", "perhaps"), "line 2, approximate"),
        (("prefecture", "city"), "line 2, level"),
        (("government", "palace"), "line 2, agency_type"),
        (("https://a.gov.cn/1.html", "javascript:alert(1)"), "line 2, url"),
        (("淮安市人民政府,", ","), "line 2, agency: is empty"),
    ],
)
def test_wrong_rows_are_named_and_nothing_is_imported(
    office: Workspace, tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    with pytest.raises(SheetError, match=says):
        import_figures(office, _sheet(tmp_path, ROW.replace(*change)), "office", "测试")
    assert not office.pointer.exists()


def test_contradictions_within_a_sheet_are_named(office: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"line 3, metric: applications.new stands already in line 2"):
        import_figures(office, _sheet(tmp_path, ROW, ROW.replace("749", "750")), "office", "测试")
    other = ROW.replace("prefecture", "county").replace("2023", "2022")
    with pytest.raises(SheetError, match="line 3, city, level or agency_type: differs from line 2"):
        import_figures(office, _sheet(tmp_path, ROW, other), "office", "测试")


def test_a_wrong_header_is_named(office: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("agency,colour\n", encoding="utf-8")
    with pytest.raises(SheetError, match=r"missing: province.*unknown: colour"):
        import_figures(office, path, "office", "测试")
    with pytest.raises(SheetError, match="holds no figures"):
        import_figures(office, _sheet(tmp_path), "office", "测试")
    with pytest.raises(SheetError, match="no such file"):
        import_figures(office, tmp_path / "b.csv", "office", "测试")
