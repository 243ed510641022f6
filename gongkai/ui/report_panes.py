"""What was read from one report, as the panes beside its document: figures, findings, doubts, metadata.

Pure but for the session's language. The frames are those of the named queries report_figures, report_findings,
report_doubts, report_unmapped and report_fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from gongkai.catalogue.forms import forms
from gongkai.catalogue.metrics import APPLICANTS, metrics
from gongkai.charts.numbers import exact
from gongkai.records import CONFIDENT, STATED_FIELDS
from gongkai.ui.cells import day, named, present, records, whole
from gongkai.ui.correction_words import corrected_value, correction_words, corrects, standing_corrections
from gongkai.ui.finding_words import doubt_words, finding_rule, finding_title, finding_words
from gongkai.ui.marks import Place
from gongkai.ui.messages import label, language, t
from gongkai.ui.source_view import Item, ItemList, Matrix, Pane

REVIEW_BLOCKS = ("review", "litigation.direct", "litigation.after_review")
REVIEW_OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
"""The blocks of the reconsideration and litigation table, and the five cells of each, in the form's order."""

HANDED_IN = ("received_on", "sender", "contact", "reviewer")
"""What a manifest alone says of a version."""

_CODED = frozenset({"period", "kind", "stage", "scope", "regime"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One report and all that was read from it: a row of `report_detail` and the frames of its parts."""

    report: dict[str, Any]
    figures: pd.DataFrame
    findings: pd.DataFrame
    doubts: pd.DataFrame
    unmapped: pd.DataFrame
    fields: pd.DataFrame
    corrections: pd.DataFrame = field(default_factory=pd.DataFrame)
    """The rows of the query `corrections` of the report's unit and year."""


def panes(reading: Reading) -> tuple[Pane, ...]:
    """The four panes of a report, with the number of what they hold in their titles."""
    groups = figure_groups(reading.figures, reading.report.get("regime"), standing_corrections(reading.corrections))
    extra = unmapped_items(reading.unmapped)
    if extra:
        groups = (*groups, ItemList(t("reports.group.unmapped"), extra))
    findings, doubts = finding_items(reading.findings), doubt_items(reading.doubts)
    return (
        Pane("figures", _counted("figures", len(reading.figures)), groups, t("reports.empty.figures")),
        Pane("findings", _counted("findings", len(findings)), _list(findings), t("reports.empty.findings")),
        Pane(
            "doubts", _counted("doubts", len(doubts)), _list(doubts, t("reports.doubts.do")), t("reports.empty.doubts")
        ),
        Pane("fields", t("reports.pane.fields"), _list(field_items(reading.report, reading.fields)), ""),
    )


def figure_groups(
    figures: pd.DataFrame, regime: object, corrections: Mapping[str, dict[str, Any]] | None = None
) -> tuple[ItemList | Matrix, ...]:
    """The figures in groups: the statutory tables in their own layout, then sentences, then imported ones.

    `corrections` as `standing_corrections` gives them: both values show, the printed one and the one that counts.
    """
    known = corrections or {}
    rows = [{**row, "correction": known.get(str(row["figure_id"]))} for row in records(figures)]
    table = [row for row in rows if row["method"] == "table"]
    shown: set[str] = set()
    found: list[ItemList | Matrix] = []
    for group in (_disclosure(table), _applications(table, regime), _review(table)):
        if group is not None:
            found.append(group)
            shown |= {item.key for item in _items(group)}
    other = [row for row in table if row["figure_id"] not in shown]
    if other:
        found.append(ItemList(t("reports.group.table"), tuple(figure_item(row) for row in other)))
    for method in ("narrative", "imported"):
        several = [row for row in rows if row["method"] == method]
        if several:
            found.append(ItemList(t(f"reports.group.{method}"), tuple(figure_item(row) for row in several)))
    return tuple(found)


def figure_item(row: dict[str, Any], short: bool = False) -> Item:
    """One figure: its metric, its value as reported (or what stands instead), the words, and what is special."""
    metric = metrics().get(row["metric"])
    name = label(metric) if metric is not None else str(row["metric"])
    if row["applicant"] != "all":
        name = t("reports.of_applicant", metric=name, applicant=named("applicant", row["applicant"]))
    reported = row["status"] == "reported"
    unit = metric.unit if metric is not None else ""
    text = _value(row, "" if short else unit) if reported else _status(row["status"], short)
    notes = []
    if row["method"] != "table" and present(row["quote"]):
        notes.append(t("reports.quoted", quote=row["quote"]))
    if present(row["scope"]):
        notes.append(t("reports.scope_note", scope=named("scope", row["scope"])))
    correction = row.get("correction")
    applied = correction is not None and correction["state"] == "applied"
    doubtful = present(row["confidence"]) and row["confidence"] < CONFIDENT and not applied
    if doubtful:
        notes.append(t("reports.doubtful"))
    tone = "doubt" if doubtful else "" if reported else "missing"
    hint = t("reports.figure_hint", metric=name, value=text, quote=row["quote"] if present(row["quote"]) else "")
    if correction is not None:
        said = correction_words(correction, unit)
        notes.append(said)
        hint = f"{hint}\n{said}"
        if not applied:
            tone = "doubt"
        elif corrects(correction):
            tone = "corrected"
            now = corrected_value(correction, "" if short else unit)
            text = t("reports.correct.both", printed=text, value=now)
    return Item(
        key=str(row["figure_id"]),
        label=name,
        text=text,
        notes=tuple(notes),
        tone=tone,
        places=(place_of(row),),
        hint=hint,
        link=str(row["url"]) if present(row["url"]) else None,
    )


def finding_items(findings: pd.DataFrame) -> tuple[Item, ...]:
    """The findings, errors first; what is in doubt on our side says so."""
    order = {"error": 0, "warning": 1, "notice": 2}
    rows = sorted(records(findings), key=lambda row: order.get(str(row["severity"]), 3))
    items = []
    for index, row in enumerate(rows):
        code = str(row["check_code"])
        notes = [*finding_words(row), _metric_names(row["metrics"]), *_quotes(row["evidence"])]
        if bool(row["doubtful"]):
            notes.append(t("reports.finding_doubtful"))
        items.append(
            Item(
                key=f"finding-{index}",
                label=finding_title(code),
                text=named("severity", row["severity"]),
                notes=tuple(note for note in notes if note),
                # What rests on a doubt of ours is no fault of the unit's, and must not look like one.
                tone="doubt" if bool(row["doubtful"]) else str(row["severity"]),
                places=_places(row["evidence"]),
                hint=finding_rule(code),
            )
        )
    return tuple(items)


def doubt_items(doubts: pd.DataFrame) -> tuple[Item, ...]:
    """The doubts about our reading: the reason in words, the reader's detail, the words concerned."""
    return tuple(
        Item(
            key=f"doubt-{index}",
            label=named("doubt", row["reason"]),
            notes=tuple(
                note
                for note in (
                    doubt_words(str(row["reason"]), row["detail"]),
                    _metric_names(row["metrics"]),
                    *_quotes(row["evidence"]),
                )
                if note
            ),
            tone="doubt",
            places=_places(row["evidence"]),
            hint=str(row["reason"]),
        )
        for index, row in enumerate(records(doubts))
    )


def unmapped_items(unmapped: pd.DataFrame) -> tuple[Item, ...]:
    """Rows of tables that no label of the form names: kept with their label and their cells."""
    return tuple(
        Item(
            key=f"row-{index}",
            label=str(row["label"]) or t("reports.no_label"),
            text=" · ".join(str(value) for value in row["cell_values"]),
            places=_places(row["evidence"]),
        )
        for index, row in enumerate(records(unmapped))
    )


def field_items(report: dict[str, Any], fields: pd.DataFrame) -> tuple[Item, ...]:
    """The metadata, each with the words it was read from, the manifest's line, or a person's decision."""
    sources: dict[str, list[dict[str, Any]]] = {}
    for row in records(fields):
        sources.setdefault(str(row["field"]), []).append(row)
    items = []
    # How a version came in is known of those that were handed in; of the others there is nothing to miss.
    handed_in = tuple(name for name in HANDED_IN if present(report.get(name)))
    for name in (*STATED_FIELDS, *handed_in):
        several = sources.get(name, [])
        notes = [
            t(f"reports.origin.{row['origin']}", quote=row["quote"] if present(row["quote"]) else "") for row in several
        ]
        value = report.get(name)
        if name in _CODED:
            text = named(name, value)
        elif present(value) and name.endswith("_on"):
            text = day(value) or ""
        else:
            text = str(value) if present(value) and value != "" else t("reports.not_stated")
        items.append(
            Item(
                key=f"field-{name}",
                label=t(f"reports.field.{name}"),
                text=text,
                notes=tuple(notes),
                tone="" if present(value) else "missing",
                places=tuple(place_of(row) for row in several if row["origin"] == "document"),
                link=str(value) if name == "url" and present(value) else None,
            )
        )
    return tuple(items)


def _disclosure(rows: list[dict[str, Any]]) -> ItemList | None:
    codes = [code for code, metric in metrics().items() if metric.group == "disclosure"]
    chosen = sorted(
        (row for row in rows if row["metric"] in codes and row["applicant"] == "all"),
        key=lambda row: codes.index(row["metric"]),
    )
    return ItemList(t("reports.group.disclosure"), tuple(figure_item(row) for row in chosen)) if chosen else None


def _applications(rows: list[dict[str, Any]], regime: object) -> Matrix | None:
    form = forms().get(str(regime))
    layout = form.table("applications") if form is not None else None
    if layout is None:
        return None
    cells = _first(rows)
    lines = []
    for spec in layout.rows:
        line = [cells.get((spec.key, applicant)) for applicant in APPLICANTS]
        if any(row is not None for row in line) or not spec.variant:
            items = tuple(None if row is None else figure_item(row, short=True) for row in line)
            lines.append((label(metrics()[spec.key]), items))
    if not any(item is not None for _, items in lines for item in items):
        return None
    columns = tuple(named("applicant", applicant) for applicant in APPLICANTS)
    return Matrix(t("reports.group.applications"), t("reports.corner"), columns, tuple(lines))


def _review(rows: list[dict[str, Any]]) -> Matrix | None:
    cells = _first(rows)
    lines = []
    for block in REVIEW_BLOCKS:
        found = [cells.get((f"{block}.{outcome}", "all")) for outcome in REVIEW_OUTCOMES]
        items = tuple(None if row is None else figure_item(row, short=True) for row in found)
        lines.append((t(f"reports.review_block.{block.replace('.', '_')}"), items))
    if not any(item is not None for _, items in lines for item in items):
        return None
    columns = tuple(t(f"reports.outcome.{outcome}") for outcome in REVIEW_OUTCOMES)
    return Matrix(t("reports.group.review"), t("reports.corner"), columns, tuple(lines))


def _first(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows by metric and applicant; of several (a table printed twice) the first, the rest are listed below."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        found.setdefault((str(row["metric"]), str(row["applicant"])), row)
    return found


def _items(group: ItemList | Matrix) -> Iterable[Item]:
    if isinstance(group, ItemList):
        return group.items
    return [item for _, cells in group.rows for item in cells if item is not None]


def _list(items: tuple[Item, ...], title: str = "") -> tuple[ItemList, ...]:
    return (ItemList(title, items),) if items else ()


def _counted(name: str, count: int) -> str:
    return t("reports.counted", name=t(f"reports.pane.{name}"), count=count)


def _value(row: dict[str, Any], unit: str) -> str:
    """A figure in full: a stated rate keeps the decimals that the report gives it."""
    about = bool(row["approximate"])
    return (
        exact(row["value"], "", language(), about) + "%"
        if unit == "%"
        else exact(row["value"], unit, language(), about)
    )


def _status(status: object, short: bool) -> str:
    return t(f"reports.status_short.{status}") if short else t(f"common.missing.{status}")


def _metric_names(codes: object) -> str:
    if not isinstance(codes, Iterable) or isinstance(codes, str):
        return ""
    known = [label(metrics()[code]) if code in metrics() else str(code) for code in codes]
    return t("filters.list_separator").join(dict.fromkeys(known))


def _evidence(raw: object) -> list[dict[str, Any]]:
    found = json.loads(str(raw)) if present(raw) and raw != "" else []
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _quotes(raw: object) -> list[str]:
    quotes = dict.fromkeys(str(entry["quote"]) for entry in _evidence(raw) if entry.get("quote"))
    return [t("reports.quoted", quote=quote) for quote in quotes]


def _places(raw: object) -> tuple[Place, ...]:
    return tuple(
        Place(
            block=entry.get("block"),
            start=entry.get("start"),
            end=entry.get("end"),
            row=entry.get("row"),
            column=entry.get("column"),
            page=entry.get("page"),
            box=_box(entry.get("box")),
        )
        for entry in _evidence(raw)
    )


def place_of(row: dict[str, Any]) -> Place:
    """Where a row of report_figures, report_fields or finding_cells stands."""
    return Place(
        block=whole(row.get("block")),
        start=whole(row.get("start_at")),
        end=whole(row.get("end_at")),
        row=whole(row.get("row_no")),
        column=whole(row.get("column_no")),
        page=whole(row.get("page")),
        box=_box(row.get("box")),
    )


def _box(value: Any) -> tuple[float, float, float, float] | None:
    if value is None or isinstance(value, float):
        return None
    numbers = [float(number) for number in value]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None
