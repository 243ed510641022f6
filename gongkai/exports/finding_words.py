"""What a finding says to a person in both languages: its check, which of its faults, what was expected and found.

All words come from the catalogue and the locales; a finding itself holds codes and words of the document. One place for
the screen and for what leaves the house: `language` is that of the screen ("zh-CN", "en").
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gongkai.catalogue.checks import checks, reasons
from gongkai.catalogue.code_words import code_word
from gongkai.catalogue.ledgers import ledger_kinds
from gongkai.catalogue.messages import message
from gongkai.records import coded

_OUR_WORDS = frozenset({"year_uncertain", "agency_uncertain"})
"""Findings that repeat a doubt, whose detail begins with a code: the evidence is quoted already."""

_TEXT_AGAINST_TABLE = frozenset({"narrative_differs_from_table", "scope_differs"})
"""Findings whose two sides are the table's figure and the text's."""

_COMPARED_WITH = frozenset({"implausible_change", "fee_unit_suspect", "pending_vanished"})
"""Findings that hold a figure against another one (last year's, the peers'), which it need not be."""

LEDGER = "differs_from_ledger"
"""The check whose other side is another office's ledger."""

_REGIME = "earlier_form"
"""The reason of form_altered whose two sides are forms."""


def finding_title(code: str, language: str) -> str:
    """The check's title; the code of a check that the catalogue does not know."""
    check = checks().get(code)
    return check.title(short(language)) if check is not None else code


def finding_rule(code: str) -> str:
    """The rule that the check rests on; the code of an unknown one."""
    check = checks().get(code)
    return check.rule if check is not None else code


def details(row: Mapping[str, Any]) -> dict[str, str]:
    """The codes and words in a finding's `detail`."""
    raw = json.loads(str(row["detail"])) if is_text(row["detail"]) else {}
    return {str(name): str(value) for name, value in raw.items()}


def finding_words(row: Mapping[str, Any], language: str) -> list[str]:
    """The sentences about a finding (check_code, expected, found, detail): explanation, reason, what was expected and
    found, applicants and scopes. What does not apply is left out."""
    code = str(row["check_code"])
    check = checks().get(code)
    said = [check.text(short(language)) if check is not None else "", *finding_particulars(row, language)]
    return [words for words in said if words]


def finding_particulars(row: Mapping[str, Any], language: str) -> list[str]:
    """What `finding_words` says of this very finding, without the check's explanation."""
    code, detail = str(row["check_code"]), details(row)
    said = [
        reason_words(row, language),
        _compared(code, row, detail, language),
        _applicants(detail, language),
        _scopes(detail, language),
        *_more(detail, language),
    ]
    return [words for words in said if words]


def reason_words(row: Mapping[str, Any], language: str) -> str:
    """Which of its check's faults a finding is; "" where the check knows but one."""
    detail = details(row)
    reason = reasons().get((str(row["check_code"]), detail.get("reason", "")))
    return reason.text(short(language)) + detail.get("words", "") if reason is not None else ""


def doubt_words(reason: str, detail: object, language: str) -> str:
    """What the detail of a doubt says: numbers and words of the document, behind the sentence of its code if it has
    one ("" for a code that the catalogue does not know)."""
    if not is_text(detail):
        return ""
    if reason not in _OUR_WORDS:
        return str(detail)
    code, words = coded(str(detail))
    known = reasons().get((reason, code))
    return known.text(short(language)) + words if known is not None else ""


def ledger_name(detail: Mapping[str, str], language: str) -> str:
    """The ledger that a finding's detail names, and who keeps it."""
    kind = ledger_kinds().get(detail["ledger"])
    if kind is None:
        return detail["ledger"]
    spoken = short(language)
    return message(language, "findings.ledger.name", title=kind.title(spoken), keeper=kind.keeper(spoken))


def ledger_words(detail: Mapping[str, str], language: str) -> str:
    """The same with the file and the row in which the ledger's figure stands."""
    where = {name: detail.get(name, "") for name in ("file", "row")}
    return message(language, "findings.ledger.row", ledger=ledger_name(detail, language), **where)


def short(language: str) -> str:
    """The catalogue's name of a language of the screen: "en" or "zh"."""
    return "en" if language == "en" else "zh"


def is_text(value: object) -> bool:
    """Whether a cell of a frame holds a text; a missing one is NaN or null."""
    return isinstance(value, str)


def _compared(code: str, row: Mapping[str, Any], detail: dict[str, str], language: str) -> str:
    """What a check expected and found: numbers, words of the document or the form, or the name of a table or form."""
    if code in _OUR_WORDS:
        return ""
    kind = "group" if code == "table_missing" else "regime" if detail.get("reason") == _REGIME else None
    sides = {name: str(row[name]) for name in ("expected", "found") if is_text(row[name])}
    if kind is not None:
        sides = {name: code_word(language, kind, value) for name, value in sides.items()}
    # Of text and table nobody knows which is right.
    way = "_".join(sides)
    if len(sides) == 2:
        way = "in_table_and_text" if code in _TEXT_AGAINST_TABLE else "against" if code in _COMPARED_WITH else way
        way = "in_ledger" if code == LEDGER else way
    return message(language, f"reports.compared.{way}", **sides) if sides else ""


def _applicants(detail: dict[str, str], language: str) -> str:
    """The columns of the application table that a finding concerns; "" for all of them."""
    codes = " ".join(detail.get(name, "") for name in ("applicant", "applicants")).split()
    if codes == ["all"]:
        return ""  # also what a check of another table says
    names = [code_word(language, "applicant", code) for code in codes]
    separator = message(language, "filters.list_separator")
    return message(language, "reports.applicants", names=separator.join(names)) if names else ""


def _scopes(detail: dict[str, str], language: str) -> str:
    """Whose figures the sentence and the table give, where they are not the same."""
    if "text_scope" not in detail:
        return ""
    text, table = (code_word(language, "scope", detail.get(name)) for name in ("text_scope", "table_scope"))
    return message(language, "reports.scopes", text=text, table=table)


_CODES = {"scope": "scope", "last_scope": "scope", "stage": "stage", "table": "group"}
"""Details that are codes, and the kind of code."""

_SENTENCES = (("days",), ("low", "high", "peers"), ("scope", "last_scope"), ("table",), ("stage",), ("units",))
"""The details of findings across reports that make a sentence each."""


def _more(detail: dict[str, str], language: str) -> list[str]:
    """What else a finding across reports tells: by how many days, the bound of the peers, the scopes of both years, the
    table, the stage, on how many units a sum rests."""
    said = [ledger_words(detail, language)] if "ledger" in detail else []
    for names in _SENTENCES:
        if all(name in detail for name in names):
            values = {
                name: code_word(language, _CODES[name], detail[name]) if name in _CODES else detail[name]
                for name in names
            }
            said.append(message(language, f"findings.detail.{names[0]}", **values))
    return said
