"""数据核查 in a real browser: one finding from its discovery to its close, and the way to its cells and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from served import Dashboard, settled

pytestmark = pytest.mark.browser


def decide(page: Page, event: str, reason: str) -> None:
    """Choose a decision, give its reason, and save it."""
    page.get_by_test_id("stForm").get_by_test_id("stSelectbox").locator("input").click()
    page.get_by_role("option", name=event, exact=True).click()
    page.get_by_label("理由").first.fill(reason)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_test_id("stMain")).to_contain_text(f"已处理 1 条：{event}")
    settled(page)


def test_one_finding_from_discovery_to_close(dashboard: Dashboard, page: Page) -> None:
    page.goto(f"{dashboard.address}/overview?collection=sample")
    settled(page)
    page.get_by_role("link", name=re.compile("处勾稽或格式错误")).click()
    page.wait_for_url(re.compile(r"/findings\?.*severity=error"))
    settled(page)
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 420, "y": 52})
    page.wait_for_url(re.compile(r"/findings\?.*finding="))
    settled(page)
    mark = page.locator("mark.mark.selected, td.mark.selected, span.mark.selected").first
    expect(mark).to_be_visible()
    page.get_by_label("您的姓名").first.fill("测试员")
    page.get_by_role("button", name="确定").first.click()
    settled(page)
    decide(page, "已通知单位", "已发整改通知")
    decide(page, "单位已说明", "来函说明")
    decide(page, "复核销号", "已核对")
    trail = page.get_by_test_id("stMain")
    expect(trail).to_contain_text("测试员 · 复核销号")
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(trail).to_contain_text("已由 测试员 撤销")
    page.get_by_role("link", name="打开报告").first.click()
    page.wait_for_url(re.compile(r"/reports\?.*report="))
    settled(page)
