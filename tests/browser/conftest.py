"""A demonstration workspace made by the ordinary commands, a running dashboard on it, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
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
PATIENCE = 60_000
"""Milliseconds that a page may take on a busy machine before a test gives up."""


@dataclass(frozen=True)
class Dashboard:
    """A served workspace: its address and its folder."""

    address: str
    folder: Path


def gongkai(*words: str, data: Path, accepted: tuple[int, ...] = (0,)) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "gongkai", "--data", str(data), *words], cwd=PROJECT, capture_output=True, text=True
    )
    assert run.returncode in accepted, run.stderr
    return run.stdout


def serve(folder: Path) -> Iterator[Dashboard]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gongkai", "--data", str(folder), "serve", "--port", str(port)]
    log = (folder.parent / f"serve-{port}.log").open("w")
    process = subprocess.Popen(command, cwd=PROJECT, stdout=log, stderr=log, env=os.environ.copy())
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urlopen(f"{address}/_stcore/health", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, "the dashboard did not start"
                time.sleep(0.25)
        yield Dashboard(address, folder)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
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
def empty_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
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


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def settled(page: Page) -> Page:
    """Wait until the page's script has run to its end, and hold that it did so without an exception."""
    page.wait_for_selector('[data-testid="stMainBlockContainer"] h1')
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]')"
    )
    expect(page.get_by_test_id("stException")).to_have_count(0)
    return page
