"""A workspace for each test, and an ingest that uses the invented reader."""

from collections.abc import Callable
from pathlib import Path

import invented_reader
import pytest

from gongkai.store.ingest import Reader, Summary, ingest
from gongkai.store.workers import Limits
from gongkai.store.workspace import Workspace, create

Ingest = Callable[..., Summary]


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return create(tmp_path / "office")


@pytest.fixture
def take_in(office: Workspace) -> Ingest:
    """Ingest paths with the invented reader, whose version may be named."""

    def run(*paths: Path, version: str = "1", seconds: float = 20.0, **options: object) -> Summary:
        reader = Reader(invented_reader.read, version)
        limits = Limits(seconds=seconds, memory=1024**3)
        options = {"worker_count": 1, "actor": "测试", **options}
        return ingest(office, list(paths), reader=reader, limits=limits, **options)  # type: ignore[arg-type]

    return run
