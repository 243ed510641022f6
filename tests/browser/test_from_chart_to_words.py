"""The main path: from a mark in a chart to the unit, from the unit to the report, from the figure to its words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from served import Dashboard, give_name, settled

pytestmark = pytest.mark.browser


def click_first_row(page: Page, table: int = -1) -> None:
    """Tick the first row of a data table; Streamlit draws it on a canvas, so the place is given in pixels."""
    frame = page.get_by_test_id("stDataFrame").nth(table)
    frame.scroll_into_view_if_needed()
    frame.click(position={"x": 18, "y": 52})


def test_from_a_chart_to_the_unit_to_the_report_to_the_words(dashboard: Dashboard, page: Page) -> None:
    page.goto(f"{dashboard.address}/applications?collection=sample&scope=organ")
    settled(page)
    page.locator(".js-plotly-plot .barlayer .point path").first.click(force=True)
    page.wait_for_url(re.compile(r"/agency\?.*agency="))
    settled(page)
    click_first_row(page)
    page.wait_for_url(re.compile(r"/reports\?.*report="))
    settled(page)
    figure = page.locator("button.pick:not(.unplaced)").first
    figure.click()
    mark = page.locator("mark.mark.selected, td.mark.selected, span.mark.selected").first
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport()


def test_filters_travel_with_the_address(dashboard: Dashboard, page: Page) -> None:
    page.goto(f"{dashboard.address}/disclosure?collection=published&scope=whole")
    settled(page)
    page.get_by_role("link", name="复议诉讼").click()
    page.wait_for_url(re.compile(r"/review\?.*collection=published"))
    settled(page)
    assert "scope=whole" in page.url


def test_a_bad_upload_is_named_and_a_good_one_is_stored(dashboard: Dashboard, page: Page) -> None:
    page.goto(f"{dashboard.address}/reports")
    settled(page)
    page.get_by_text("上传报告").first.click()
    give_name(page)
    report = (
        "<html><head><title>云川省测试局2024年政府信息公开工作年度报告</title></head><body>"
        "<h1>云川省测试局2024年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
        "<p>2024年，我局通过政府网站主动公开政府信息321条，收到政府信息公开申请5件。</p></body></html>"
    )
    page.locator('input[type="file"]').set_input_files(
        [
            {"name": "空.docx", "mimeType": "application/octet-stream", "buffer": b""},
            {"name": "测试局.html", "mimeType": "text/html", "buffer": report.encode()},
        ]
    )
    page.get_by_role("button").filter(has_text="开始读取").click()
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text(re.compile("空.docx.*文件是空的", re.S))
    expect(main).to_contain_text("存入 1 份报告")


def test_the_way_back_from_a_report_keeps_the_search_and_the_address(dashboard: Dashboard, page: Page) -> None:
    """What the browser's address says is what a colleague gets, also after a link to the page it stands on."""
    page.goto(f"{dashboard.address}/reports?show=current")
    settled(page)
    click_first_row(page)
    page.wait_for_url("**report=*")
    settled(page)
    page.get_by_text("返回报告清单").click()
    page.wait_for_url(lambda url: "report=" not in url and "show=current" in url)
    settled(page)
    page.go_back()
    page.wait_for_url("**report=*")
