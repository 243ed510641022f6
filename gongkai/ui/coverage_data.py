"""What 报送进度 looks at: whose units, of which year, which item; and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.submissions import ITEMS, STATES
from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from gongkai.ui import peers
from gongkai.ui.address import choose, choose_one
from gongkai.ui.cells import present, records
from gongkai.ui.data import collection_name, query
from gongkai.ui.filters import Filters
from gongkai.ui.messages import t

ALL_SCOPES = "all"
_ON = "on"


def today() -> date:
    """The day that lateness counts from: the real one, or that of the address (`on`), to look back."""
    try:
        return date.fromisoformat(st.query_params.get(_ON, ""))
    except ValueError:
        return date.today()


def state_word(code: str) -> str:
    """A state in the session's language."""
    return t(f"submissions.state.{code}")


@dataclass(frozen=True)
class Chosen:
    """A collection's item of a year, as far as the filters leave it; `day` is today."""

    collection: str
    year: int
    item: str
    scope: str
    filters: Filters
    day: date

    @property
    def narrowed(self) -> bool:
        """Whether the filters leave units out."""
        held = self.filters
        return bool(held.province or held.city or held.levels or held.kinds) or self.scope != ALL_SCOPES

    def words(self) -> str:
        """What is chosen, in a line: for what is taken away."""
        held = self.filters
        parts = [
            collection_name(self.collection),
            t("coverage.of_year", year=self.year),
            t(f"coverage.item_short.{self.item}"),
            held.city or held.province or t("filters.everywhere"),
            *([] if self.scope == ALL_SCOPES else [t(f"filters.scope_name.{self.scope}")]),
            *(t(f"filters.level_name.{level}") for level in held.levels),
            *(t(f"filters.kind_name.{kind}") for kind in held.kinds),
            *([peers.name(held.group)] if held.group else []),
            *([] if self.confirmed else [t("coverage.list.not_confirmed", year=self.year)]),
        ]
        return " · ".join(parts)

    def place(self) -> dict[str, Any]:
        """The filters as parameters of the queries."""
        held = self.filters
        named = {"province": held.province, "city": held.city}
        return {**named, "levels": list(held.levels), "kinds": list(held.kinds), "peers": held.peers or None}

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of the query `submissions`."""
        return query(
            "submissions",
            collection=self.collection,
            year=self.year,
            item=self.item,
            today=self.day,
            scope="" if self.scope == ALL_SCOPES else self.scope,
            **self.place(),
        )

    @cached_property
    def due(self) -> pd.DataFrame:
        """Those rows that are on the list (or on the proposed one)."""
        return self.rows[self.rows["due"].astype(bool)]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of those due are in each state."""
        found = self.due["state"].value_counts()
        return {state: int(found.get(state, 0)) for state in STATES}

    @cached_property
    def about(self) -> dict[str, Any]:
        """What is known of the year's list: the row of the query `submission_years`; empty for none."""
        return next((row for row in years_held(self.collection) if row["year"] == self.year), {})

    @property
    def confirmed(self) -> bool:
        """Whether the year's list is confirmed."""
        return bool(self.about.get("confirmed", False))


def years_held(collection: str) -> list[dict[str, Any]]:
    """The years of a collection that have a list, reports or events, oldest first."""
    rows = records(query("submission_years", collection=collection))
    return [row for row in rows if present(row["year"])]


def usual_year(held: list[dict[str, Any]], day: date) -> int:
    """The year that is collected now: the last one, or where nobody works on it, the latest that holds something."""
    current = day.year - 1
    known = [int(row["year"]) for row in held]
    return current if current in known or not known else max(known)


def choose_what(collection: str, filters: Filters) -> Chosen:
    """The controls of the page."""
    day = today()
    held = years_held(collection)
    known = {int(row["year"]) for row in held} | {usual_year(held, day), day.year - 1}
    years = [str(year) for year in sorted(known, reverse=True) if FIRST_YEAR <= year <= LAST_YEAR]
    first, second, third = st.columns([1, 2, 2], vertical_alignment="bottom")
    with first:
        usual = str(usual_year(held, day))
        year = choose(
            "coverage", "for_year", t("coverage.year"), years, usual, lambda code: t("coverage.of_year", year=code)
        )
    with second:
        item = choose_one(
            "coverage", "item", t("coverage.item"), ITEMS, ITEMS[0], lambda code: t(f"coverage.item_short.{code}")
        )
    with third:
        scopes = (ALL_SCOPES, "whole", "organ")
        scope = choose_one(
            "coverage",
            "of_scope",
            t("filters.scope"),
            scopes,
            ALL_SCOPES,
            lambda code: t("filters.all") if code == ALL_SCOPES else t(f"filters.scope_name.{code}"),
        )
    return Chosen(collection, int(year), item, scope, filters, day)
