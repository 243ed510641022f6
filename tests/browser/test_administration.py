"""系统管理 in a real Chromium: a plain list is uploaded, looked through and confirmed; then its units are listed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from served import Dashboard, settled

pytestmark = pytest.mark.browser

PLAIN = "安徽省宿州市2024年度编制主体名单\n序号,单位\n1,宿州市人民政府\n2,市教育局\n3,萧县\n4,萧县财政局\n"


def test_a_plain_list_becomes_the_register(dashboard: Dashboard, page: Page) -> None:
    page.goto(f"{dashboard.address}/admin?register=office")
    settled(page)
    page.get_by_label("您的姓名").fill("测试员")
    page.get_by_role("button", name="确定").click()
    page.locator('input[type="file"]').set_input_files(
        [{"name": "编制主体名单.csv", "mimeType": "text/csv", "buffer": PLAIN.encode("gb18030")}]
    )
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("由名称推断，请核对（4 家）")
    page.get_by_label("理由").fill("去年的编制主体名单")
    page.get_by_role("button", name="确认导入").click()
    expect(main).to_contain_text("新增 4 家，修改 0 家，移出 0 家")
    settled(page)
    page.get_by_label("查找单位").fill("萧县财政局")
    page.get_by_label("查找单位").press("Enter")
    expect(main).to_contain_text("共 1 行")
    settled(page)
    table = page.get_by_test_id("stDataFrame").nth(1)
    table.scroll_into_view_if_needed()
    table.click(position={"x": 18, "y": 52})
    page.wait_for_url(re.compile(r"unit=[0-9a-f]{16}"))
    settled(page)
    expect(page.get_by_label("单位名称")).to_have_value("萧县财政局")
    expect(main).to_contain_text("理由：去年的编制主体名单")
