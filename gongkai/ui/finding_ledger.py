"""The other side of differs_from_ledger: the row of another office's ledger, as it stands now."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.ledgers import ledger_kinds
from gongkai.catalogue.metrics import metrics
from gongkai.exports.finding_words import details, ledger_words
from gongkai.ui.cells import records
from gongkai.ui.data import query
from gongkai.ui.messages import label, language, plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.table import table

_SHOWN = ("metric_word", "value", "own", "state_word")


def ledger_side(finding: dict[str, Any]) -> None:
    """What the ledger says of the unit in that row, beside the report; nothing for a finding without a ledger."""
    detail = details(finding)
    kind = ledger_kinds().get(detail.get("ledger", ""))
    if kind is None:
        return
    st.subheader(t("findings.ledger.title"), anchor=False)
    about = {"collection": str(finding["collection"]), "kind": kind.code, "year": int(finding["year"])}
    rows = records(query("ledger_rows", **about, agency_id=str(finding["agency_id"])))
    own = [row for row in rows if row["metric"] in finding["metrics"]]
    spoken = "en" if language() == "en" else "zh"
    if not own:
        st.warning(plain(t("findings.ledger.gone", where=ledger_words(detail, language()))))
        return
    held = own[0]
    where = {"ledger": kind.code, "file": str(held["file"]), "row": str(held["row_no"])}
    st.markdown(plain(ledger_words(where, language())))
    st.caption(plain(t("findings.ledger.called", name=held["named"], scope=t(f"filters.scope_name.{held['scope']}"))))
    same = [row for row in rows if row["scope"] == held["scope"]]
    frame = pd.DataFrame(
        {
            "metric_word": [label(metrics()[row["metric"]]) for row in same],
            "value": [row["value"] for row in same],
            "own": [row["own"] for row in same],
            "state_word": [t(f"ledgers.state.{row['state']}") for row in same],
        }
    )
    columns = {name: t(f"ledgers.column.{name}") for name in _SHOWN}
    config = {"metric_word": st.column_config.TextColumn(columns["metric_word"], width=230, pinned=True)}
    table(frame, f"finding_ledger_{finding['finding_key']}", columns, config=config, height=320)
    st.caption(plain(kind.note(spoken)))
    page_link("admin", t("findings.ledger.open"), icon=":material/table_view:", ledgers="list", ledger_kind=kind.code)
