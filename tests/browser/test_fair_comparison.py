"""Which counties are corrected too often, and is that chance? In one click, and in two the unit; and whatever is looked
at is a link that a colleague's browser opens to the same numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from served import PATIENCE, Dashboard, gongkai, serve, settled

from gongkai.store.schemes import Schemes
from gongkai.store.workspace import open_workspace

pytestmark = pytest.mark.browser

COUNTIES, CITIES = 20, 24


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """Governments of cities and counties; one county is corrected in 33 of 60 cases, the others in some 9 of 60."""
    base = tmp_path_factory.mktemp("fair")
    folder, sheet = base / "workspace", base / "figures.csv"
    head = [
        "agency",
        "province",
        "city",
        "level",
        "agency_type",
        "year",
        "metric",
        "value",
        "unit",
        "approximate",
        "url",
    ]
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(head)
        for year in (2023, 2024):
            for number in range(COUNTIES + CITIES):
                county = number < COUNTIES
                city = f"第{number % CITIES:02d}市"
                name, level = (
                    (f"{city}第{number:02d}县人民政府", "county") if county else (f"{city}人民政府", "prefecture")
                )
                corrected = 33 if county and number == 7 else 7 + number * 5 % 6
                figures = {"review.corrected": corrected, "review.upheld": 60 - corrected, "review.other": 0,
                           "applications.new": 200, "applications.carried_in": 0,
                           "applications.carried_out": 10 + number * 3 % 9}  # fmt: skip
                for metric, value in figures.items():
                    place = (name, "云川省", city, level, "government")
                    writer.writerow([*place, year, metric, value, "件", "false", f"https://example.gov.cn/{year}"])
    gongkai("init", str(folder), data=folder)
    gongkai("figures", "import", str(sheet), data=folder)
    yield from serve(folder)


def test_which_counties_are_corrected_too_often_and_is_that_chance(office: Dashboard, page: Page) -> None:
    page.goto(f"{office.address}/overview")
    settled(page)
    page.get_by_role("link", name="谁被纠正偏多").click()
    page.wait_for_url("**/ranking?**")
    settled(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("1 家明显偏离，难以用偶然解释：第07市第07县人民政府 55%（33/60）")
    expect(main).to_contain_text("单凭偶然平均也会有约")
    # The only red mark leads to the unit.
    red = page.locator(".js-plotly-plot .points path.point[style*='rgb(184, 69, 47)']")
    red.wait_for(timeout=PATIENCE)
    box = red.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/agency?**", timeout=PATIENCE)
    expect(main).to_contain_text("第07市第07县人民政府", timeout=PATIENCE)


@pytest.mark.parametrize("view", ["funnel", "caterpillar", "years", "bands", "composite"])
def test_a_view_is_a_link_that_another_browser_opens_to_the_same(
    view: str, office: Dashboard, browser: Browser, page: Page
) -> None:
    asked = f"view={view}&peers=county_governments&year=2024"
    if view == "composite":
        workspace = open_workspace(office.folder)
        weights = {"review.corrected_share": 60.0, "applications.carried_out_share": 40.0}
        scheme = Schemes(workspace).save(workspace.figures_collection, "试行", weights, "甲", "评价")
        asked += f"&scheme={scheme}"
    page.goto(f"{office.address}/ranking?{asked}")
    settled(page)
    _ended(page)
    own = said(page)
    assert "第07" in own or view == "composite"
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    try:
        other = context.new_page()
        other.goto(page.url)
        settled(other)
        _ended(other)
        assert said(other) == own
        assert drawn(other) == drawn(page)
    finally:
        context.close()


def test_a_trend_of_a_unit_is_a_link_too(office: Dashboard, browser: Browser, page: Page) -> None:
    page.goto(f"{office.address}/compare?measures=review.corrected_share&base=2023")
    settled(page)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    try:
        other = context.new_page()
        other.goto(page.url)
        settled(other)
        assert said(other) == said(page)
        assert drawn(other) == drawn(page)
    finally:
        context.close()


def _ended(page: Page) -> None:
    """Wait for what stands last on every view: a first run is slow, and quiet between its parts."""
    expect(page.get_by_test_id("stMain")).to_contain_text("方法说明：这些数是怎么算的")


def said(page: Page) -> str:
    """All words of the page's main part but for those of charts and controls, which are drawn piece by piece."""
    return str(
        page.get_by_test_id("stMain").evaluate(
            "main => { const copy = main.cloneNode(true);"
            " const drawn = '.js-plotly-plot, canvas, svg, button, label, form';"
            " copy.querySelectorAll(drawn).forEach(part => part.remove());"
            " return copy.innerText.replace(/\\s+/g, ' '); }"
        )
    )


def drawn(page: Page) -> str:
    """What the charts draw: the values of all their traces."""
    if page.locator(".js-plotly-plot").count():
        page.wait_for_selector(".js-plotly-plot .main-svg", state="attached")
    return str(
        page.evaluate(
            "() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')]"
            ".map(plot => (plot.data || []).map(trace => [trace.x, trace.y, trace.customdata, trace.hovertext])))"
        )
    )
