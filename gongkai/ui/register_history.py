"""What was changed in a unit of the register: when, by whom, why; each change field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from gongkai.agencies.register import Unit
from gongkai.store.register_book import Change
from gongkai.ui.cells import moment
from gongkai.ui.messages import plain, t
from gongkai.ui.register_data import changed_fields, labels, text_of


def history(past: Sequence[Change], known: Sequence[Unit]) -> None:
    """The changes of a unit, the latest first."""
    st.markdown(f"**{t('admin.history.title')}**")
    if not past:
        st.caption(t("admin.history.none"))
    names = labels(known)
    for change, before in reversed(list(zip(past, [None, *(one.unit for one in past)], strict=False))):
        with st.container(border=True):
            when = moment(datetime.fromisoformat(change.at))
            st.markdown(plain(f"{when} · {change.actor} · {_kind(change, before)}"))
            st.caption(plain(t("reports.decide.entry_reason", reason=change.reason)))
            if change.unit is not None and before is not None:
                for line in lines(before, change.unit, names):
                    st.markdown(f"- {plain(line)}")


def _kind(change: Change, before: Unit | None) -> str:
    if change.unit is None:
        return t("admin.history.removed")
    return t("admin.history.entered" if before is None else "admin.history.changed")


def lines(before: Unit, after: Unit, names: dict[str, str]) -> list[str]:
    """What differs between two states of a unit, a field a line."""
    return [
        t(
            "admin.history.field",
            field=t(f"admin.field.{field}"),
            before=text_of(before, field, names) or t("common.missing.sign"),
            after=text_of(after, field, names) or t("common.missing.sign"),
        )
        for field in changed_fields(before, after)
    ]
