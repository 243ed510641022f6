"""My queue: what waits for a decision, changed versions first; one click each, or many at once."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from gongkai.ui.actor import ask_actor
from gongkai.ui.address import choose_one
from gongkai.ui.cells import day, present, records, standing_reason
from gongkai.ui.coverage_actions import AT_ONCE, asked, buttons, enter, offered
from gongkai.ui.coverage_data import Chosen, state_word
from gongkai.ui.coverage_head import ways
from gongkai.ui.data import query, version
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.table import table

A_PAGE = 10
_PAGE = "coverage_queue_page"

QUEUES = ("waiting", "passed", "published", "corrected", "returned", "missing", "filed")
"""In the order of what is to be done; the first that holds somebody is shown."""


def queue(chosen: Chosen) -> None:
    """The section."""
    unconfirmed(chosen)
    counts = {state: int((chosen.rows["state"] == state).sum()) for state in QUEUES}
    held = [state for state in QUEUES if counts[state]]
    if not held:
        st.info(t("coverage.queue.nothing"), icon=":material/task_alt:")
        return
    state = choose_one(
        "coverage",
        "queue",
        t("coverage.queue.which"),
        held,
        held[0],
        lambda code: f"{state_word(code)} {counts[code]:,}",
    )
    rows = in_order(chosen.rows[chosen.rows["state"] == state])
    actor = ask_actor()
    _lines(chosen, rows, state, actor)
    if actor and len(rows) > 1:
        _bulk(chosen, rows, state, actor)


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Changed versions first, then what waits longest; ties in the order of the list."""
    return rows.sort_values(["fresh", "since"], ascending=[False, True], kind="stable", na_position="last")


