"""报送进度 in a real Chromium: one unit from 未报 to 已备案, with one return and one correction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from served import PATIENCE, Dashboard, gongkai, serve, settled

pytestmark = pytest.mark.browser

UNIT = "宿州市财政局"
REGISTER = (
    f"name,province,city,level,kind,contact,telephone\n{UNIT},安徽省,宿州市,prefecture,department,李科长,0557-1234567\n"
)
QUEUE = "coverage?for_year=2024&view=queue&on=2025-01-15"


def report(granted: int) -> bytes:
    """A short report of the unit, as a text."""
    return (
        f"{UNIT}2024年政府信息公开工作年度报告\n\n一、总体情况\n2024年，本局主动公开政府信息312条。\n"
        f"三、收到和处理政府信息公开申请情况\n2024年，本局收到政府信息公开申请21件，予以公开{granted}件。\n"
    ).encode()


@pytest.fixture
def office(browser: Browser, tmp_path: Path) -> Iterator[Dashboard]:
    """An office that knows one unit, before its first report."""
    folder = tmp_path / "workspace"
    gongkai("init", str(folder), data=folder)
    (tmp_path / "units.csv").write_text(REGISTER, encoding="utf-8")
    gongkai("agencies", "import", str(tmp_path / "units.csv"), data=folder)
    yield from serve(folder)


def opened(page: Page, dashboard: Dashboard, path: str) -> Locator:
    """A page of the dashboard, with a name given; its main part."""
    page.goto(f"{dashboard.address}/{path}")
    settled(page)
    name = page.get_by_label("您的姓名")
    # On a busy machine the page may stand still before it has asked.
    name.or_(page.get_by_text("操作人")).first.wait_for(state="attached", timeout=PATIENCE)
    if name.count():
        name.fill("测试员")
        page.get_by_role("button", name="确定").click()
        expect(name).to_have_count(0)
        settled(page)
    return page.get_by_test_id("stMain")


def counted(main: Locator, words: str) -> None:
    """Hold that the queue offers a state with its number."""
    expect(main.get_by_role("radio", name=words)).to_be_visible(timeout=PATIENCE)


def in_popover(page: Page, name: str, fields: dict[str, str]) -> None:
    """Open what a button asks, answer, and send it."""
    lines = page.locator(".st-key-coverage_queue_lines")
    lines.get_by_role("button", name=name, exact=True).click()
    body = page.get_by_test_id("stPopoverBody")
    for label, text in fields.items():
        body.get_by_label(label).fill(text)
    body.get_by_role("button", name=name, exact=True).click()


def at_once(page: Page, name: str) -> None:
    page.locator(".st-key-coverage_queue_lines").get_by_role("button", name=name, exact=True).click()


def test_a_unit_goes_from_missing_to_filed(office: Dashboard, page: Page, tmp_path: Path) -> None:
    main = opened(page, office, QUEUE)
    counted(main, "未报 1")

    main = opened(page, office, "reports")
    page.locator('input[type="file"]').set_input_files(
        [{"name": f"{UNIT}2024年年报（送审稿）.txt", "mimeType": "text/plain", "buffer": report(20)}]
    )
    expect(main).to_contain_text("送审稿")
    settled(page)
    page.get_by_role("button", name="开始读取").click()
    expect(main).to_contain_text("读取完成")

    main = opened(page, office, QUEUE)
    counted(main, "待审 1")
    in_popover(page, "退回", {"原因": "予以公开件数与台账不符"})
    counted(main, "退回 1")
    settled(page)

    second = tmp_path / f"{UNIT}2024年年报（送审稿2）.txt"
    second.write_bytes(report(18))
    gongkai("ingest", str(second), data=office.folder)
    main = opened(page, office, QUEUE)
    counted(main, "待审 1")
    expect(main).to_contain_text("有新版本")
    expect(main.get_by_role("link", name="与上一版比较")).to_be_visible()
    at_once(page, "通过")
    counted(main, "通过 1")
    settled(page)
    in_popover(page, "已发布", {"发布地址（网址）": "https://www.ahsz.example/nb/2024.html"})
    counted(main, "已发布 1")
    settled(page)
    at_once(page, "已备案")
    counted(main, "已备案 1")
    settled(page)
    in_popover(page, "更正", {"原因": "更正予以公开件数"})
    counted(main, "更正 1")
    settled(page)
    at_once(page, "已备案")
    counted(main, "已备案 1")
    settled(page)

    main.get_by_role("link", name="全过程").click()
    expect(main).to_contain_text("2024 年度全过程")
    settled(page)
    told = main.inner_text()
    for words in (
        *("送审稿）", "送审稿2）", "退回", "予以公开件数与台账不符", "通过", "已发布", "已备案", "更正予以公开件数"),
        *("https://www.ahsz.example/nb/2024.html", "测试员", "2025-01-15"),
    ):
        assert words in told
