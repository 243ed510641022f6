"""The screen's language and its words. `t("filters.years")` is the only way a page says something."""

from __future__ import annotations

import re

import streamlit as st

from gongkai.catalogue.messages import LANGUAGES, message
from gongkai.catalogue.metrics import Metric
from gongkai.catalogue.names import full_name

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$:~^&=])")


def language() -> str:
    """The language of this session's screen: "zh-CN" (the default) or "en"."""
    chosen = st.session_state.get("language", LANGUAGES[0])
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def t(key: str, **values: object) -> str:
    """The message `key` in the session's language. Values that come from documents go through `plain` first."""
    return message(language(), key, **values)


def label(metric: Metric) -> str:
    """A metric's name in the session's language, without the numbering of the form."""
    return full_name(metric.code, language())


def plain(text: object) -> str:
    """`text` with every character escaped that Markdown would act on: texts from documents are never markup."""
    return _MARKUP.sub(r"\\\1", str(text)).replace("\n", " ")
