"""A roll-up in words: its title, its units, what was left out and why, which units could explain a difference."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.catalogue.form_layout import Key, cell_labels
from gongkai.catalogue.metrics import metrics
from gongkai.charts.numbers import MISSING, MONEY
from gongkai.exports.roll_up import Given, Member, RollUp

Say = Callable[..., str]
"""Says a message of the catalogue: `say(key, **values)`."""
Row = tuple[str, str, str, str, str, str]
"""Unit, place, extent, reason, remark, contact."""
_CELLS_NAMED = 6
"""How many cells of one unit and reason are named one by one; of more the tables are."""


def title_of(found: RollUp, say: Say) -> str:
    """The title of the form: whose, which year, 汇总 or 本级."""
    return say(f"roll_up.export.title_{found.wanted.part}", agency=found.title, year=found.wanted.year)


def cell_name(regime: str, key: Key) -> str:
    """A cell as officials point at it: 一、本年新收政府信息公开申请数量 — 自然人."""
    _, row, column = cell_labels(regime)[key]
    return f"{row} — {column}" if row else column


def number_text(value: float | None) -> str:
    """A number without needless decimals; — for none."""
    return MISSING if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def printed(key: Key, value: float | None) -> str:
    """A figure as the form prints it: amounts to four decimals."""
    return f"{value:.4f}" if value is not None and is_amount(key) else number_text(value)


def is_amount(key: Key) -> bool:
    """Whether a cell holds money, which the form prints to four decimals."""
    return metrics()[key[0]].unit == MONEY


def member_words(member: Member, say: Say) -> dict[str, str]:
    """A unit's name, scope, version and file."""
    counted = member.state == "counted"
    stage = say(f"roll_up.stage.{member.stage or 'unknown'}") if member.report_id else ""
    return {
        "unit": member.name,
        "scope": say(f"filters.scope_name.{member.scope}"),
        "stage": stage if counted else say(f"roll_up.state.{member.state}"),
        "source": member.source or "",
    }


def state_words(member: Member, say: Say) -> tuple[str, str]:
    """Why a unit's report does not count, and a remark: who counts instead, which version there is."""
    remark = ""
    if member.other:
        remark = say(f"roll_up.remark.{member.state}", other=member.other)
    elif member.state.startswith("not_") and member.stage != "current":
        remark = say("roll_up.remark.stage", stage=say(f"roll_up.stage.{member.stage or 'unknown'}"))
    return say(f"roll_up.state.{member.state}"), remark


def left_out_rows(found: RollUp, say: Say) -> list[Row]:
    """Whatever is not added, whole reports and cells, each with the reason.

    Units that are missing come before cells that are, and what does not belong here by the register comes last.
    """
    missing: list[Row] = []
    outside: list[Row] = []
    cells: list[Row] = []
    for member in found.members:
        contact = member.contact or ""
        if member.state != "counted":
            reason, remark = state_words(member, say)
            row = (member.name, member.place, say("roll_up.extent.report"), reason, remark, contact)
            (outside if member.outside else missing).append(row)
            continue
        lacking: dict[str, list[tuple[Key, Given]]] = {}
        for key, given in found.given.get(member.id, {}).items():
            if given.status != "counted":
                lacking.setdefault(given.status, []).append((key, given))
        for status, entries in lacking.items():
            cells.append(
                (
                    *(member.name, member.place, _extent(found, [key for key, _ in entries], say)),
                    *(say(f"roll_up.status.{status}"), _said(found, entries, say), contact),
                )
            )
    return [*missing, *cells, *outside]


def _extent(found: RollUp, keys: list[Key], say: Say) -> str:
    separator = say("filters.list_separator")
    if len(keys) <= _CELLS_NAMED:
        return separator.join(cell_name(found.regime, key) for key in keys)
    of_table: dict[str, int] = {}
    for key in keys:
        table = cell_labels(found.regime)[key][0]
        of_table[table] = of_table.get(table, 0) + 1
    return separator.join(say("roll_up.extent.cells", table=table, count=count) for table, count in of_table.items())


def _said(found: RollUp, entries: list[tuple[Key, Given]], say: Say) -> str:
    """The figures that a report gives without their being added (in its text alone), by cell."""
    said = [(key, given.value) for key, given in entries if given.value is not None]
    return say("filters.list_separator").join(
        say("roll_up.remark.said", cell=cell_name(found.regime, key), value=number_text(value))
        for key, value in said[:_CELLS_NAMED]
    )


def traced_names(found: RollUp, key: Key, say: Say) -> str:
    """The units that could explain the difference of a cell, each with how; "" for none."""
    names = {member.id: member.name for member in found.members}
    by_reason: dict[str, list[str]] = {}
    for trace in found.traces:
        if trace.key == key:
            by_reason.setdefault(trace.reason, []).append(names[trace.member])
    separator = say("filters.list_separator")
    return say("roll_up.trace.separator").join(
        say(f"roll_up.trace.{reason}", units=separator.join(units)) for reason, units in sorted(by_reason.items())
    )
