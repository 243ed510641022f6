"""What a page lets people choose beside the filters, kept in the address so that a link shows the same view.

Everything that belongs in the address is noted with `put` while the page runs, and written once at its end by `flush`:
every single write would be an entry of the browser's history, and going back would seem to do nothing.

A select box sends the words of its option, not its value. So its key changes with the words (another language, another
number of units in them), and its value is kept beside it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import streamlit as st

from gongkai.ui.messages import language, t

SAME_PAGE = "go"
"""A parameter of links to the page they stand on. Streamlit's browser side keeps the old address for these, which a
colleague would then get; that `flush` takes the parameter out makes it write the new one."""

_PENDING = "address_pending"
_SEPARATOR, _OF_CODES = ".", ","
"""Between several values of one parameter; codes of measures have points in them."""
_ON = "1"
_LONGEST = 100


def put(name: str, value: str) -> None:
    """Note that the address shall say `name`=`value` once the page has run; "" takes the parameter out."""
    st.session_state.setdefault(_PENDING, {})[name] = value


def flush() -> None:
    """Write what was noted to the address, as one step of the browser's history. app.py calls it after the page."""
    pending: dict[str, str] = st.session_state.pop(_PENDING, {})
    before = st.query_params.to_dict()
    after = {name: value for name, value in {**before, **pending}.items() if value and name != SAME_PAGE}
    if after != before:
        st.query_params.from_dict(after)


def forget() -> None:
    """Drop what was noted: the page is left before its end, and the next one has parameters of its own."""
    st.session_state.pop(_PENDING, None)


def choose(
    page: str, name: str, label: str, options: Sequence[str], default: str, word: Callable[[str], str] = str
) -> str:
    """A select box whose value lives in the address as `name`; a value that is not offered falls back to `default`."""
    labels = unique_words(options, word)
    with st.container(key=f"{page}_{name}"):
        value = st.selectbox(
            label,
            options,
            key=_widget(page, name, list(labels.values()), _current(page, name, options, default)),
            format_func=labels.__getitem__,
            placeholder=t("filters.choose"),
        )
    return _keep(page, name, str(value), default)


def choose_one(
    page: str, name: str, label: str, options: Sequence[str], default: str, word: Callable[[str], str] = str
) -> str:
    """The same for a few short options that are all shown side by side."""
    labels = unique_words(options, word)
    with st.container(key=f"{page}_{name}"):
        value = st.segmented_control(
            label,
            options,
            key=_widget(page, name, list(labels.values()), _current(page, name, options, default)),
            format_func=labels.__getitem__,
            required=True,
        )
    return _keep(page, name, str(value), default)


def choose_several(
    page: str, name: str, label: str, options: Sequence[str], limit: int, word: Callable[[str], str], hint: str
) -> list[str]:
    """A multiple choice of at most `limit` whose values live in the address as `name`; unknown ones are dropped.

    One more takes the place of the first: Streamlit's own limit refuses it, in English.
    """
    labels = unique_words(options, word)
    separator = _OF_CODES if any(_SEPARATOR in option for option in options) else _SEPARATOR
    given = _current(page, name, None, "").split(separator)
    held = [value for value in given if value in labels][:limit]
    key = _widget(page, name, list(labels.values()), held)
    with st.container(key=f"{page}_{name}"):
        values = st.multiselect(
            label,
            options,
            key=key,
            format_func=labels.__getitem__,
            on_change=_latest,
            args=(key, limit),
            placeholder=hint,
            select_all=False,
        )
    _keep(page, name, separator.join(values), "")
    return [str(value) for value in values]


def ask(page: str, name: str, label: str, hint: str) -> str:
    """A line of text, without blanks around it, that lives in the address as `name`."""
    with st.container(key=f"{page}_{name}"):
        value = st.text_input(
            label, key=_widget(page, name, [], _current(page, name, None, "")), placeholder=hint, max_chars=_LONGEST
        )
    return _keep(page, name, value.strip(), "")


def switch(page: str, name: str, label: str) -> bool:
    """A switch that is off unless the address says `name`=1."""
    with st.container(key=f"{page}_{name}"):
        value = st.toggle(label, key=_widget(page, name, [], _current(page, name, ("", _ON), "") == _ON))
    return _keep(page, name, _ON if value else "", "") == _ON


def turn(**values: str) -> None:
    """For a click's callback: give controls of the page other values, as a link would."""
    for name, value in values.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def _latest(key: str, limit: int) -> None:
    st.session_state[key] = st.session_state[key][-limit:]


def unique_words(options: Sequence[str], word: Callable[[str], str]) -> dict[str, str]:
    """The words of each option; where two would read the same, the later ones are numbered."""
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for option in options:
        text = word(option)
        taken[text] = taken.get(text, 0) + 1
        found[option] = text if taken[text] == 1 else f"{text} ({taken[text]})"
    return found


def _current(page: str, name: str, options: Sequence[str] | None, default: str) -> str:
    """The value that holds: the address's where it changed without us (a link, going back), else the one chosen."""
    asked = st.query_params.get(name, "")
    chosen = st.session_state.get(_chosen(page, name))
    if asked != st.session_state.get(_written(page, name)):
        chosen = asked
        st.session_state[_fresh(page, name)] = True
    if not isinstance(chosen, str) or (options is not None and chosen not in options):
        return default
    return chosen


def _widget(page: str, name: str, labels: Sequence[str], value: object) -> str:
    """The key of the widget, which is given `value` where it is new or the address has changed."""
    signature = zlib.crc32("\0".join((language(), *labels)).encode())
    key = f"{page}_{name}_{signature:x}"
    fresh = st.session_state.pop(_fresh(page, name), False)
    if fresh or key not in st.session_state:
        st.session_state[key] = value
    return key


def _keep(page: str, name: str, value: str, default: str) -> str:
    st.session_state[_chosen(page, name)] = value
    said = value if value != default else ""
    st.session_state[_written(page, name)] = said
    put(name, said)
    return value


def _chosen(page: str, name: str) -> str:
    return f"chosen_{page}_{name}"


def _written(page: str, name: str) -> str:
    return f"written_{page}_{name}"


def _fresh(page: str, name: str) -> str:
    return f"fresh_{page}_{name}"
