"""The files that the last ingest could not read: why, in words, and what to do."""

from __future__ import annotations

import streamlit as st

from gongkai.ui.cells import moment
from gongkai.ui.data import query
from gongkai.ui.messages import t
from gongkai.ui.table import export_button, table
from gongkai.ui.upload import why

_COLUMNS = ("source", "why", "finished", "actor")


def failures() -> None:
    """A section with the last run's failures; nothing where there are none."""
    found = query("ingest_failures")
    if found.empty:
        return
    shown = found.assign(
        why=[why(reason, message) for reason, message in zip(found["reason"], found["message"], strict=True)],
        finished=[moment(finished.to_pydatetime()) for finished in found["finished"]],
    )
    names = {
        "source": t("reports.failures.file"),
        "why": t("reports.failures.reason"),
        "finished": t("reports.failures.finished"),
        "actor": t("reports.failures.actor"),
    }
    with st.expander(t("reports.failures.count", count=len(found)), icon=":material/report:"):
        table(
            shown,
            "failures_table",
            {name: names[name] for name in _COLUMNS},
            config={
                "source": st.column_config.TextColumn(names["source"], width=220),
                "why": st.column_config.TextColumn(names["why"], width=620),
            },
        )
        export_button(
            shown,
            "failures_export",
            t("reports.failures.export_title"),
            {**names, "message": t("reports.failures.message")},
        )
