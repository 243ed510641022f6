"""Cells of the store's frames: whether they hold something, and what a stored code is called on the screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from gongkai.catalogue.code_words import code_word
from gongkai.ui.messages import language


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def present(value: Any) -> bool:
    """Whether a cell holds something (not None, NaN, NaT or NA)."""
    return value is not None and not (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def day(value: Any) -> str | None:
    """A date cell as 2024-01-31; null for none."""
    return f"{pd.Timestamp(value):%Y-%m-%d}" if present(value) else None


def moment(value: datetime) -> str:
    """A time of the store (UTC, without a zone) as people here read the clock: 2024-01-31 09:05."""
    return f"{pd.Timestamp(value).to_pydatetime().replace(tzinfo=UTC).astimezone():%Y-%m-%d %H:%M}"


def whole(value: Any) -> int | None:
    """A cell of whole numbers as an int; null for none."""
    return int(value) if present(value) else None


def named(kind: str, code: Any) -> str:
    """The word for a stored code (message `reports.<kind>.<code>`); "not stated" for none, an unknown code itself."""
    return code_word(language(), kind, str(code) if present(code) else None)


def standing_reason(reason: Any) -> str:
    """Why a report does not stand, in words; "" for a current one."""
    return named("reason", str(reason).partition(":")[0]) if present(reason) else ""
