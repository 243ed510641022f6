"""The words: both languages complete, the same placeholders, every message used, none missing."""

import re
from pathlib import Path

import pytest

from gongkai.catalogue.messages import LANGUAGES, message, messages, placeholders
from gongkai.errors import CatalogueError
from gongkai.paths import PROJECT

_KEY = r"""[a-z_]+(?:\.(?:\{[^}]*\}|[^"'\s{}])+)+"""
_CALL = re.compile(rf"""\bt\(\s*(f?)["']({_KEY})["']""")
# Overlapping, since a message may be called inside an f-string.
_WORD = re.compile(rf"""(?=(f?)["']({_KEY})["'])""")


def sources() -> list[Path]:
    """The code that shows words."""
    return [
        PROJECT / "app.py",
        *(PROJECT / "pages").glob("*.py"),
        *(path for part in ("ui", "charts", "exports") for path in (PROJECT / "gongkai" / part).glob("*.py")),
        *(PROJECT / "gongkai" / "commands").glob("*.py"),
        PROJECT / "gongkai" / "catalogue" / "code_words.py",
    ]


def pattern(formatted: bool, key: str) -> re.Pattern[str]:
    """A key as written in the code as a pattern: what an f-string fills in may be anything."""
    parts = re.split(r"\{[^}]*\}", key) if formatted else [key]
    return re.compile(r"[A-Za-z0-9_.\-]+".join(re.escape(part) for part in parts))


def test_both_languages_have_the_same_messages() -> None:
    first, second = (messages(language) for language in LANGUAGES)
    assert first.keys() == second.keys()


def test_both_languages_have_the_same_placeholders() -> None:
    first, second = (messages(language) for language in LANGUAGES)
    assert {key: placeholders(text) for key, text in first.items()} == {
        key: placeholders(text) for key, text in second.items()
    }


def test_every_message_that_is_called_exists() -> None:
    known = messages("zh-CN")
    for path in sources():
        for formatted, key in _CALL.findall(path.read_text(encoding="utf-8")):
            wanted = pattern(bool(formatted), key)
            assert any(wanted.fullmatch(name) for name in known), f"{path.name}: no message {key}"


def test_every_message_is_used() -> None:
    written = [
        pattern(bool(formatted), key)
        for path in sources()
        for formatted, key in _WORD.findall(path.read_text(encoding="utf-8"))
    ]
    unused = [key for key in messages("zh-CN") if not any(each.fullmatch(key) for each in written)]
    assert unused == []


def test_nothing_is_left_untranslated() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    first, second = (messages(language) for language in LANGUAGES)
    assert [key for key in first if first[key] == second[key] and chinese.search(first[key])] == []


def test_what_is_missing_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"no\.such"):
        message("zh-CN", "no.such")
    with pytest.raises(CatalogueError, match="count"):
        message("zh-CN", "common.table.rows")
    with pytest.raises(CatalogueError, match="xx"):
        messages("xx")
