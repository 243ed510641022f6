"""For all tests: property tests try the same cases in every run, and none is judged by the clock."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("gongkai", deadline=None, derandomize=True)
settings.load_profile("gongkai")


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """AppTest leaves app.py behind as the main module; a process that is started afterwards would run it again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