def _lines(chosen: Chosen, rows: pd.DataFrame, state: str, actor: str) -> None:
    """A page of units, each with its buttons."""
    pages = -(-len(rows) // A_PAGE)
    key = f"{_PAGE}_{state}"
    page = min(int(st.session_state.get(key, 0)), pages - 1)
    with st.container(border=True, key="coverage_queue_lines"):
        for row in records(rows.iloc[page * A_PAGE : (page + 1) * A_PAGE]):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                with st.container(gap=None, width="stretch"):
                    st.markdown(title(row))
                    st.caption(about(row))
                links(chosen, row)
                if actor:
                    buttons(chosen, row, actor, "queue")
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            for step, name in ((-1, "previous"), (1, "next")):
                st.button(
                    t(f"coverage.queue.{name}"),
                    key=f"coverage_queue_{name}",
                    disabled=not 0 <= page + step < pages,
                    on_click=_turn,
                    args=(key, page + step),
                )
            st.caption(t("coverage.queue.page", page=page + 1, pages=pages, count=f"{len(rows):,}"))


def _turn(key: str, page: int) -> None:
    st.session_state[key] = page


def title(row: dict[str, object]) -> str:
    """A unit's name, with a mark for a changed version, for one that is late and for one that nobody asked."""
    text = f"**{plain(row['agency'])}**"
    if row["fresh"]:
        text += f" :orange-badge[{t('coverage.mark.fresh')}]"
    if present(row["late_days"]) and int(str(row["late_days"])) > 0:
        text += f" :red-badge[{t('coverage.mark.late', days=row['late_days'])}]"
    if not row["due"]:
        text += f" :gray-badge[{t('coverage.mark.unasked')}]"
    return text


def about(row: dict[str, object]) -> str:
    """What is known of a unit's submission, in a line."""
    parts = [str(row["city"]) if present(row["city"]) else "", state_word(str(row["state"]))]
    if since := day(row["since"]):
        parts.append(t("coverage.line.since", day=since))
    if row["versions"]:
        parts.append(t("coverage.line.versions", count=row["versions"]))
    if row["returns"]:
        parts.append(t("coverage.line.returns", count=row["returns"]))
    if row["unconfirmed"]:
        parts.append(t("coverage.line.unconfirmed", count=row["unconfirmed"]))
    parts += [str(row[name]) for name in ("contact", "telephone") if present(row[name])]
    return plain(" · ".join(filter(None, parts)))


def links(chosen: Chosen, row: dict[str, object]) -> None:
    """The ways to the report, to what changed in it, and to the unit's trail."""
    if present(row["report_id"]):
        page_link("reports", t("coverage.line.open"), icon=":material/description:", report=str(row["report_id"]))
        if "returned" in offered(str(row["state"]), chosen.item):
            page_link(
                "findings", t("coverage.line.opinion"), icon=":material/reply:", **{"return": str(row["report_id"])}
            )
        if row["fresh"]:
            versions = query(
                "submission_versions", collection=chosen.collection, agency_id=row["agency_id"], year=chosen.year
            )
            before = before_of(versions, str(row["report_id"]))
            if before:
                page_link(
                    "reports",
                    t("coverage.line.compare"),
                    icon=":material/difference:",
                    report=str(row["report_id"]),
                    against=before,
                )
    page_link(
        "coverage", t("coverage.line.trail"), icon=":material/history:", **ways(chosen, agency=str(row["agency_id"]))
    )


def before_of(versions: pd.DataFrame, report_id: str) -> str:
    """The version that came before a unit's version, among those that count; "" for none."""
    counting = versions[versions["standing"].isin(["current", "superseded"])]
    others = [str(id_) for id_ in counting["report_id"] if id_ != report_id]
    return others[-1] if others else ""


def _bulk(chosen: Chosen, rows: pd.DataFrame, state: str, actor: str) -> None:
    """Many units at once: tick them, say what happened."""
    with st.expander(t("coverage.bulk.title"), icon=":material/library_add_check:"):
        shown = pd.DataFrame(
            {
                "agency": rows["agency"],
                "city": rows["city"],
                "since": [day(value) for value in rows["since"]],
                "versions": rows["versions"],
                "fresh": [t("coverage.mark.fresh") if fresh else None for fresh in rows["fresh"]],
                "late_days": rows["late_days"],
            }
        )
        columns = {name: t(f"coverage.column.{name}") for name in shown.columns}
        config = {"agency": st.column_config.TextColumn(columns["agency"], width=260, pinned=True)}
        # Ticks stay with positions: other rows after every decision and every arrival, so another table.
        now = version()
        key = f"coverage_bulk_{state}_{now.generation}_{now.decisions}"
        picked = table(shown, key, columns, config=config, height=360, ticked=True)
        if not picked:
            st.caption(t("coverage.bulk.tick"))
            return
        events = offered(state, chosen.item)
        event = choose_one(
            "coverage", "bulk", t("coverage.bulk.what"), events, events[0], lambda code: t(f"coverage.event.{code}")
        )
        chosen_rows = records(rows.iloc[picked])
        st.markdown(t("coverage.bulk.of", count=f"{len(picked):,}", event=t(f"coverage.event.{event}")))
        if event in AT_ONCE:
            if st.button(
                t("coverage.bulk.do", count=f"{len(picked):,}"), type="primary", key="coverage_bulk_do"
            ) and enter(chosen, chosen_rows, event, chosen.day, actor, t(f"coverage.reason.{event}")):
                st.rerun()
        elif asked(chosen, chosen_rows, event, actor, "coverage_bulk"):
            st.rerun()


def unconfirmed(chosen: Chosen) -> None:
    """Versions that may be of this year but do not count yet, since it is not sure whose they are."""
    if chosen.item != "report":
        return
    waiting = query("submission_unconfirmed", collection=chosen.collection, year=chosen.year)
    if waiting.empty:
        return
    with st.expander(t("coverage.unconfirmed.title", count=f"{len(waiting):,}"), icon=":material/help:"):
        st.caption(t("coverage.unconfirmed.help"))
        for row in records(waiting.head(A_PAGE)):
            name = str(row["agency"]) if present(row["agency"]) else t("coverage.unconfirmed.nobody")
            text = f"{name} · {row['source']} · {standing_reason(row['reason'])}"
            page_link("reports", plain(text), icon=":material/description:", report=str(row["report_id"]))
        if len(waiting) > A_PAGE:
            page_link("reports", t("coverage.unconfirmed.all"), icon=":material/pending_actions:", show="quarantined")
