"""A finding as it is put to the unit: 问题 — 表、行、列 — 报告值 — 应为关系 — 依据 — 整改要求.

For return opinions and notices. No codes, no scores, no doubts, and no number that would be right: what should hold is
said as a relation, and the figures are those that the report gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.catalogue.checks import checks
from gongkai.catalogue.code_words import code_word
from gongkai.catalogue.messages import message
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.names import full_name, part_name
from gongkai.catalogue.notice_words import notice_words
from gongkai.charts.numbers import exact
from gongkai.exports.finding_words import details, finding_title, is_text, ledger_name, reason_words, short

SENT = ("found", "again", "notified")
"""The states in which a finding still has to be put to the unit, or put again."""

_SUPPOSED = frozenset({"roll_up_differs", "implausible_change", "table_missing"})
"""Checks whose reason is what we suppose, or how we measured: for the office, not for the unit."""

_FEW = 8
"""Up to so many cells are named one by one; of more, those that are zero are summed up in words."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One numbered entry of a paper to the unit, all as plain text; `place` and `reported` may be ""."""

    title: str
    place: str
    reported: str
    relation: str
    rule: str
    demand: str


def may_be_sent(finding: Mapping[str, Any]) -> bool:
    """Whether a finding may ever go to the unit: no notice, and nothing that rests on a doubtful reading of ours."""
    return str(finding["severity"]) in ("error", "warning") and not bool(finding["doubtful"])


def problem(finding: Mapping[str, Any], cells: Sequence[Mapping[str, Any]], language: str) -> Problem:
    """A finding (a row of finding_list or finding_detail) with its cells (rows of finding_cells) in `language`.

    Raise ValueError for one that may not be sent.
    """
    if not may_be_sent(finding):
        raise ValueError(f"{finding['check_code']}: such a finding never goes to a unit")
    code = str(finding["check_code"])
    words, check = notice_words()[code], checks()[code]
    spoken = short(language)
    stop = message(language, "findings.stop")
    title = finding_title(code, language)
    reason = "" if code in _SUPPOSED else reason_words(finding, language).rstrip(stop)
    return Problem(
        title=message(language, "findings.problem.title", title=title, reason=reason) if reason else title,
        place=_place(finding, cells, language),
        reported=_reported(finding, cells, language),
        relation=words.relation(spoken),
        rule=_rule(finding, check.rule, language),
        demand=words.demand(spoken),
    )


def _rule(finding: Mapping[str, Any], rule: str, language: str) -> str:
    """What a finding rests on; of a ledger which one, and who keeps it."""
    detail = details(finding)
    if "ledger" not in detail:
        return rule
    return message(language, "findings.ledger.basis", rule=rule, ledger=ledger_name(detail, language))


def _place(finding: Mapping[str, Any], cells: Sequence[Mapping[str, Any]], language: str) -> str:
    """The table, the row or rows and the column that a finding is about; for words their section."""
    code, detail = str(finding["check_code"]), details(finding)
    if code == "table_missing":
        return code_word(language, "group", str(finding["expected"]))
    if code in ("section_missing", "fee_statement_missing") and is_text(finding["expected"]):
        return message(language, "findings.problem.section", section=finding["expected"])
    named = [cell for cell in cells if is_text(cell["metric"]) and cell["side"] == "this"]
    codes = list(dict.fromkeys(str(cell["metric"]) for cell in named)) or _metrics(finding)
    known = [each for each in codes if each in metrics()]
    if not known:
        return ""
    about = detail.get("metric", known[0])
    regime = "2014" if about in metrics() and str(finding.get("regime")) == "2014" else "current"
    group = metrics()[about if about in metrics() else known[0]].group
    table = message(language, f"findings.table.{regime if regime == '2014' else group}")
    applicants = list(dict.fromkeys(str(cell["applicant"]) for cell in named if is_text(cell["applicant"])))
    parts = [table]
    if code == "total_column_is_not_sum" or len(known) == 1:
        parts.append(message(language, "findings.problem.row", row=full_name(known[0], language)))
    if group == "applications" and len(applicants) == 1:
        column = code_word(language, "applicant", applicants[0])
        parts.append(message(language, "findings.problem.column", column=column))
    return message(language, "findings.problem.joint").join(parts)


def _reported(finding: Mapping[str, Any], cells: Sequence[Mapping[str, Any]], language: str) -> str:
    """The figures and words of the report that a finding rests on, each named."""
    separator = message(language, "findings.problem.separator")
    several = len({cell["applicant"] for cell in cells if is_text(cell["applicant"])}) > 1
    one_row = len({cell["metric"] for cell in cells if is_text(cell["metric"])}) == 1
    stated = [cell for cell in cells if is_text(cell["metric"])]
    said, zeros = [], 0
    for cell in stated:
        if len(stated) > _FEW and cell is not stated[0] and cell["value"] == 0:
            zeros += 1
            continue
        said.append(_cell(finding, cell, several, one_row, language))
    if zeros:
        said.append(message(language, "findings.problem.zeros", count=zeros))
    quotes = dict.fromkeys(
        str(cell["quote"]).strip() for cell in cells if not is_text(cell["metric"]) and is_text(cell["quote"])
    )
    said += [message(language, "findings.problem.quote", quote=quote) for quote in quotes if quote]
    if not said and is_text(finding["found"]):
        said.append(message(language, "findings.problem.quote", quote=finding["found"]))
    return separator.join(dict.fromkeys(said))


def _cell(finding: Mapping[str, Any], cell: Mapping[str, Any], several: bool, one_row: bool, language: str) -> str:
    """A cell with its name and its figure as the report gives it; of another side with its year, unit or version."""
    metric, applicant = str(cell["metric"]), str(cell["applicant"])
    name = part_name(metric, short(language)) if metric in metrics() else metric
    column = code_word(language, "applicant", applicant)
    if one_row and several:
        name = column
    elif several:
        name = message(language, "reports.of_applicant", metric=name, applicant=column)
    if cell["side"] != "this":
        name = _of_side(finding, cell, name, language)
    if str(cell["method"]) == "narrative" and is_text(cell["quote"]):
        return message(language, "findings.problem.in_text", quote=cell["quote"])
    if isinstance(cell["value"], float) and cell["value"] == cell["value"]:
        unit = metrics()[metric].unit if metric in metrics() else ""
        value = exact(cell["value"], "" if unit in ("件", "项", "个") else unit, language)
    else:
        quote = str(cell["quote"]).strip() if is_text(cell["quote"]) else ""
        value = (
            message(language, "findings.problem.quote", quote=quote)
            if quote
            else code_word(language, "status_short", "blank")
        )
    return message(language, "findings.problem.cell", name=name, value=value)


def _of_side(finding: Mapping[str, Any], cell: Mapping[str, Any], name: str, language: str) -> str:
    """The name of a cell of the other side: of a ledger, another year, another unit, another version of this report."""
    if cell["side"] == "ledger":
        return message(language, "findings.ledger.cell", name=name)
    if int(cell["year"]) != int(finding["year"]):
        return message(language, "findings.problem.of_year", year=int(cell["year"]), name=name)
    if cell["agency_id"] != finding["agency_id"] and is_text(cell["agency"]):
        return message(language, "findings.problem.of_unit", agency=cell["agency"], name=name)
    return message(language, "findings.problem.of_version", name=name)


def _metrics(finding: Mapping[str, Any]) -> list[str]:
    held = finding["metrics"]
    return [str(code) for code in held] if held is not None and not isinstance(held, float | str) else []
