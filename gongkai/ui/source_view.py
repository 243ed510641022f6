"""A report's document and what was read from it, side by side: a click on a figure marks its words, and back.

Shown by a component of our own (source_view.js, source_view.css) that sets every text with `textContent`: what a
document says can never become markup. This module makes the component's data (pure functions) and mounts it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from gongkai.documents.model import Document
from gongkai.ui.marks import Place, as_fractions, block_payload, by_block, first_page, page_boxes

_FOLDER = Path(__file__).parent

_component = st.components.v2.component(
    "gongkai.source_view",
    css=(_FOLDER / "source_view.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "source_view.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was read, found or doubted: what it says, and where it stands in the document.

    `text` is the value as shown (null: none); `tone` a style of source_view.css (error, warning, doubt, missing);
    `link` an address to open, shown only where it is http or https.
    """

    key: str
    label: str
    text: str | None = None
    notes: tuple[str, ...] = ()
    tone: str = ""
    places: tuple[Place, ...] = ()
    hint: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """A plain list of items under a title (may be empty)."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Items in the layout of a statutory table: a label per row, null where the report has no figure."""

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Item | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Pane:
    """A tab of the right side; `empty` is said where it has no groups."""

    id: str
    title: str
    groups: tuple[ItemList | Matrix, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn page of a PDF: PNG bytes and the page's size in points."""

    number: int
    count: int
    width: float
    height: float
    png: bytes = field(repr=False)


def items_of(panes: Sequence[Pane]) -> Iterator[Item]:
    """All items of all panes, in order."""
    for pane in panes:
        for group in pane.groups:
            if isinstance(group, Matrix):
                for _, cells in group.rows:
                    yield from (cell for cell in cells if cell is not None)
            else:
                yield from group.items


def page_of(document: Document, panes: Sequence[Pane], key: str | None) -> int | None:
    """The PDF page on which the item `key` stands; null when there is none."""
    for item in items_of(panes):
        if item.key == key:
            return next((page for place in item.places if (page := first_page(document, place)) is not None), None)
    return None


def payload(
    document: Document | None,
    panes: Sequence[Pane],
    labels: dict[str, str],
    selected: str | None = None,
    picture: PagePicture | None = None,
) -> dict[str, Any]:
    """The component's data: the document as text (or one page's picture with its rectangles), and the panes.

    `labels` are the component's own words: document, page ("{page}"), page_of ("{page}", "{pages}"), previous, next.
    A selected key that names no item is dropped.
    """
    places = {item.key: item.places for item in items_of(panes)}
    blocks: list[dict[str, Any]] | None = None
    page: dict[str, Any] | None = None
    if document is not None and picture is not None:
        page = {
            "number": picture.number,
            "count": picture.count,
            "width": picture.width,
            "height": picture.height,
            "image": "data:image/png;base64," + base64.b64encode(picture.png).decode("ascii"),
            "boxes": _boxes(document, places, picture),
        }
    elif document is not None:
        marks = by_block(places)
        blocks = [block_payload(block, marks.get(block.index, [])) for block in document.blocks]
    shown = [_pane(pane, document is not None) for pane in panes]
    return {
        "labels": labels,
        "blocks": blocks,
        "page": page,
        "panes": shown,
        "selected": selected if selected in places else None,
        "document_key": _digest([labels, blocks, page]),
        "panes_key": _digest(shown),
    }


def source_view(data: dict[str, Any], *, key: str, on_select: Callable[[], None], on_page: Callable[[], None]) -> None:
    """Mount the component. `st.session_state[key].selected` and `.page` say what was clicked, in the callbacks."""
    _component(key=key, data=data, on_selected_change=on_select, on_page_change=on_page)


def web_address(url: str | None) -> str | None:
    """`url` if it is an http or https address, else null: an address out of a document may be anything."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _boxes(
    document: Document, places: dict[str, tuple[Place, ...]], picture: PagePicture
) -> dict[str, list[tuple[float, float, float, float]]]:
    found: dict[str, list[tuple[float, float, float, float]]] = {}
    for key, several in places.items():
        for place in several:
            for box in page_boxes(document, place).get(picture.number, []):
                found.setdefault(key, []).append(as_fractions(box, picture.width, picture.height))
    return found


def _pane(pane: Pane, placed: bool) -> dict[str, Any]:
    groups: list[dict[str, Any]] = []
    for group in pane.groups:
        if isinstance(group, Matrix):
            rows = [
                {"label": label, "cells": [None if cell is None else _item(cell, placed) for cell in cells]}
                for label, cells in group.rows
            ]
            groups.append(
                {
                    "kind": "matrix",
                    "title": group.title,
                    "corner": group.corner,
                    "columns": list(group.columns),
                    "rows": rows,
                }
            )
        else:
            groups.append(
                {"kind": "list", "title": group.title, "items": [_item(item, placed) for item in group.items]}
            )
    return {"id": pane.id, "title": pane.title, "groups": groups, "empty": pane.empty}


def _item(item: Item, placed: bool) -> dict[str, Any]:
    return {
        "key": item.key,
        "label": item.label,
        "text": item.text,
        "notes": list(item.notes),
        "tone": item.tone,
        "hint": item.hint,
        "placed": placed and any(place.in_document or place.box is not None for place in item.places),
        "link": web_address(item.link),
    }


def _digest(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()[:16]
