"""报送进度 at a glance: whether the list is confirmed, by when, how many are how far, and where."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.deadlines import deadlines
from gongkai.catalogue.submissions import STATES
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS
from gongkai.charts.bars import composition
from gongkai.charts.strip import COLOURS
from gongkai.ui.address import turn
from gongkai.ui.cards import Card, cards
from gongkai.ui.cells import present
from gongkai.ui.chart import chart
from gongkai.ui.coverage_data import Chosen, state_word
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import page_link

ORDER = ("filed", "corrected", "published", "passed", "waiting", "returned", "missing")
"""The parts of a bar: what is done grows from the left."""


def status(chosen: Chosen) -> None:
    """Whether the list is confirmed, and the dates, each with who is still missing."""
    if chosen.confirmed:
        about = chosen.about
        st.caption(
            plain(t("coverage.list.confirmed", actor=about["actor"], day=f"{pd.Timestamp(about['made']):%Y-%m-%d}"))
        )
    elif len(chosen.due):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(
                t("coverage.list.proposed", year=chosen.year, count=f"{len(chosen.due):,}"), icon=":material/rule:"
            )
            page_link("coverage", t("coverage.list.confirm"), icon=":material/checklist:", **ways(chosen, view="lists"))
    lines, sources = date_lines(chosen)
    for column, key in zip(st.columns(2), ("notice", "law"), strict=True):
        if lines[key]:
            articles = "\n\n".join(map(plain, sources)) if key == "law" else ""
            column.markdown("  \n".join(lines[key]), help=articles or None)


def ways(chosen: Chosen, **parameters: str) -> dict[str, str]:
    """The parameters of a link to this page that keeps what is chosen."""
    kept = {
        name: st.query_params[name]
        for name in ("for_year", "item", "of_scope", "on", "register")
        if name in st.query_params
    }
    return {**kept, **parameters}


def date_lines(chosen: Chosen) -> tuple[dict[str, list[str]], list[str]]:
    """A line per date of the notice (`notice`) and of the law (`law`), from the rows that are due: how many of whom are
    missing still; and the articles of the law."""
    spoken = "en" if language() == "en" else "zh"
    sources = {(one.item, one.on(chosen.year)): one.source(spoken) for one in deadlines()}
    lines: dict[str, list[str]] = {"notice": [], "law": []}
    cited: list[str] = []
    for column, key in (("due_on", "notice"), ("statutory_on", "law")):
        dated = chosen.due.dropna(subset=[column])
        for day, rows in dated.groupby(column):
            on = pd.Timestamp(str(day)).date()
            left = (on - chosen.day).days
            missing = int((rows["state"] == "missing").sum())
            when = t("coverage.date.left" if left >= 0 else "coverage.date.over", days=f"{abs(left):,}")
            if left == 0:
                when = t("coverage.date.today")
            if key == "law" and (chosen.item, on) in sources:
                cited.append(sources[chosen.item, on])
            colour = "red" if left < 0 and missing else "orange" if left <= 7 and missing else "gray"
            text = t(f"coverage.date.{key}", day=f"{on:%Y-%m-%d}", units=f"{len(rows):,}", missing=f"{missing:,}")
            lines[key].append(f"{plain(text)} :{colour}-badge[{when}]")
    return lines, cited


def numbers(chosen: Chosen) -> None:
    """The big numbers: who is due, who sent something, and how far those are."""
    due, counted = len(chosen.due), chosen.counts
    received = due - counted["missing"]
    late = chosen.due[(chosen.due["state"] == "missing") & (chosen.due["late_days"].fillna(0) > 0)]
    fresh = int(chosen.due.loc[chosen.due["state"] == "waiting", "fresh"].sum())
    notes = {
        "missing": t("coverage.card.late", count=f"{len(late):,}") if len(late) else "",
        "waiting": t("coverage.card.fresh", count=f"{fresh:,}") if fresh else "",
    }
    by_state = [
        Card(state_word(state), f"{counted[state]:,}", notes.get(state) or _share(counted[state], due))
        for state in STATES
    ]
    cards(
        [
            Card(t("coverage.card.due"), f"{due:,}", _outside(chosen)),
            Card(t("coverage.card.received"), f"{received:,}", _share(received, due)),
            by_state[0],
        ]
    )
    cards(by_state[1:])
    st.caption(t("coverage.card.adds_up"))


def _share(part: int, whole: int) -> str:
    return t("coverage.card.share", percent=f"{100 * part / whole:.1f}") if whole else "—"


def _outside(chosen: Chosen) -> str:
    unasked = len(chosen.rows) - len(chosen.due)
    return t("coverage.card.outside", count=f"{unasked:,}") if unasked else t("coverage.card.by_list")


def bars(chosen: Chosen) -> None:
    """A bar per city and per level and kind."""
    left, right = st.columns(2, gap="large")
    parts = {state: state_word(state) for state in ORDER if chosen.counts[state]}
    colours = [COLOURS[state] for state in parts]
    by = "county" if chosen.filters.city else "city"
    with left:
        st.subheader(t(f"coverage.by.{by}"), anchor=False)
        frame = grouped(chosen.due, by)
        chart(
            composition(_named(frame, by), parts, "", language(), colours),
            f"coverage_by_{by}_{language()}",
            t(f"coverage.by.{by}"),
            _to_city if by == "city" else None,
        )
    with right:
        st.subheader(t("coverage.by.sort"), anchor=False)
        frame = grouped(chosen.due, "sort")
        chart(
            composition(_named(frame, "sort"), parts, "", language(), colours),
            f"coverage_by_sort_{language()}",
            t("coverage.by.sort"),
        )


def grouped(due: pd.DataFrame, by: str) -> pd.DataFrame:
    """key, part (state), value, size: how many of each group are in each state; groups in the order of the rows, or by
    level and kind."""
    keyed = due.assign(key=_sorts(due) if by == "sort" else due[by].fillna(""))
    counted = keyed.groupby(["key", "state"], sort=False).size().reset_index(name="value")
    sizes = keyed.groupby("key").size()
    found = counted.rename(columns={"state": "part"}).assign(size=counted["key"].map(sizes))
    if by != "sort":
        return found
    order = {f"{level} {kind}": place for place, (level, kind) in enumerate(_pairs())}
    return found.sort_values("key", key=lambda keys: keys.map(lambda key: order.get(key, len(order))), kind="stable")


def _pairs() -> list[tuple[str, str]]:
    return [(level, kind) for level in AGENCY_LEVELS for kind in AGENCY_KINDS]


def _sorts(due: pd.DataFrame) -> list[str]:
    return [
        f"{level if present(level) else ''} {kind if present(kind) else ''}"
        for level, kind in zip(due["level"], due["kind"], strict=True)
    ]


def _named(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """The groups in words, each with its size."""
    names = [
        t("coverage.by.group", name=_group(key, by), count=f"{size:,}")
        for key, size in zip(frame["key"], frame["size"], strict=True)
    ]
    return frame.assign(group=names, agency_id=frame["key"] if by == "city" else "")


def _group(key: str, by: str) -> str:
    if by != "sort":
        return key or t("coverage.by.no_city" if by == "city" else "coverage.by.no_county")
    level, _, kind = key.partition(" ")
    words: list[Any] = [
        t(f"filters.level_name.{level}") if level else t("agency.no_level"),
        t(f"filters.kind_name.{kind}") if kind else t("agency.no_kind"),
    ]
    return "·".join(words)


def _to_city(city: str) -> None:
    """Narrow the filters to a city that was clicked."""
    if st.query_params.get("city") != city:
        turn(city=city)
        st.rerun()
