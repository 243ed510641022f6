"""汇总报表: the form is seen, a figure opens the units behind it in view, and the Excel file is taken away."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from served import PATIENCE, Dashboard, settled

pytestmark = pytest.mark.browser


def test_a_figure_of_the_form_opens_its_units_and_the_form_is_taken_away(dashboard: Dashboard, page: Page) -> None:
    page.goto(f"{dashboard.address}/roll_up?collection=sample")
    settled(page)
    # The last table's last figure: the farthest from what opens below the form.
    figure = page.locator("button[data-key='review.total~all']")
    figure.scroll_into_view_if_needed(timeout=PATIENCE)
    shown = figure.inner_text(timeout=PATIENCE)
    figure.click()
    parts = page.locator(".st-key-roll_up_cell_parts")
    expect(parts).to_contain_text("家单位的数字相加", timeout=PATIENCE)
    expect(parts.get_by_role("heading")).to_be_in_viewport(timeout=PATIENCE)
    expect(parts).to_contain_text(f"{shown}，由")
    page.wait_for_url("**cell=review.total*", timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as waited:
        page.get_by_role("button", name="导出 Excel（附公式）").click()
    sheet = openpyxl.load_workbook(BytesIO(Path(waited.value.path()).read_bytes()), data_only=True).worksheets[0]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert float(shown) in values
