"""What changed between two versions of a report, as rows of a table: figures and paragraphs, in words.

Pure but for the session's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from gongkai.catalogue.metrics import metrics
from gongkai.charts.numbers import exact
from gongkai.checks.changed_words import Part, Run
from gongkai.checks.version_figures import Change, FigureChange, Statement
from gongkai.checks.version_text import ParagraphChange, TextChange
from gongkai.ui.cells import named, present, records
from gongkai.ui.messages import label, language, plain, t

FIGURE_COLUMNS = ("figure", "before", "after", "difference", "change", "stated_in", "remark")
TEXT_COLUMNS = ("section", "change", "before", "after")

_KEPT = 40
"""Characters of unchanged words shown on either side of a change."""


def stated(figures: pd.DataFrame) -> list[Statement]:
    """The rows of the query report_figures as statements."""
    return [
        Statement(
            metric=str(row["metric"]),
            applicant=str(row["applicant"]),
            value=float(row["value"]) if present(row["value"]) else None,
            status=str(row["status"]),
            method=str(row["method"]),
            scope=str(row["scope"]) if present(row["scope"]) else None,
            confidence=float(row["confidence"]),
            key=str(row["figure_id"]),
        )
        for row in records(figures)
    ]


def figure_rows(changes: Sequence[FigureChange], numbers: bool = False) -> pd.DataFrame:
    """FIGURE_COLUMNS and `key` (the figure to open), a row a change. With `numbers` values stay numbers, for Excel."""
    rows = []
    for each in changes:
        metric = metrics().get(each.metric)
        name = label(metric) if metric is not None else each.metric
        if each.applicant != "all":
            name = t("reports.of_applicant", metric=name, applicant=named("applicant", each.applicant))
        unit = metric.unit if metric is not None else ""
        side = each.after or each.before
        rows.append(
            {
                "figure": name,
                "before": _value(each.before, unit, numbers),
                "after": _value(each.after, unit, numbers),
                "difference": _difference(each, unit, numbers),
                "change": t(f"versions.figure.{each.change}"),
                "stated_in": _stated_in(each),
                "remark": _remark(each),
                "key": side.key if side else "",
            }
        )
    return pd.DataFrame(rows, columns=[*FIGURE_COLUMNS, "key"], dtype=object)


def text_rows(changes: Iterable[ParagraphChange]) -> pd.DataFrame:
    """TEXT_COLUMNS, a row a paragraph, its words in full."""
    rows = [
        {
            "section": each.section,
            "change": t(f"versions.text.{each.change}"),
            "before": _before(each),
            "after": each.after.text if each.after else None,
        }
        for each in changes
    ]
    return pd.DataFrame(rows, columns=list(TEXT_COLUMNS), dtype=object)


def marked(change: ParagraphChange) -> str:
    """The paragraph as Markdown: what was left out struck through, what was put in bold, each on its colour.

    Long stretches without a change are cut with an ellipsis. Texts are escaped: no word of a document is markup.
    """
    if change.change is TextChange.ADDED and change.after:
        return _mark(Run(Part.ADDED, change.after.text))
    if change.change is TextChange.REMOVED and change.before:
        return _mark(Run(Part.REMOVED, change.before.text))
    last = len(change.runs) - 1
    return "".join(
        plain(_shortened(run.text, place == 0, place == last)) if run.part is Part.SAME else _mark(run)
        for place, run in enumerate(change.runs)
    )


def _mark(run: Run) -> str:
    words = plain(" ".join(run.text.split()))
    if not words:
        return ""
    return f":red-background[~~{words}~~]" if run.part is Part.REMOVED else f":green-background[**{words}**]"


def _shortened(text: str, first: bool, last: bool) -> str:
    if len(text) <= 2 * _KEPT:
        return text
    head, tail = ("" if first else text[:_KEPT]), ("" if last else text[-_KEPT:])
    return f"{head}……{tail}"


def _before(change: ParagraphChange) -> str | None:
    """The earlier words: of a changed paragraph those its runs hold, which may come from several."""
    if change.runs:
        return "".join(run.text for run in change.runs if run.part is not Part.ADDED)
    return change.before.text if change.before else None


def _value(side: Statement | None, unit: str, numbers: bool) -> object:
    if side is None:
        return None
    if side.value is None:
        return t(f"common.missing.{side.status}")
    if numbers:
        return side.value
    spoken = language()
    return exact(side.value, "", spoken) + "%" if unit == "%" else exact(side.value, unit, spoken)


def _difference(each: FigureChange, unit: str, numbers: bool) -> object:
    if each.change is not Change.VALUE or each.before is None or each.after is None:
        return None
    if each.before.value is None or each.after.value is None:
        return None
    size = round(each.after.value - each.before.value, 6)
    if numbers:
        return size
    return ("+" if size > 0 else "−") + exact(abs(size), "" if unit == "%" else unit, language())


def _stated_in(each: FigureChange) -> str:
    methods = dict.fromkeys(side.method for side in (each.before, each.after) if side is not None)
    return t("versions.arrow").join(t(f"versions.method.{method}") for method in methods)


def _remark(each: FigureChange) -> str:
    notes = [t("reports.scope_note", scope=named("scope", each.scope))] if each.scope else []
    if each.doubtful:
        notes.append(t("versions.doubtful"))
    return t("versions.separator").join(notes)
