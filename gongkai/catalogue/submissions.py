"""报送进度: the things that are handed in, what happens to them, in which states they can be, and by what words lists
say so (data/submission_words.csv)."""

from __future__ import annotations

from functools import cache

from gongkai.catalogue.register_columns import code_of
from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

ITEMS = ("report", "website_form")
"""年度报告, and 政府网站年度工作报表, which is followed without a file."""

EVENTS = ("received", "returned", "passed", "published", "filed", "corrected")
"""What a person enters: 收到 (of an item without a file), 退回, 通过, 已发布, 已备案, 更正."""

STATES = ("missing", "waiting", "returned", "passed", "published", "filed", "corrected")
"""未报, 待审, 退回, 通过, 已发布, 已备案, 更正. queries/_submission_state.sql says what leads to which."""

COLUMNS = {
    "due": ("agency", "year"),
    "events": ("agency", "year", "item", "event", "on", "file", "actor", "note"),
    "deadlines": ("year", "item", "level", "kind", "date"),
}
"""The columns of each list that can be imported."""

_CODES = {
    "column": frozenset(name for columns in COLUMNS.values() for name in columns),
    "item": frozenset(ITEMS),
    "event": frozenset(EVENTS),
}


@cache
def _words() -> dict[tuple[str, str], str]:
    path = DATA / "submission_words.csv"
    found: dict[tuple[str, str], str] = {}
    for line, row in rows(path, ("field", "word", "meaning")):
        field = choice(path, line, "field", row["field"], frozenset(_CODES))
        choice(path, line, "meaning", row["meaning"], _CODES[field])
        if (field, row["word"]) in found:
            raise CatalogueError(f"{path.name}, line {line}, word: {row['word']} stands twice")
        found[field, row["word"]] = row["meaning"]
    return found


def meaning(field: str, word: str) -> str | None:
    """The code that a word means as a column, item, event, level or kind; null if it is none. A code means itself."""
    if field in ("level", "kind"):
        return code_of(field, word)
    return word if word in _CODES[field] else _words().get((field, word))


@cache
def heading(column: str) -> str:
    """The Chinese heading of a column that is written out: the first that the list of words gives."""
    return next(word for (field, word), code in _words().items() if field == "column" and code == column)
