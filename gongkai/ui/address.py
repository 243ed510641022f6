"""What a page lets people choose beside the filters, kept in the address so that a link shows the same view."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from gongkai.ui.messages import t

_SEPARATOR = "."


def choose(
    page: str, name: str, label: str, options: Sequence[str], default: str, word: Callable[[str], str] = str
) -> str:
    """A select box whose value lives in the address as `name`; a value that is not offered falls back to `default`."""
    key = f"{page}_{name}"
    if st.session_state.get(key) not in options:
        wanted = st.query_params.get(name, default)
        st.session_state[key] = wanted if wanted in options else default
    value = st.selectbox(label, options, key=key, format_func=word, placeholder=t("filters.choose"))
    _write(name, str(value))
    return str(value)


def choose_one(
    page: str, name: str, label: str, options: Sequence[str], default: str, word: Callable[[str], str] = str
) -> str:
    """The same for a few short options that are all shown side by side."""
    key = f"{page}_{name}"
    if st.session_state.get(key) not in options:
        wanted = st.query_params.get(name, default)
        st.session_state[key] = wanted if wanted in options else default
    value = st.segmented_control(label, options, key=key, format_func=word, required=True)
    _write(name, str(value) if value != default else "")
    return str(value)


def choose_several(
    page: str, name: str, label: str, options: Sequence[str], limit: int, word: Callable[[str], str], hint: str
) -> list[str]:
    """A multiple choice of at most `limit` whose values live in the address as `name`; unknown ones are dropped."""
    key = f"{page}_{name}"
    held = st.session_state.get(key)
    if held is None:
        held = st.query_params.get(name, "").split(_SEPARATOR)
    known = frozenset(options)
    st.session_state[key] = [value for value in held if value in known][:limit]
    values = st.multiselect(
        label, options, key=key, format_func=word, max_selections=limit, placeholder=hint, select_all=False
    )
    _write(name, _SEPARATOR.join(values))
    return [str(value) for value in values]


def _write(name: str, value: str) -> None:
    if st.query_params.get(name, "") == value:
        return
    if value:
        st.query_params[name] = value
    else:
        del st.query_params[name]
