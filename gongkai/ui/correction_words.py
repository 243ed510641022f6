"""Corrections of figures in words: who said what, when, why and after which source; and whether it applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from gongkai.charts.numbers import exact
from gongkai.ui.cells import moment, present, records
from gongkai.ui.messages import language, t


def standing_corrections(corrections: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The corrections and confirmations that stand, by the figure that each is about."""
    return {
        str(row["figure_id"]): row
        for row in records(corrections)
        if row["state"] in ("applied", "changed") and present(row["figure_id"])
    }


def correction_words(correction: Mapping[str, Any], unit: str) -> str:
    """Who said what about a figure, when and why: a row of the query `corrections` as one sentence."""

    def said(value: object) -> str:
        return exact(float(str(value)), unit, language()) if present(value) else t("reports.correct.no_value")

    before, after = correction["expected_value"], correction["value"]
    same = (before == after) or not (present(before) or present(after))
    kind = "confirmed" if same else "corrected"
    words = t(
        f"reports.correct.{kind}",
        value=said(after),
        expected=said(before),
        actor=correction["actor"],
        at=moment(correction["made_at"]),
        reason=correction["reason"],
        source=correction["source"] if present(correction["source"]) else "",
    )
    if correction["state"] == "changed":
        words += t("reports.correct.overtaken", printed=said(correction["printed"]))
    elif correction["state"] == "absent":
        words += t("reports.correct.target_absent")
    return words
