"""Every page in a real Chromium: both languages, wide and narrow, full and empty; nothing cut off or called outside."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from served import Dashboard, settled

from gongkai.ui.navigation import ENTRIES

pytestmark = pytest.mark.browser

NAMES = [entry.name for entry in ENTRIES]
KEY = re.compile(r"\b[a-z]+(?:\.[a-z_]+){1,3}\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_CHROME = re.compile(r"Choose an option|Drag and drop|Browse files|Select all|No options to select|No results")


def visible_text(page: Page) -> str:
    return page.locator('[data-testid="stApp"]').inner_text()


def to_english(page: Page) -> None:
    page.get_by_text("English", exact=True).first.click()
    page.wait_for_function("() => document.body.innerText.includes('中文')")
    settled(page)


def nothing_is_cut_off(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    # A change of width is drawn anew without a run of the script: wait for two frames of it.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    settled(page)
    for node in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        page.wait_for_function(f"() => {node}.scrollWidth - {node}.clientWidth <= 1")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_the_demonstration(dashboard: Dashboard, page: Page, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    page.goto(f"{dashboard.address}/{name}")
    settled(page)
    assert not ENGLISH_CHROME.search(visible_text(page))
    nothing_is_cut_off(page, 390)
    nothing_is_cut_off(page, 1440)
    to_english(page)
    expect(page.locator("h1").first).to_have_text(re.compile("[A-Za-z]"))
    nothing_is_cut_off(page, 1440)
    nothing_is_cut_off(page, 390)
    local = {"127.0.0.1", None}
    assert {
        url for url in outside if urlsplit(url).hostname not in local and not url.startswith(("data:", "blob:"))
    } == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_an_empty_workspace_says_what_to_do(empty_dashboard: Dashboard, page: Page, name: str) -> None:
    page.goto(f"{empty_dashboard.address}/{name}")
    settled(page)
    assert CHINESE.search(visible_text(page))
    assert not KEY.search(page.get_by_test_id("stMain").inner_text().replace("gongkai.", ""))
