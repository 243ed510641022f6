"""The columns of a register as people keep it in a sheet, and the Chinese words for what stands in them
(data/register_columns.csv, data/register_words.csv)."""

from __future__ import annotations

from functools import cache

from gongkai.catalogue.tables import choice, rows
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS, SCOPES
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

COLUMNS = (
    "name",
    "aliases",
    "former_names",
    "level",
    "kind",
    "province",
    "city",
    "parent",
    "reports_to",
    "counts_in",
    "scope",
    "territory",
    "population",
    "population_year",
    "since",
    "until",
    "successor",
    "contact",
    "telephone",
)
"""The codes of the columns, in the order in which a register is written out."""

_CODES = {
    "level": frozenset(AGENCY_LEVELS),
    "kind": frozenset(AGENCY_KINDS),
    "scope": frozenset(SCOPES),
    "counts_in": frozenset({"-"}),
    "ignored": frozenset({""}),
}


@cache
def headings() -> dict[str, str]:
    """Chinese heading of each column's code, the one that is written out."""
    path = DATA / "register_columns.csv"
    found = {row["code"]: row["zh"] for _, row in rows(path, ("code", "zh", "words_zh"))}
    if tuple(found) != COLUMNS:
        raise CatalogueError(f"{path.name}, code: must be {', '.join(COLUMNS)}, in this order")
    return found


@cache
def column_of() -> dict[str, str]:
    """The code that a heading means: codes themselves, Chinese headings and their variants; "" for columns without
    meaning for the register."""
    path = DATA / "register_columns.csv"
    found = {code: code for code in COLUMNS}
    for line, row in rows(path, ("code", "zh", "words_zh")):
        for word in (row["zh"], *filter(None, row["words_zh"].split("|"))):
            if found.setdefault(word, row["code"]) != row["code"]:
                raise CatalogueError(f"{path.name}, line {line}: {word} stands for two columns")
    return found | {word: "" for (field, word), _ in _words().items() if field == "ignored"}


def code_of(field: str, word: str) -> str | None:
    """The code that a word means in a column (市级 → prefecture); null if it is none. A code means itself."""
    return word if word in _CODES[field] else _words().get((field, word))


@cache
def word_of(field: str, code: str) -> str:
    """The word that is written out for a code: the first that data/register_words.csv gives."""
    return next(word for (of, word), meant in _words().items() if of == field and meant == code)


@cache
def _words() -> dict[tuple[str, str], str]:
    path = DATA / "register_words.csv"
    found: dict[tuple[str, str], str] = {}
    for line, row in rows(path, ("field", "code", "word")):
        field = choice(path, line, "field", row["field"], frozenset(_CODES))
        code = choice(path, line, "code", row["code"], _CODES[field])
        if (field, row["word"]) in found:
            raise CatalogueError(f"{path.name}, line {line}, word: {row['word']} stands twice")
        found[field, row["word"]] = code
    return found
