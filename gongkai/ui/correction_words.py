"""Corrections of figures in words: who said what, when, why and after which source; and whether it applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from gongkai.charts.numbers import exact
from gongkai.ui.cells import moment, named, present, records
from gongkai.ui.messages import language, t


def standing_corrections(corrections: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The corrections and confirmations that stand, by the figure that each is about."""
    return {
        str(row["figure_id"]): row
        for row in records(corrections)
        if row["state"] in ("applied", "changed") and present(row["figure_id"])
    }


def corrects(correction: Mapping[str, Any]) -> bool:
    """Whether a correction (a row of the query `corrections`) gives something else than was read; else it confirms."""
    before, after = correction["expected_value"], correction["value"]
    return present(correction["status"]) or not (before == after or not (present(before) or present(after)))


def corrected_value(correction: Mapping[str, Any], unit: str) -> str:
    """What a figure is after a correction: a number, or what else it is."""
    if present(correction["status"]):
        return named("status_short", correction["status"])
    value = correction["value"]
    return exact(float(str(value)), unit, language()) if present(value) else t("reports.correct.no_value")


def correction_words(correction: Mapping[str, Any], unit: str) -> str:
    """Who said what about a figure, when and why: a row of the query `corrections` as one sentence."""

    def said(value: object) -> str:
        return exact(float(str(value)), unit, language()) if present(value) else t("reports.correct.no_value")

    kind = "confirmed"
    if corrects(correction):
        kind = "corrected_misread" if bool(correction["misread"]) else "corrected"
    words = t(
        f"reports.correct.{kind}",
        value=corrected_value(correction, unit),
        expected=said(correction["expected_value"]),
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
