"""The words on the screen (locales/<language>/<area>.toml), complete in both languages and validated on load."""

from __future__ import annotations

import string
import tomllib
from functools import cache

from gongkai.errors import CatalogueError
from gongkai.paths import LOCALES

LANGUAGES = ("zh-CN", "en")
"""The languages of the screen; the first is the default."""


def placeholders(text: str) -> frozenset[str]:
    """The names in braces that `text` expects; raise ValueError where the braces are unbalanced or positional."""
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    if any(not name.isidentifier() for name in names):
        raise ValueError("a placeholder has no plain name")
    return frozenset(names)


def _flat(prefix: str, table: dict[str, object], found: dict[str, str], where: str) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            _flat(key, value, found, where)
        elif isinstance(value, str) and value.strip():
            try:
                placeholders(value)
            except ValueError as error:
                raise CatalogueError(f"{where}, {key}: {error}") from error
            found[key] = value
        else:
            raise CatalogueError(f"{where}, {key}: a message is a text that is not empty")


@cache
def messages(language: str) -> dict[str, str]:
    """All messages of a language by dotted key, the file's name first. Raise CatalogueError naming file and key."""
    folder = LOCALES / language
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        where = f"locales/{language}/{path.name}"
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CatalogueError(f"{where}: {error}") from error
        _flat(path.stem, table, found, where)
    if not found:
        raise CatalogueError(f"locales/{language}: no messages; known languages are {', '.join(LANGUAGES)}")
    return found


def message(language: str, key: str, **values: object) -> str:
    """The message `key` in `language` with its placeholders filled; raise CatalogueError where either is missing."""
    try:
        text = messages(language)[key]
    except KeyError:
        raise CatalogueError(f"locales/{language}: no message {key!r}") from None
    try:
        return text.format_map(values)
    except KeyError as error:
        raise CatalogueError(f"locales/{language}, {key}: no value for the placeholder {error}") from None
