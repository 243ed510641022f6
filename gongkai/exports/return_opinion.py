"""退回意见: what one version of a report is returned with, as text to copy and as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.catalogue.messages import message
from gongkai.exports import word
from gongkai.exports.problems import Problem


@dataclass(frozen=True, slots=True)
class ReturnOpinion:
    """Whose report of which year is returned, and why."""

    agency: str
    year: int
    problems: tuple[Problem, ...]


def paragraphs(opinion: ReturnOpinion, language: str) -> list[tuple[str, str]]:
    """The paper as (style, text): title, address, body, heading (a problem's), field (a line of it)."""
    found = [
        ("title", message(language, "findings.opinion.title", year=opinion.year)),
        ("address", message(language, "findings.opinion.address", agency=opinion.agency)),
        ("body", message(language, "findings.opinion.opening", year=opinion.year, count=len(opinion.problems))),
    ]
    for number, problem in enumerate(opinion.problems, 1):
        found.append(("heading", message(language, "findings.opinion.problem", number=number, title=problem.title)))
        for name, text in _fields(problem):
            if text:
                found.append(("field", message(language, f"findings.opinion.{name}", text=text)))
    found.append(("body", message(language, "findings.opinion.closing")))
    return found


def text(opinion: ReturnOpinion, language: str) -> str:
    """The paper as plain text, to be pasted into a letter or a chat."""
    lines = []
    for style, words in paragraphs(opinion, language):
        lines.append(("    " if style in ("body", "field") and language != "en" else "") + words)
        if style == "title":
            lines.append("")
    return "\n".join(lines) + "\n"


def _fields(problem: Problem) -> Sequence[tuple[str, str]]:
    return (
        ("place", problem.place),
        ("reported", problem.reported),
        ("relation", problem.relation),
        ("rule", problem.rule),
        ("demand", problem.demand),
    )


def document(opinion: ReturnOpinion) -> bytes:
    """The paper as a Word file in the official layout, in Chinese."""
    paper = paragraphs(opinion, "zh-CN")
    made = word.official_document(paper[0][1])
    for style, words in paper:
        (word.flush if style == "address" else word.paragraph)(made, words, _STYLES[style])
    return word.to_bytes(made)


_STYLES = {
    "title": word.TITLE,
    "address": word.BODY,
    "body": word.BODY,
    "heading": word.SUBHEADING,
    "field": word.BODY,
}
