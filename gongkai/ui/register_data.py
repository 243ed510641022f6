"""The register that the page shows: of which collection, its units, and what stands in them in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from gongkai.agencies.register import NOWHERE, Unit
from gongkai.catalogue.register_columns import COLUMNS
from gongkai.store.register import units_of
from gongkai.store.register_book import RegisterBook
from gongkai.store.register_export import former_names_text
from gongkai.store.workspace import open_workspace
from gongkai.ui.address import turn
from gongkai.ui.data import collection_name, fictional, filter_options, version, workspace
from gongkai.ui.filters import SESSION, Options, current
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import open_page

REGISTER = "register"
"""The parameter of the address that names a collection without reports, which no filter can choose."""

FIELDS = tuple({"aliases": "short_names"}.get(column, column) for column in COLUMNS)
"""The fields of a unit that people keep, in the order of the columns of a list."""

REFERENCES = ("parent", "reports_to", "counts_in", "successor")
"""Fields that name another unit."""


def chosen_collection(fixed: bool = False) -> str:
    """The collection whose register is shown: that of the filters, or one without reports that was chosen here.

    Every collection has a register of its own, also before its first report; with `fixed` it is only told.
    """
    opened = workspace()
    names = list(opened.collections)
    asked = st.query_params.get(REGISTER, "")
    chosen = asked if asked in names else current().collection or opened.ingest_collection
    if len(names) > 1 and not fixed:
        key = f"register_collection_{language()}"
        if st.session_state.get(key) != chosen:
            st.session_state[key] = chosen
        left, _ = st.columns([1, 2])
        left.selectbox(
            t("filters.collection"),
            names,
            format_func=collection_name,
            key=key,
            on_change=_turn_to,
            args=(key,),
            placeholder=t("filters.choose"),
        )
    if fictional(chosen) and chosen != current().collection:
        st.caption(t("common.banner.fictional", collection=plain(collection_name(chosen))))
    return chosen


def _turn_to(key: str) -> None:
    """Take a collection into the filters, so that it stays on other pages; one without reports into the address."""
    chosen = st.session_state[key]
    options = Options(filter_options(), tuple(workspace().collections))
    held = chosen in options.collections()
    if held:
        st.session_state[SESSION] = options.defaults(chosen)
    turn(**{REGISTER: "" if held else chosen})


def open_unit(unit: str) -> None:
    """Go to a unit of the register that is shown; "" goes to its list."""
    open_page("admin", unit=unit, **{REGISTER: st.query_params.get(REGISTER, "")})


def revision(collection: str) -> int:
    """The number of a register's last change."""
    return RegisterBook(workspace()).revision(collection)


def units(collection: str) -> tuple[Unit, ...]:
    """The units of a collection's register as people keep it now."""
    now = version()
    changed = revision(collection)
    found: tuple[Unit, ...] = _units(now.workspace, collection, changed, 0 if changed else now.generation)
    return found


# Units are never changed in place, so that all sessions may share them.
@st.cache_resource(max_entries=8, show_spinner=False)
def _units(folder: str, collection: str, revision: int, generation: int) -> tuple[Unit, ...]:
    return units_of(open_workspace(folder), collection)


def labels(known: Iterable[Unit]) -> dict[str, str]:
    """What each unit is called in lists to choose from, by id: its name, with its place where several bear it."""
    listed = list(known)
    borne = Counter(unit.name for unit in listed)
    found: dict[str, str] = {}
    for unit in listed:
        place = " ".join(filter(None, (unit.province, unit.city, unit.county)))
        years = f"{unit.since or ''}–{unit.until or ''}" if unit.since or unit.until else ""
        about = " ".join(filter(None, (place, years)))
        found[unit.id] = f"{unit.name} ({about})" if borne[unit.name] > 1 and about else unit.name
    return found


def code_word(field: str, code: str) -> str:
    """A level, kind or scope in the session's language; an unknown or missing one as it is."""
    return t(f"filters.{field}_name.{code}") if code else ""


def text_of(unit: Unit, field: str, names: Mapping[str, str]) -> str:
    """What stands in a field of a unit, in words; "" for nothing. `names` are those of the units by id."""
    value = getattr(unit, field)
    if value is None or value == ():
        return ""
    if field in ("level", "kind", "scope"):
        return code_word(field, str(value))
    if field in REFERENCES:
        return t("admin.nowhere") if value == NOWHERE else names.get(value, str(value))
    if field == "short_names":
        return t("filters.list_separator").join(value)
    if field == "former_names":
        return former_names_text(value)
    return f"{value:,}" if field == "population" else str(value)


def changed_fields(before: Unit, after: Unit) -> tuple[str, ...]:
    """The fields in which two states of a unit differ."""
    return tuple(name for name in (*FIELDS, "county") if getattr(before, name) != getattr(after, name))


def column_words(fields: Sequence[str]) -> dict[str, str]:
    """The headings of fields in the session's language."""
    return {field: t(f"admin.field.{field}") for field in fields}
