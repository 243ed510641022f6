"""What a stored code is called in a language: one definition for the screen and for what leaves the house."""

from __future__ import annotations

from gongkai.catalogue.messages import message, messages


def code_word(language: str, kind: str, code: str | None) -> str:
    """The word for a stored code (message `reports.<kind>.<code>`, of a scope that of the filters); "not stated" for
    none or an empty one, an unknown code itself."""
    if not code:
        return message(language, "reports.not_stated")
    key = f"filters.scope_name.{code}" if kind == "scope" else f"reports.{kind}.{code}"
    return message(language, key) if key in messages(language) else code
