"""The stored document of a report: its blocks, its original file, the pictures of its pages."""

from __future__ import annotations

import struct
from pathlib import Path

import streamlit as st

from gongkai.documents.draw import draw_page
from gongkai.documents.model import Document
from gongkai.errors import UnreadableDocument, WorkspaceError
from gongkai.store.archive import Archive
from gongkai.ui.data import workspace
from gongkai.ui.source_view import PagePicture

SCALE = 1.6
"""Pixels of a page picture per point: 950 pixels wide for A4, sharp at the width of the pane."""


def load(sha256: str, version: str) -> Document | None:
    """The document as the reader of this version read it; null where the archive has none (a sheet, or damage)."""
    try:
        return _document(str(workspace().archive), sha256, version)
    except WorkspaceError:
        return None


def original(sha256: str) -> Path | None:
    """The stored file; null where the archive has none."""
    try:
        return Archive(workspace().archive).original(sha256)
    except WorkspaceError:
        return None


def picture(document: Document, page: int) -> PagePicture | None:
    """A page of a PDF as a picture; null where it cannot be drawn."""
    file = original(document.sha256)
    if file is None or not document.pages:
        return None
    try:
        png = _png(str(file), page)
    except UnreadableDocument:
        return None
    width, height = struct.unpack(">II", png[16:24])
    return PagePicture(page, document.pages, width / SCALE, height / SCALE, png)


@st.cache_resource(max_entries=64, show_spinner=False)
def _document(archive: str, sha256: str, version: str) -> Document:
    return Archive(Path(archive)).load_document(sha256, version)


@st.cache_data(max_entries=200, show_spinner=False)
def _png(file: str, page: int) -> bytes:
    return draw_page(Path(file), page, SCALE)
