"""What a finding says to a person in both languages: its check, which of its faults, what was expected and found.

All words come from the catalogue and the locales; a finding itself holds codes and words of the document.
"""

from __future__ import annotations

import json
from typing import Any

from gongkai.catalogue.checks import checks, reasons
from gongkai.records import coded
from gongkai.ui.cells import named, present
from gongkai.ui.messages import language, t

_OUR_WORDS = frozenset({"year_uncertain", "agency_uncertain"})
"""Findings that repeat a doubt, whose detail begins with a code: the evidence is quoted already."""

_TEXT_AGAINST_TABLE = frozenset({"narrative_differs_from_table", "scope_differs"})
"""Findings whose two sides are the table's figure and the text's."""

_REGIME = "earlier_form"
"""The reason of form_altered whose two sides are forms."""


def finding_title(code: str) -> str:
    """The check's title; the code of a check that the catalogue does not know."""
    check = checks().get(code)
    return check.title(_spoken()) if check is not None else code


def finding_rule(code: str) -> str:
    """The rule that the check rests on; the code of an unknown one."""
    check = checks().get(code)
    return check.rule if check is not None else code


def finding_words(row: dict[str, Any]) -> list[str]:
    """The sentences about a row of the query report_findings: explanation, reason, what was expected and found,
    applicants and scopes. What does not apply is left out."""
    code = str(row["check_code"])
    raw = json.loads(str(row["detail"])) if present(row["detail"]) else {}
    detail = {str(name): str(value) for name, value in raw.items()}
    check = checks().get(code)
    reason = reasons().get((code, detail.get("reason", "")))
    said = [
        check.text(_spoken()) if check is not None else "",
        reason.text(_spoken()) + detail.get("words", "") if reason is not None else "",
        _compared(code, row, detail),
        _applicants(detail),
        _scopes(detail),
    ]
    return [words for words in said if words]


def doubt_words(reason: str, detail: object) -> str:
    """What the detail of a doubt says: numbers and words of the document, behind the sentence of its code if it has
    one ("" for a code that the catalogue does not know)."""
    if not present(detail):
        return ""
    if reason not in _OUR_WORDS:
        return str(detail)
    code, words = coded(str(detail))
    known = reasons().get((reason, code))
    return known.text(_spoken()) + words if known is not None else ""


def _spoken() -> str:
    return "en" if language() == "en" else "zh"


def _compared(code: str, row: dict[str, Any], detail: dict[str, str]) -> str:
    """What a check expected and found: numbers, words of the document or the form, or the name of a table or form."""
    if code in _OUR_WORDS:
        return ""
    kind = "group" if code == "table_missing" else "regime" if detail.get("reason") == _REGIME else None
    sides = {name: row[name] for name in ("expected", "found") if present(row[name])}
    if kind is not None:
        sides = {name: named(kind, value) for name, value in sides.items()}
    # Of text and table nobody knows which is right.
    way = "in_table_and_text" if code in _TEXT_AGAINST_TABLE and len(sides) == 2 else "_".join(sides)
    return t(f"reports.compared.{way}", **sides) if sides else ""


def _applicants(detail: dict[str, str]) -> str:
    """The columns of the application table that a finding concerns; "" for all of them."""
    codes = " ".join(detail.get(name, "") for name in ("applicant", "applicants")).split()
    if codes == ["all"]:
        return ""  # also what a check of another table says
    names = [named("applicant", code) for code in codes]
    return t("reports.applicants", names=t("filters.list_separator").join(names)) if names else ""


def _scopes(detail: dict[str, str]) -> str:
    """Whose figures the sentence and the table give, where they are not the same."""
    if "text_scope" not in detail:
        return ""
    return t(
        "reports.scopes", text=named("scope", detail["text_scope"]), table=named("scope", detail.get("table_scope"))
    )
