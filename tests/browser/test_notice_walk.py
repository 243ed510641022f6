"""整改通知 in a browser: download what goes out, record exactly that, take it back; the papers about the year."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from served import Dashboard, gongkai, settled

pytestmark = pytest.mark.browser

YEARS = (2022, 2023, 2024)


def going(dashboard: Dashboard, year: int) -> list[dict[str, object]]:
    given = ("query", "notice_findings", "collection=sample", f"year={year}", "--format", "json")
    return [json.loads(line) for line in gongkai(*given, data=dashboard.folder).splitlines()]


def test_what_is_downloaded_is_recorded_as_notified_and_taken_back(dashboard: Dashboard, page: Page) -> None:
    year = next(year for year in YEARS if going(dashboard, year))
    units = {row["agency"] for row in going(dashboard, year)}
    page.goto(f"{dashboard.address}/findings?collection=sample&years=2022-2024&part=notices&notice_year={year}")
    settled(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="下载整改通知单").click()
    with zipfile.ZipFile(started.value.path()) as archive:
        names = archive.namelist()
        assert {name.split("-")[1] for name in names if "-" in name and "汇总" not in name} == units
        assert docx.Document(io.BytesIO(archive.read(names[0]))).tables
    page.get_by_label("您的姓名").fill("张三")
    page.get_by_role("button", name="确定").click()
    page.get_by_role("button", name="登记为已通知").click()
    undo = page.get_by_role("button", name="撤销刚才的处理")
    expect(undo).to_be_visible()
    assert {row["state"] for row in going(dashboard, year)} == {"notified"}
    undo.click()
    expect(undo).to_have_count(0)
    settled(page)
    assert {row["state"] for row in going(dashboard, year)} == {"found"}
    for name in ("情况通报", "领导专报"):
        with page.expect_download() as started:
            page.get_by_role("button", name=name).click()
        told = "".join(paragraph.text for paragraph in docx.Document(str(Path(started.value.path()))).paragraphs)
        assert f"{year}年度政府信息公开工作年度报告" in told
