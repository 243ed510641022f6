"""What one cell of a roll-up is made of: every unit with its figure, or why it has none; a row opens its report."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from gongkai.catalogue.form_layout import Key
from gongkai.exports.roll_up import Given, Member, RollUp
from gongkai.exports.roll_up_words import cell_name, number_text, printed, state_words, traced_names
from gongkai.ui.in_view import in_view
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import open_page
from gongkai.ui.table import table


def cell_parts(found: RollUp, key: Key) -> None:
    """The open cell: its sum and the unit's own figure, and the table of the units behind it."""
    cell = found.cells[key]
    in_view("~".join(key), "roll_up_cell_in_view")
    with st.container(border=True, key="roll_up_cell_parts"):
        st.subheader(plain(cell_name(found.regime, key)), anchor=False)
        if cell.value is None:
            said = [t("roll_up.cell_none")]
        else:
            said = [t("roll_up.cell_sum", value=printed(key, cell.value), counted=cell.counted, units=cell.units)]
        if cell.reported is not None:
            difference = number_text(cell.difference)
            said.append(t("roll_up.cell_reported", reported=printed(key, cell.reported), difference=difference))
        if found.unequal(key):
            said.append(t("roll_up.cell_parts", expected=number_text(found.of_parts(key))))
        if traced := traced_names(found, key, t):
            said.append(traced)
        st.markdown("  \n".join(plain(line) for line in said))
        rows = sorted(found.of(key), key=_order)
        frame = pd.DataFrame(
            {
                "unit": [member.name for member, _ in rows],
                "given": [None if given is None else given.value for _, given in rows],
                "state": [_state(member, given) for member, given in rows],
                "place": [member.place for member, _ in rows],
            }
        )
        columns = {name: t(f"roll_up.column.{name}") for name in frame.columns}
        config = {
            "unit": st.column_config.TextColumn(columns["unit"], width=210, pinned=True),
            "given": st.column_config.NumberColumn(columns["given"], width=110),
        }

        def open_report(row: int) -> None:
            member, given = rows[row]
            report = (given.report_id if given else None) or member.report_id
            if report is None:
                st.toast(t("roll_up.no_report_to_open"), icon=":material/block:")
                return
            figure = given.figure_id if given else None
            open_page("reports", report=report, **({"figure": figure} if figure else {}))

        table(frame, "roll_up_cell", columns, config=config, height=460, on_row=open_report)


def _order(row: tuple[Member, Given | None]) -> tuple[int, float, str]:
    """Counted units by their figures, the largest first; then those without a figure, and those that do not belong."""
    member, given = row
    counted = given is not None and given.status == "counted"
    value = given.value if given is not None and given.value is not None else 0.0
    return 0 if counted else 2 if member.outside else 1, -value, member.name


def _state(member: Member, given: Given | None) -> str:
    if member.state != "counted" or given is None:
        state, remark = state_words(member, t)
        return t("roll_up.with_remark", state=state, remark=remark) if remark else state
    return t(f"roll_up.status.{given.status}")
