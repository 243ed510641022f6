"""The pages of the dashboard, defined once: their files, addresses and groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from gongkai.ui.address import SAME_PAGE, forget
from gongkai.ui.filters import NAMES, current
from gongkai.ui.messages import t

HERE = "page"
"""The session's entry with the name of the page that runs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: `name` is its file, its address and the key of its title (`navigation.<name>`).

    Pages have no icon: a material icon would become the favicon, which browsers load from a font host.
    """

    name: str
    group: str

    @property
    def path(self) -> str:
        """The page's file, relative to app.py."""
        return f"pages/{self.name}.py"


ENTRIES = (
    Entry("overview", "analysis"),
    Entry("disclosure", "analysis"),
    Entry("applications", "analysis"),
    Entry("hotline", "analysis"),
    Entry("review", "analysis"),
    Entry("ranking", "analysis"),
    Entry("compare", "analysis"),
    Entry("agency", "units"),
    Entry("coverage", "units"),
    Entry("findings", "units"),
    Entry("roll_up", "units"),
    Entry("reports", "units"),
    Entry("guide", "administration"),
    Entry("admin", "administration"),
)
"""In the order of the menu; the first is where the bare address leads."""


def pages() -> dict[str, list[Any]]:
    """The pages for st.navigation, by the title of their group.

    The page behind the bare address is a hidden one that leads to the first: Streamlit's default page has no address of
    its own, and a link to /overview would show an English "Page not found".
    """
    found: dict[str, list[Any]] = {}
    for entry in ENTRIES:
        page = st.Page(entry.path, title=t(f"navigation.{entry.name}"), url_path=entry.name)
        found.setdefault(t(f"navigation.group.{entry.group}"), []).append(page)
    home = st.Page(_home, title=t("common.title"), url_path="home", default=True, visibility="hidden")
    return {"": [home], **found}


def menu() -> None:
    """The menu of the sidebar. Unlike Streamlit's own, its links carry the filters in their address."""
    group = ""
    for entry in ENTRIES:
        if entry.group != group:
            group = entry.group
            st.caption(t(f"navigation.group.{group}"))
        page_link(entry.name, t(f"navigation.{entry.name}"))


def _home() -> None:
    st.switch_page(ENTRIES[0].path, query_params=st.query_params.to_dict())


def open_page(name: str, **parameters: str) -> None:
    """Go to the page `name`, keeping the filters; `parameters` are the page's own (agency=..., report=...), or replace
    a filter (scope="organ"; "" leaves it out)."""
    forget()
    st.switch_page(f"pages/{name}.py", query_params=_address(parameters))


def page_link(name: str, text: str, *, icon: str | None = None, **parameters: str) -> None:
    """A link like `open_page`; `text` must already be plain."""
    address = _address(parameters)
    if name == st.session_state.get(HERE):
        address[SAME_PAGE] = "1"
    st.page_link(f"pages/{name}.py", label=text, icon=icon, query_params=address)


def unit_link(agency: str, text: str, collection: str, scope: str) -> None:
    """A link to a unit's page in a collection and scope of its own; filters of another collection are left out."""
    others = {} if collection == current().collection else dict.fromkeys(NAMES, "")
    page_link("agency", text, **{**others, "agency": agency, "collection": collection, "scope": scope})


def _address(parameters: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in {**current().address(), **parameters}.items() if value}
