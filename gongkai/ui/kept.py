"""What pages make of the data and would else make anew on every run: figures, tables in words, sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from gongkai.ui.messages import language

Made = TypeVar("Made")


def kept(name: str, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """What `make` gives: made once per language for each `name` and `key`.

    The key holds all that the answer depends on, the data's version (gongkai/ui/data.py) first. The answer is shared
    between sessions and not copied: nobody changes it.
    """
    made: Made = _made(name, key, language(), make)
    return made


@st.cache_resource(max_entries=100, show_spinner=False)
def _made(name: str, key: tuple[Any, ...], language: str, _make: Callable[[], Any]) -> Any:
    return _make()
