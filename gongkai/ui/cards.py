"""Headline numbers. Each says how many units it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from gongkai.ui.messages import t


@dataclass(frozen=True, slots=True)
class Card:
    """A headline number: its name, the number as shown, and what it rests on. `spark` is a series for a small line."""

    name: str
    value: str
    basis: str = ""
    help: str | None = None
    spark: Sequence[float] = ()


def basis(count: int, everything: int) -> str:
    """The words "rests on `count` of `everything` units"."""
    return (
        t("common.card.basis", count=f"{count:,}", all=f"{everything:,}")
        if count
        else t("common.card.none", all=f"{everything:,}")
    )


def basis_of_sum(added: int, count: int, everything: int) -> str:
    """What a sum rests on: all `count` units that report, or the `added` ones whose figures contain the others."""
    if added == count:
        return basis(count, everything)
    return t("common.card.contained", added=f"{added:,}", count=f"{count:,}", all=f"{everything:,}")


def cards(shown: Sequence[Card]) -> None:
    """The cards side by side; they wrap on a narrow screen."""
    with st.container(horizontal=True, gap="small"):
        for card in shown:
            with st.container(border=True, width="stretch"):
                st.metric(
                    card.name,
                    card.value,
                    help=card.help,
                    chart_data=list(card.spark) if len(card.spark) > 1 else None,
                    chart_type="line",
                )
                if card.basis:
                    st.caption(card.basis)
