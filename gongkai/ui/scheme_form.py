"""A scheme of a composite index: made, changed, deleted and undone, each step signed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from gongkai.catalogue.indicators import indicators
from gongkai.store.named import LONGEST_NAME, NamedError
from gongkai.store.schemes import Scheme, SchemeError, Schemes, SchemeStep, weighable
from gongkai.ui.actor import ask_actor
from gongkai.ui.address import turn
from gongkai.ui.composite_words import name_of
from gongkai.ui.data import workspace
from gongkai.ui.measures import definition, label
from gongkai.ui.messages import language, plain, t
from gongkai.ui.named_history import attempt, show_history

SCHEME = "scheme"
"""The parameter of the address that names a scheme by its number."""

_STEP = 5.0
_MOST = 100.0


def scheme_section(collection: str, scheme: Scheme | None) -> None:
    """Where the scheme on the screen is changed, or (null) one is begun; and those that were deleted."""
    word = t("composite.form.change") if scheme else t("composite.form.add")
    with st.expander(word, icon=":material/tune:", expanded=scheme is None):
        actor = ask_actor("scheme_actor")
        if actor:
            _edit(collection, scheme, actor)
        if scheme is not None:
            st.button(
                t("composite.form.another"), on_click=turn, kwargs={SCHEME: ""}, key="scheme_new", icon=":material/add:"
            )
            _history(scheme.id, actor)
    gone = Schemes(workspace()).deleted(collection)
    if gone and scheme is None:
        with st.expander(t("composite.form.deleted", count=len(gone)), icon=":material/restore_from_trash:"):
            actor = ask_actor("scheme_gone_actor") if st.session_state.get("actor") else ""
            for each in gone:
                st.markdown(f"**{plain(each.name)}**")
                _history(each.id, actor)


def _edit(collection: str, scheme: Scheme | None, actor: str) -> None:
    number = scheme.id if scheme else 0
    with st.form(f"scheme_form_{number}", border=False):
        name = st.text_input(
            t("composite.form.name"),
            value=scheme.name if scheme else "",
            max_chars=LONGEST_NAME,
            key=f"scheme_name_{number}",
        )
        st.caption(t("composite.form.weights_about"))
        weights: dict[str, float] = {}
        columns = st.columns(2)
        for position, code in enumerate(weighable()):
            measure = indicators()[code]
            judgement = measure.judgement
            direction = judgement.direction if judgement else "neither"
            caveat = judgement.caveat(language()) if judgement else ""
            with columns[position % 2]:
                weights[code] = st.number_input(
                    t("composite.form.weight", name=label(measure), direction=t(f"guide.direction.{direction}")),
                    min_value=0.0,
                    max_value=_MOST,
                    step=_STEP,
                    value=scheme.weights.get(code, 0.0) if scheme else 0.0,
                    format="%g",
                    key=f"scheme_weight_{number}_{code}",
                    help=plain(f"{definition(measure)} {caveat}"),
                )
        reason = st.text_input(t("reports.decide.reason"), max_chars=300, key=f"scheme_reason_{number}")
        sent = st.form_submit_button(t("composite.form.save"), icon=":material/save:")
    if not sent:
        return
    if not reason.strip():
        st.error(t("reports.decide.reason_missing"))
        return
    try:
        saved = Schemes(workspace()).save(collection, name, weights, actor, reason, scheme.id if scheme else None)
    except SchemeError as error:
        st.error(_wrong(error) if error.reason else plain(error))
        return
    _open(str(saved))


def _history(number: int, actor: str) -> None:
    kept = Schemes(workspace())
    show_history(
        f"scheme_{number}",
        kept.history(number),
        _said,
        actor,
        lambda step, reason: _do(partial(kept.undo, number, step.id, actor, reason), number),
        (lambda reason: _do(partial(kept.delete, number, actor, reason), number)) if kept.find(number) else None,
    )


def _said(step: SchemeStep) -> str:
    weights = t("filters.list_separator").join(f"{name_of(code)} {weight:g}" for code, weight in step.weights.items())
    return t(f"composite.form.event.{step.event}", name=step.name, weights=weights)


def _do(work: Callable[[], None], number: int) -> None:
    """Make an entry, and show the scheme as it stands then; the list where it stands no longer."""
    if attempt(work, _wrong):
        _open(str(number) if Schemes(workspace()).find(number) else "")


def _open(number: str) -> None:
    turn(**{SCHEME: number})
    st.rerun()


def _wrong(error: NamedError) -> str:
    return t(f"composite.wrong.{error.reason}", most=LONGEST_NAME)
