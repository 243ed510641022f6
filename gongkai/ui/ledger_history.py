"""Which ledgers of a kind were taken in, by whom and why, what of each still counts; each may be taken back."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import streamlit as st

from gongkai.store.ledger_book import LedgerBook, LedgerError, LedgerImport
from gongkai.ui.actor import ask_actor
from gongkai.ui.cells import moment
from gongkai.ui.coverage_actions import say
from gongkai.ui.data import workspace
from gongkai.ui.messages import plain, t

_MOST = 50


def ledger_history(collection: str, kind: str) -> None:
    """The imports of all years, the latest first."""
    found = [one for one in LedgerBook(workspace()).imports(collection) if one.kind == kind]
    st.subheader(t("ledgers.history.title"), anchor=False)
    if not found:
        st.caption(t("ledgers.history.none"))
        return
    if len(found) > _MOST:
        st.caption(t("ledgers.history.limited", count=_MOST, total=f"{len(found):,}"))
    for one in list(reversed(found))[:_MOST]:
        with st.container(border=True):
            _entry(collection, one)


def _entry(collection: str, one: LedgerImport) -> None:
    counted = {name: f"{getattr(one, name):,}" for name in ("figures", "units", "standing")}
    st.markdown(f"**{plain(t('ledgers.history.entry', year=one.year, file=one.file, **counted))}**")
    st.caption(plain(t("ledgers.history.by", at=_when(one.at), actor=one.actor, reason=one.reason)))
    if one.undone is not None:
        gone = {"at": _when(one.undone["at"]), "actor": one.undone["actor"], "reason": one.undone["reason"]}
        st.caption(plain(t("ledgers.history.undone", **gone)))
        return
    if one.standing < one.figures:
        st.caption(t("ledgers.history.standing" if one.standing else "ledgers.history.replaced", **counted))
    _take_back(collection, one)


def _take_back(collection: str, one: LedgerImport) -> None:
    key = f"ledger_undo_{one.batch}"
    with st.popover(t("ledgers.history.undo"), icon=":material/undo:", key=key):
        actor = ask_actor(f"{key}_actor")
        if not actor:
            return
        with st.form(f"{key}_form", border=False):
            st.caption(t("ledgers.history.undo_help"))
            reason = st.text_input(t("reports.decide.reason"), max_chars=300).strip()
            sent = st.form_submit_button(t("ledgers.history.undo"))
        if sent and not reason:
            st.error(t("reports.decide.reason_missing"))
        elif sent:
            # Where somebody else was faster, what is shown next says who.
            with suppress(LedgerError):
                LedgerBook(workspace()).undo(collection, one.batch, actor, reason)
                say(t("ledgers.history.taken_back", file=plain(one.file)))
            st.rerun()


def _when(at: str) -> str:
    return moment(datetime.fromisoformat(at))
