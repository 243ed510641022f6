"""Serve a workspace, and wait for a page of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, expect

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60_000
"""Milliseconds that a page may take on a busy machine before a test gives up."""
BUSY = ", ".join(
    ("[data-stale=true]", *(f"[data-testid={name}]" for name in ("stStatusWidget", "stSkeleton", "stSpinner")))
)
"""What a page shows as long as its script runs."""


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


def settled(page: Page) -> Page:
    """Wait until the page's script has run to its end, and hold that it did so without an exception."""
    page.wait_for_selector('[data-testid="stMainBlockContainer"] h1')
    page.wait_for_function("busy => !document.querySelector(busy)", arg=BUSY)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    return page


def give_name(page: Page, name: str = "测试员") -> None:
    """Say who acts. A run of the script that ends meanwhile may empty the field: then once more."""
    asked = page.get_by_label("您的姓名")
    asked.wait_for(state="visible")
    for _ in range(5):
        settled(page)
        if not asked.count():
            return
        asked.fill(name)
        page.get_by_role("button", name="确定").click()
        page.wait_for_timeout(1000)
    expect(asked).to_have_count(0)
