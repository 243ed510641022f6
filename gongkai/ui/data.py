"""The pages' only way to the store: named queries, cached by workspace, generation and decisions, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace, open_workspace
from gongkai.ui.messages import language


@dataclass(frozen=True, slots=True)
class Version:
    """Which data a page shows: the workspace, its published generation (0: none yet), and the decisions over it."""

    workspace: str
    generation: int
    decisions: int


def workspace() -> Workspace:
    """The workspace that the dashboard serves."""
    return open_workspace()


def version() -> Version:
    """What is published and decided now; a new one makes every cached answer stale."""
    opened = workspace()
    published = reader(opened)
    return Version(str(opened.folder), published.generation, published.decisions)


def query(name: str, /, **parameters: Any) -> pd.DataFrame:
    """The rows of queries/<name>.sql, cached until something is published or decided. The frame is the caller's own."""
    answer: pd.DataFrame = _answer(version(), name, parameters)
    return answer


@st.cache_data(max_entries=2000, show_spinner=False)
def _answer(version: Version, name: str, parameters: dict[str, Any]) -> pd.DataFrame:
    return reader(open_workspace(version.workspace)).run(name, parameters)


def filter_options() -> pd.DataFrame:
    """What the filter bar offers: collection, scope, year, province, city, level, kind, reports."""
    return query("filter_options")


def saved_groups() -> pd.DataFrame:
    """The groups of units that people saved: saved_id, collection, name, units, owner, changed_by, changed_at."""
    return query("saved_groups")


def data_date() -> str:
    """The day of the last ingest or import (UTC) as 2025-01-31; "" in an empty workspace."""
    finished = query("data_date")["finished"].iloc[0]
    return "" if pd.isna(finished) else f"{finished:%Y-%m-%d}"


def collection_name(name: str) -> str:
    """A collection's title in the session's language; its own name where the workspace no longer knows it."""
    known = workspace().collections
    return known[name].title("en" if language() == "en" else "zh") if name in known else name


def fictional(name: str) -> bool:
    """Whether a collection's units and figures are made up."""
    known = workspace().collections
    return name in known and known[name].fictional


def demonstration() -> bool:
    """Whether this is a demonstration: a workspace that holds fiction."""
    return any(collection.fictional for collection in workspace().collections.values())
