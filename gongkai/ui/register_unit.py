"""One unit of the register: what is known of it, what was changed in it, and the way out of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from gongkai.agencies.naming import agency_id
from gongkai.agencies.register import Unit, problems
from gongkai.store.register_book import RegisterBook
from gongkai.ui.actor import ask_actor
from gongkai.ui.data import workspace
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.register_data import REGISTER, code_word, labels
from gongkai.ui.register_form import Given, form, result
from gongkai.ui.register_history import history
from gongkai.ui.register_list import NEW
from gongkai.ui.register_publish import keep

_OPENED = "register_opened"
"""In the session: the unit whose page is open, and the latest change of it that this person has seen."""


def register_unit(collection: str, opened: str, known: Sequence[Unit]) -> None:
    """The page of the unit `opened` (out of the address, so it may be anything), or of one that is entered anew."""
    page_link(
        "admin",
        t("admin.unit.back"),
        icon=":material/arrow_back:",
        **{REGISTER: st.query_params.get(REGISTER, "")},
    )
    unit = next((unit for unit in known if unit.id == opened), None)
    past = RegisterBook(workspace()).history(collection, opened)
    latest = past[-1].revision if past else 0
    seen = st.session_state.get(_OPENED)
    if seen and seen[0] == opened and seen[1] < latest:
        # The form starts anew from what somebody else entered since; what stood in it is gone.
        st.warning(plain(t("admin.unit.changed_meanwhile", actor=past[-1].actor)), icon=":material/group:")
    st.session_state[_OPENED] = (opened, latest)
    if unit is None and opened != NEW:
        key = "admin.unit.removed" if past else "admin.unit.unknown"
        st.warning(plain(t(key, id=opened)), icon=":material/help:")
        history(past, known)
        return
    st.subheader(plain(unit.name) if unit else t("admin.list.add"), anchor=False)
    if unit:
        _about(unit, known, collection)
    actor = ask_actor()
    if actor:
        _edit(collection, unit, known, actor)
        if unit:
            _removal(collection, unit, known, actor)
    if unit:
        history(past, known)


def _about(unit: Unit, known: Sequence[Unit], collection: str) -> None:
    place = " ".join(filter(None, (unit.province, unit.city, unit.county)))
    below = sum(other.parent == unit.id for other in known)
    facts = [code_word("level", unit.level), code_word("kind", unit.kind), place]
    if below:
        facts.append(t("admin.unit.below", count=f"{below:,}"))
    st.markdown(plain(" · ".join(filter(None, facts))))
    page_link("agency", t("admin.unit.profile"), icon=":material/monitoring:", agency=unit.id, collection=collection)


def _edit(collection: str, unit: Unit | None, known: Sequence[Unit], actor: str) -> None:
    given = form(unit, known)
    if given is None:
        return
    found = result(unit, given)
    after = [found if other.id == found.id else other for other in known]
    taken = unit is None and any(other.id == agency_id(found.name, found.province) for other in known)
    if unit is None:
        found = replace(found, id=agency_id(found.name, found.province))
        after = [*known, found]
    if _refused(given, unit, found, known, after, taken):
        return
    if unit == found:
        st.info(t("admin.unit.unchanged"))
    elif keep(collection, after, actor, given.reason):
        st.query_params["unit"] = found.id
        st.session_state.pop(_OPENED, None)
        st.rerun()


def _refused(
    given: Given, unit: Unit | None, found: Unit, known: Sequence[Unit], after: Sequence[Unit], taken: bool
) -> bool:
    """Say at each field what is wrong with it; return whether anything is."""
    names = labels(known)
    said = [(field, t("admin.wrong.empty")) for field in ("name", "level", "kind") if not getattr(found, field)]
    if taken:
        said.append(("name", t("admin.wrong.twice", value=plain(found.name), where=t("admin.wrong.in_register"))))
    elif unit is not None and found.name != unit.name and given.renamed_from is None and not given.spelling:
        said.append(("name", t("admin.unit.renamed_missing")))
    if not taken:
        standing = set(problems(known))
        for one in problems(after):
            if one in standing:
                continue
            # Of two units that cannot both be, the other one may be complained about.
            about = one.other if one.unit == found.id else one.unit
            value, where = plain(names.get(about or "", found.name)), t("admin.wrong.in_register")
            said.append((one.field, t(f"admin.wrong.{one.reason}", value=value, where=where)))
    if not given.reason:
        said.append(("reason", t("reports.decide.reason_missing")))
    for field, text in said:
        given.slots[field].error(text)
    return bool(said)


def _removal(collection: str, unit: Unit, known: Sequence[Unit], actor: str) -> None:
    with st.popover(t("admin.unit.remove"), icon=":material/scan_delete:"):
        st.caption(t("admin.unit.remove_help"))
        with st.form("register_remove", border=False):
            reason = st.text_input(t("reports.decide.reason"), max_chars=300)
            sent = st.form_submit_button(t("admin.unit.remove"))
        if not sent:
            return
        after = [other for other in known if other.id != unit.id]
        names = labels(known)
        left = [names[one.unit] for one in problems(after) if one.other == unit.id]
        if not reason.strip():
            st.error(t("reports.decide.reason_missing"))
        elif left:
            shown = t("filters.list_separator").join(left[:5])
            st.error(plain(t("admin.unit.remove_named", count=len(left), names=shown)))
        elif keep(collection, after, actor, reason.strip()):
            st.rerun()
