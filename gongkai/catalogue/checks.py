"""The checks (data/checks.csv) and the reasons of their findings (data/check_reasons.csv): stable codes, severities,
and their words in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

SEVERITIES = frozenset({"error", "warning", "notice"})


@dataclass(frozen=True, slots=True)
class Check:
    """One check. error goes back to the unit, warning asks it to explain, notice is for the office alone."""

    code: str
    severity: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    rule: str

    def title(self, language: str) -> str:
        """The check's title in `language` ("zh" or "en")."""
        return self.title_en if language == "en" else self.title_zh

    def text(self, language: str) -> str:
        """The check's explanation in `language` ("zh" or "en")."""
        return self.text_en if language == "en" else self.text_zh


@cache
def checks() -> dict[str, Check]:
    """All checks by code, in the order of the file. Raise CatalogueError naming file, line and field."""
    path = DATA / "checks.csv"
    found: dict[str, Check] = {}
    for line, row in rows(path, ("code", "severity", "title_zh", "title_en", "text_zh", "text_en", "rule")):
        choice(path, line, "severity", row["severity"], SEVERITIES)
        for field, value in row.items():
            if not value:
                raise CatalogueError(f"{path.name}, line {line}, {field}: is empty")
        if row["code"] in found:
            raise CatalogueError(f"{path.name}, line {line}, code: {row['code']} stands twice")
        found[row["code"]] = Check(**row)
    return found


@dataclass(frozen=True, slots=True)
class Reason:
    """Which of the faults that a check looks for a finding is: a code, and its words in both languages."""

    check: str
    code: str
    text_zh: str
    text_en: str

    def text(self, language: str) -> str:
        """The reason in `language` ("zh" or "en")."""
        return self.text_en if language == "en" else self.text_zh


@cache
def reasons() -> dict[tuple[str, str], Reason]:
    """All reasons by check and code. Raise CatalogueError naming file, line and field."""
    path = DATA / "check_reasons.csv"
    found: dict[tuple[str, str], Reason] = {}
    for line, row in rows(path, ("check", "reason", "text_zh", "text_en")):
        check = choice(path, line, "check", row["check"], frozenset(checks()))
        for field, value in row.items():
            if not value:
                raise CatalogueError(f"{path.name}, line {line}, {field}: is empty")
        if (check, row["reason"]) in found:
            raise CatalogueError(f"{path.name}, line {line}, reason: {row['reason']} stands twice")
        found[check, row["reason"]] = Reason(check, row["reason"], row["text_zh"], row["text_en"])
    return found
