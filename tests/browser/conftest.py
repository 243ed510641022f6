"""A demonstration workspace made by the ordinary commands, a running dashboard on it, and a real Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from served import PATIENCE, PROJECT, Dashboard, gongkai, serve

SHARED = PROJECT.parent / "shared"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Of its own accord it gives up after five seconds, which a page on a busy machine may need.
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def dashboard(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A small demonstration: one fictional city, the published figures, and what files of an office are at hand."""
    base = tmp_path_factory.mktemp("browser")
    folder, sample = base / "workspace", base / "sample"
    gongkai("init", str(folder), "--demo", data=folder)
    gongkai("figures", "import", "data/real/figures.csv", "--collection", "published", data=folder)
    gongkai("sample", str(sample), "--cities", "1", "--years", "2022-2024", data=folder)
    gongkai("agencies", "import", str(sample / "agencies.csv"), "--collection", "sample", data=folder)
    manifest = ("--manifest", str(sample / "manifest.csv"))
    gongkai("ingest", str(sample / "reports"), *manifest, "--collection", "sample", data=folder)
    if (SHARED / "reports").is_dir():
        gongkai("ingest", str(SHARED / "seeds"), str(SHARED / "reports"), data=folder)
    yield from serve(folder)


@pytest.fixture(scope="session")
def empty_dashboard(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """An office's own workspace on its first day."""
    folder = tmp_path_factory.mktemp("empty") / "workspace"
    gongkai("init", str(folder), data=folder)
    yield from serve(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium), so the browser tests are left out")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser, which keeps what it has loaded: a page of an empty one takes seconds longer."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()
