"""The notice's dates of a year, beside the statutory ones: shown, set, taken out again."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from gongkai.catalogue.deadlines import deadlines
from gongkai.catalogue.submissions import ITEMS
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS
from gongkai.store.deadline_book import Concerned, DeadlineBook, DeadlineError
from gongkai.ui.actor import actor as acting
from gongkai.ui.coverage_actions import say
from gongkai.ui.coverage_data import Chosen
from gongkai.ui.data import workspace
from gongkai.ui.messages import language, plain, t
from gongkai.ui.table import table


def deadline_section(chosen: Chosen) -> None:
    """The section."""
    st.subheader(t("coverage.deadline.title", year=chosen.year), anchor=False)
    book = DeadlineBook(workspace())
    stands = book.standing(chosen.collection, chosen.year)
    table(_all(stands, chosen.year), "coverage_deadlines", {name: t(f"coverage.deadline.{name}") for name in _SHOWN})
    if not acting():
        return
    with st.expander(t("coverage.deadline.edit"), icon=":material/edit_calendar:"):
        _set(chosen, book)
        for whom, day in stands.items():
            _take_out(chosen, book, whom, day)


_SHOWN = ("item", "whom", "date", "source")


def _all(stands: dict[Concerned, date], year: int) -> pd.DataFrame:
    """The notice's dates, then those of the law."""
    spoken = "en" if language() == "en" else "zh"
    rows = [
        (t(f"coverage.item_short.{whom.item}"), words(whom), f"{day:%Y-%m-%d}", t("coverage.deadline.notice"))
        for whom, day in stands.items()
    ]
    rows += [
        (
            t(f"coverage.item_short.{one.item}"),
            f"{_several('level', one.levels, AGENCY_LEVELS)} · {_several('kind', one.kinds, AGENCY_KINDS)}",
            f"{one.on(year):%Y-%m-%d}",
            one.source(spoken),
        )
        for one in deadlines()
        if one.first <= year <= one.last
    ]
    return pd.DataFrame(rows, columns=list(_SHOWN))


def words(whom: Concerned) -> str:
    """Whom a date of the notice concerns."""
    level = t(f"filters.level_name.{whom.level}") if whom.level else t("coverage.deadline.all_levels")
    return f"{level} · {t(f'filters.kind_name.{whom.kind}') if whom.kind else t('coverage.deadline.all_kinds')}"


def _several(field: str, codes: tuple[str, ...], known: tuple[str, ...]) -> str:
    if codes == known:
        return t(f"coverage.deadline.all_{field}s")
    return t("filters.list_separator").join(t(f"filters.{field}_name.{code}") for code in codes)


def _set(chosen: Chosen, book: DeadlineBook) -> None:
    with st.form("deadline_set", clear_on_submit=False):
        first, second, third, fourth = st.columns(4)
        item = first.selectbox(
            t("coverage.deadline.item"),
            ITEMS,
            index=ITEMS.index(chosen.item),
            format_func=lambda code: t(f"coverage.item_short.{code}"),
            placeholder=t("filters.choose"),
        )
        level = second.selectbox(
            t("filters.level"),
            ["", *AGENCY_LEVELS],
            format_func=lambda code: t(f"filters.level_name.{code}") if code else t("coverage.deadline.all_levels"),
            placeholder=t("filters.choose"),
        )
        kind = third.selectbox(
            t("filters.kind"),
            ["", *AGENCY_KINDS],
            format_func=lambda code: t(f"filters.kind_name.{code}") if code else t("coverage.deadline.all_kinds"),
            placeholder=t("filters.choose"),
        )
        day = fourth.date_input(t("coverage.deadline.date"), value=date(chosen.year + 1, 1, 31), format="YYYY-MM-DD")
        reason = st.text_input(
            t("reports.decide.reason"), placeholder=t("coverage.deadline.reason_placeholder"), max_chars=300
        ).strip()
        sent = st.form_submit_button(t("coverage.deadline.set"), type="primary")
    if not sent:
        return
    if not reason:
        st.error(t("reports.decide.reason_missing"))
    elif isinstance(day, date):
        _change(chosen, book, Concerned(chosen.year, item, level, kind), day, reason)


def _take_out(chosen: Chosen, book: DeadlineBook, whom: Concerned, day: date) -> None:
    label = t(
        "coverage.deadline.take_out", item=t(f"coverage.item_short.{whom.item}"), whom=words(whom), day=day.isoformat()
    )
    key = f"deadline_{whom.item}_{whom.level}_{whom.kind}"
    with st.popover(label, icon=":material/event_busy:", key=key), st.form(f"{key}_form", border=False):
        reason = st.text_input(t("reports.decide.reason"), max_chars=300).strip()
        if not st.form_submit_button(t("coverage.deadline.out")):
            return
        if not reason:
            st.error(t("reports.decide.reason_missing"))
            return
        _change(chosen, book, whom, None, reason)


def _change(chosen: Chosen, book: DeadlineBook, whom: Concerned, day: date | None, reason: str) -> None:
    try:
        book.change(chosen.collection, {whom: day}, acting(), reason)
    except DeadlineError as error:
        st.error(plain(error))
        return
    say(t("coverage.deadline.done"))
    st.rerun()
