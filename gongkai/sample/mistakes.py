"""Plant mistakes on purpose, so that the checks have something to find, and record each beside the report."""

from __future__ import annotations

from gongkai.sample.draft import Draft


def plant(drafts: list[Draft], seed: int) -> None:
    """Change some of the drafts, each in one way that a check ought to find."""
