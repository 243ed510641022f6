"""The wording of what the office sends out: data/notices/<paper>.toml, which an office may replace.

A file of the same name in the folder `templates/` of a workspace goes before the project's, field by field: what it
leaves out stays as delivered. Each field is a text with placeholders in braces ({year}), or a list of texts; every
paper fills certain placeholders in each field and no others, so that a slip is found when the file is loaded and not
when a notice has gone out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.catalogue.messages import placeholders
from gongkai.catalogue.paper_fields import PAPERS, PROPOSAL_FIELDS, PROPOSAL_RULES, Field
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

DELIVERED = DATA / "notices"
FOLDER = "templates"
"""The folder of a workspace that holds the office's own files."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal for the leaders: `rule` says when it is made (a key of paper_fields.PROPOSAL_RULES), `checks` which
    findings it answers, of whose units `least` must be concerned."""

    rule: str
    checks: tuple[str, ...]
    least: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The wording of one paper."""

    name: str
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, float]
    proposals: tuple[Proposal, ...] = ()

    def say(self, field: str, **values: object) -> str:
        """The text of a field (dotted: table.field) with its placeholders filled."""
        return self.texts[field].format_map(values)

    def lines(self, field: str, **values: object) -> list[str]:
        """The texts of a list, filled; () for an empty one."""
        return [text.format_map(values) for text in self.lists[field]]


def paper_words(name: str, workspace: Path | None = None) -> PaperWords:
    """The wording of the paper `name` (a key of PAPERS), the workspace's own file before the project's.

    Raise CatalogueError naming file and field.
    """
    own = workspace / FOLDER / f"{name}.toml" if workspace is not None else None
    if own is None or not own.exists():
        return _delivered(name)
    given, base = _read(own, name), _delivered(name)
    return PaperWords(
        name,
        {**base.texts, **given.texts},
        {**base.lists, **given.lists},
        {**base.numbers, **given.numbers},
        given.proposals or base.proposals,
    )


@cache
def _delivered(name: str) -> PaperWords:
    path = DELIVERED / f"{name}.toml"
    words = _read(path, name)
    missing = [field for field in PAPERS[name] if field not in {**words.texts, **words.lists, **words.numbers}]
    if missing:
        raise CatalogueError(f"{_shown(path)}, {missing[0]}: is missing")
    return words


def _read(path: Path, name: str) -> PaperWords:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{_shown(path)}: {error}") from error
    proposals = tuple(
        _proposal(path, number, entry) for number, entry in enumerate(_entries(path, given.pop("proposal", [])), 1)
    )
    if proposals and name != "leaders":
        raise CatalogueError(f"{_shown(path)}, proposal: only the paper for the leaders makes proposals")
    fields = PAPERS[name]
    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, float] = {}
    for field, value in _flat("", given).items():
        if field not in fields:
            raise CatalogueError(f"{_shown(path)}, {field}: is no field of this paper; they are {', '.join(fields)}")
        wanted = fields[field]
        if wanted.number:
            if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
                raise CatalogueError(f"{_shown(path)}, {field}: must be a number from 0 to 1")
            numbers[field] = float(value)
        elif wanted.several:
            if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
                raise CatalogueError(f"{_shown(path)}, {field}: must be a list of texts")
            for text in value:
                _check(path, field, text, wanted)
            lists[field] = tuple(value)
        else:
            if not isinstance(value, str):
                raise CatalogueError(f"{_shown(path)}, {field}: must be a text")
            _check(path, field, value, wanted)
            texts[field] = value
    return PaperWords(name, texts, lists, numbers, proposals)


def _entries(path: Path, value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise CatalogueError(f"{_shown(path)}, proposal: must be tables [[proposal]]")
    return value


def _proposal(path: Path, number: int, entry: Mapping[str, Any]) -> Proposal:
    from gongkai.catalogue.checks import checks

    place = f"{_shown(path)}, proposal {number}"
    unknown = entry.keys() - {"rule", "checks", "least", "title", "text"}
    if unknown:
        raise CatalogueError(f"{place}, {min(unknown)}: is no field of a proposal")
    if entry.get("rule") not in PROPOSAL_RULES:
        raise CatalogueError(f"{place}, rule: {entry.get('rule')!r} is not one of {', '.join(PROPOSAL_RULES)}")
    codes, least = entry.get("checks", []), entry.get("least", 1)
    if not isinstance(codes, list) or any(code not in checks() for code in codes):
        raise CatalogueError(f"{place}, checks: must be a list of codes of checks.csv")
    if (entry["rule"] == "findings") != bool(codes):
        raise CatalogueError(f"{place}, checks: are named exactly where the rule is findings")
    if not isinstance(least, int) or isinstance(least, bool) or least < 1:
        raise CatalogueError(f"{place}, least: must be a whole number from 1 on")
    for field in ("title", "text"):
        if not isinstance(entry.get(field), str):
            raise CatalogueError(f"{place}, {field}: must be a text")
        _check(path, f"proposal {number}, {field}", entry[field], PROPOSAL_FIELDS[field])
    return Proposal(entry["rule"], tuple(codes), least, entry["title"], entry["text"])


def _check(path: Path, field: str, text: str, wanted: Field) -> None:
    try:
        named = placeholders(text)
    except ValueError as error:
        raise CatalogueError(f"{_shown(path)}, {field}: {error}") from error
    unknown = named - wanted.names
    if unknown:
        known = "、".join(f"{{{name}}}" for name in sorted(wanted.names)) or "none"
        raise CatalogueError(f"{_shown(path)}, {field}: {{{min(unknown)}}} is not filled here; known are {known}")
    if not text.strip() and not wanted.optional:
        raise CatalogueError(f"{_shown(path)}, {field}: is empty")


def _flat(prefix: str, table: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        found.update(_flat(f"{key}.", value) if isinstance(value, dict) else {key: value})
    return found


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
