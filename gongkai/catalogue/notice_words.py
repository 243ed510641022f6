"""How a finding is put to the unit that it goes back to (data/notice_words.csv): the relation that should hold, and
what is asked of the unit. Never a number that would be right: the unit knows its own cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.checks import checks
from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_COLUMNS = ("check", "relation_zh", "relation_en", "demand_zh", "demand_en")


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """应为关系 and 整改要求 of one check, in both languages."""

    relation_zh: str
    relation_en: str
    demand_zh: str
    demand_en: str

    def relation(self, language: str) -> str:
        """What should hold, in `language` ("en", else Chinese)."""
        return self.relation_en if language == "en" else self.relation_zh

    def demand(self, language: str) -> str:
        """What the unit is asked to do, in `language`."""
        return self.demand_en if language == "en" else self.demand_zh


@cache
def notice_words() -> dict[str, NoticeWords]:
    """The words of every check that can go back to a unit. Raise CatalogueError naming file, line and field."""
    path = DATA / "notice_words.csv"
    found: dict[str, NoticeWords] = {}
    for line, row in rows(path, _COLUMNS):
        check = row.pop("check")
        if check not in checks():
            raise CatalogueError(f"{path.name}, line {line}, check: {check!r} is not in checks.csv")
        if check in found:
            raise CatalogueError(f"{path.name}, line {line}, check: {check} stands twice")
        for field, value in row.items():
            if not value:
                raise CatalogueError(f"{path.name}, line {line}, {field}: is empty")
        found[check] = NoticeWords(**row)
    for code, check_ in checks().items():
        if check_.severity in ("error", "warning") and code not in found:
            raise CatalogueError(f"{path.name}: {code} goes back to units, but has no words here")
    return found
