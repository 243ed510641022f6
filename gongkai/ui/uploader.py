"""Our words in Streamlit's uploader, whose own are English."""

from __future__ import annotations

import json

import streamlit as st

from gongkai.ui.messages import t


def uploader_words(hint: str) -> None:
    """Put our words in place of the English ones inside the page's uploader, which no option changes: its button, and
    `hint` beside it."""
    button, beside = (json.dumps(text, ensure_ascii=False) for text in (t("reports.upload.choose"), hint))
    zone = '[data-testid="stFileUploaderDropzone"]'
    st.html(
        "<style>"
        f"{zone} [data-testid='stMarkdownContainer'] p {{ font-size: 0; }}"
        f"{zone} [data-testid='stMarkdownContainer'] p::after {{ content: {button}; font-size: 0.9rem; }}"
        f"{zone} [data-testid='stFileUploaderDropzoneInstructions'] span {{ font-size: 0; }}"
        f"{zone} [data-testid='stFileUploaderDropzoneInstructions'] span::after "
        f"{{ content: {beside}; font-size: 0.85rem; }}"
        "</style>"
    )
