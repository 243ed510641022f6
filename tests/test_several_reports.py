"""A file that holds several reports, from the file to what `parse --json` prints and to the store."""

from __future__ import annotations

from pathlib import Path

from gongkai.reading import PARSER_VERSION, read
from gongkai.report_json import to_json
from gongkai.store.generations import attach, current
from gongkai.store.ingest import Reader, ingest
from gongkai.store.workspace import create

UNITS = ("滑县司法局", "滑县民政局", "滑县留固镇人民政府")


def collection(folder: Path) -> Path:
    """A text of three reports behind a cover and contents."""
    lines = ["滑县各部门2022年度报告汇编", "目录", *(f"{unit}2022年政府信息公开工作年度报告……1" for unit in UNITS)]
    for number, unit in enumerate(UNITS, start=1):
        lines += [
            f"{unit}2022年政府信息公开工作年度报告",
            f"根据《中华人民共和国政府信息公开条例》要求，编制本报告。如有疑问请与{unit}办公室联系。",
            "一、总体情况",
            f"2022年，{unit}收到政府信息公开申请{number}0件，政府信息公开工作有序开展，得到群众好评。",
            "五、存在的主要问题及改进情况",
            "工作人员业务水平有待提高，下一步将加强培训，完善制度，进一步规范政府信息公开工作流程。",
            unit,
            f"2023年1月1{number}日",
        ]
    path = folder / "汇编.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def test_each_report_has_its_own_author_date_and_figures_in_its_own_blocks(tmp_path: Path) -> None:
    document, reports = read(collection(tmp_path))
    assert [(one.ordinal, one.agency, one.year) for one in reports] == [(n, u, 2022) for n, u in enumerate(UNITS)]
    assert [one.signed_on.day for one in reports if one.signed_on] == [11, 12, 13]
    for number, one in enumerate(reports, start=1):
        figures = [figure for figure in one.figures if figure.metric == "applications.new"]
        assert [figure.value for figure in figures] == [number * 10]
        place = figures[0].evidence
        assert place.block is not None
        assert document.blocks[place.block].text[place.start : place.end] == place.quote
        assert to_json(one)["ordinal"] == number - 1


def test_the_store_keeps_them_apart(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    collection(folder)
    office = create(tmp_path / "office")
    for _ in range(2):
        ingest(office, [folder], reader=Reader(read, PARSER_VERSION), worker_count=1, actor="测试")
    published = current(office)
    assert published is not None
    connection = attach(published, read_only=True)
    try:
        rows = connection.execute("SELECT ordinal, agency, standing FROM store.report ORDER BY ordinal").fetchall()
    finally:
        connection.close()
    assert rows == [(number, unit, "current") for number, unit in enumerate(UNITS)]
