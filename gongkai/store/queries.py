"""Named queries: queries/*.sql, one question a file of DuckDB SQL, validated when loaded.

A file starts with a header:

    -- question: What does the store hold, per collection?
    -- parameters: collection text, years integers = null, limit integer = 100
    -- columns: collection, reports, agencies

Types are text, texts (a list), integer, integers, boolean, date. A parameter with a default may be left out; `null` is
a default, too. `-- parameters: none` where there are none. In the SQL a parameter is `$name`; it arrives with its type,
so `($years IS NULL OR list_contains($years, year))` works for null, for empty and for filled lists. Long parameter and
column lists go on in lines that start with `--` and two blanks.

What there is to select from: report, figure, evidence, fact, agency, finding, doubt, unmapped, metadata_source,
ingest_run, ingest_failure (schema.sql; figure_id added), decision (what people decided) and metric (the catalogue).
Three measured rules for stores of millions of figures: filter the big tables with `=` or `IN (SELECT ...)`, which skip
what they need not read, not with list_contains on their columns (5 times slower) nor with `$a IS NULL OR x IN
(SELECT ...)` (likewise); join figure, evidence and fact by report_id and position, not by figure_id; ask for the
evidence of one report, not of many.

`_name.sql` is a building block and not for pages: its SELECT becomes the view `name`, or, with parameters, the table
macro `name(a, b)` that takes them in the order of the header; those with the default `null` come last and may be left
out. Blocks may use one another. Inside a macro a parameter
counts as a column where it stands beside aggregates: use it in an outer SELECT.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.errors import CatalogueError, QueryError
from gongkai.paths import QUERIES

TYPES = {
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
    "integer": "BIGINT",
    "integers": "BIGINT[]",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
_LISTS = {"texts": "text", "integers": "integer"}

_HEADER = ("question", "parameters", "columns")
_HEADER_LINE = re.compile(r"--\s*(question|parameters|columns):\s*(.*)")
_CONTINUED = re.compile(r"--\s{2,}(\S.*)")
_PARAMETER = re.compile(r"([a-z][a-z0-9_]*)\s+([a-z]+)(?:\s*=\s*(\S.*))?")
_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
# The commas between parameters, not those inside a default list.
_SEPARATOR = re.compile(r",(?![^\[]*\])")
# Strings, quoted names and comments, which may hold a dollar sign or a comma that means nothing; then the parameters.
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$([A-Za-z_][A-Za-z0-9_]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter. `required` unless a default was given (which may be null)."""

    name: str
    type: str
    required: bool
    default: Any = None


@dataclass(frozen=True, slots=True)
class Query:
    """A named query or building block, ready to run: `sql` casts each parameter to its declared type."""

    name: str
    path: Path
    question: str
    parameters: dict[str, Parameter]
    columns: tuple[str, ...]
    sql: str

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What to bind for `given`. Raise QueryError naming the file and a missing, unknown or wrong parameter."""
        unknown = sorted(given.keys() - self.parameters.keys())
        if unknown:
            known = ", ".join(self.parameters) or "none"
            raise QueryError(f"{self.path.name}: unknown parameter {', '.join(unknown)}; it has {known}")
        missing = [p.name for p in self.parameters.values() if p.required and given.get(p.name) is None]
        if missing:
            raise QueryError(f"{self.path.name}: missing parameter {', '.join(missing)}")
        bound = {}
        for parameter in self.parameters.values():
            value = given.get(parameter.name, parameter.default)
            try:
                bound[parameter.name] = None if value is None else _coerce(parameter.type, value)
            except (ValueError, TypeError) as error:
                raise QueryError(f"{self.path.name}, {parameter.name}: {value!r} is no {parameter.type}") from error
        return bound


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All named queries and all building blocks of a folder, by name."""

    queries: dict[str, Query]
    blocks: dict[str, Query]

    def query(self, name: str) -> Query:
        """The named query; raise QueryError where there is none."""
        if name not in self.queries:
            raise QueryError(f"{name}: there is no such query; there are {', '.join(sorted(self.queries)) or 'none'}")
        return self.queries[name]


@cache
def catalogue(folder: Path = QUERIES) -> Catalogue:
    """Load and validate all files of a folder. Raise CatalogueError naming file and line."""
    queries: dict[str, Query] = {}
    blocks: dict[str, Query] = {}
    for path in sorted(folder.glob("*.sql")):
        query = load(path)
        (blocks if path.name.startswith("_") else queries)[query.name] = query
    return Catalogue(queries, blocks)


def load(path: Path) -> Query:
    """Load one file. Raise CatalogueError naming file and line for a wrong header or an undeclared parameter."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: cannot be read ({error})") from error
    header, lines = _header(path, text)
    parameters = _parameters(path, lines["parameters"], header["parameters"])
    columns = tuple(part.strip() for part in header["columns"].split(","))
    for column in columns:
        if not _COLUMN.fullmatch(column):
            raise CatalogueError(f"{path.name}, line {lines['columns']}: {column!r} is no column name")
    used: set[str] = set()

    def cast(match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None:
            return match.group(0)
        if name not in parameters:
            line = text.count("\n", 0, match.start()) + 1
            raise CatalogueError(f"{path.name}, line {line}: ${name} is not declared in the header")
        used.add(name)
        return "CAST($" + name + " AS " + TYPES[parameters[name].type] + ")"

    sql = _TOKEN.sub(cast, text)
    for name in parameters:
        if name not in used:
            raise CatalogueError(f"{path.name}, line {lines['parameters']}: parameter {name} is never used")
    return Query(path.stem.lstrip("_"), path, header["question"], parameters, columns, sql)


def block_statement(block: Query) -> str:
    """The statement that makes a building block known to a connection, as a view or a table macro."""
    body = block.sql.strip().rstrip(";")
    if not block.parameters:
        return "CREATE OR REPLACE VIEW " + block.name + " AS\n" + body
    # In a macro the parameters are names, not placeholders; the prefix keeps them apart from columns.
    body = re.sub(r"CAST\(\$([a-z0-9_]+) AS", r"CAST(given_\1 AS", body)
    # A block's parameter with a default (null) may be left out by those that use the block; such ones come last.
    names = ", ".join("given_" + p.name + ("" if p.required else " := NULL") for p in block.parameters.values())
    return "CREATE OR REPLACE MACRO " + block.name + "(" + names + ") AS TABLE\n" + body


def _header(path: Path, text: str) -> tuple[dict[str, str], dict[str, int]]:
    header: dict[str, str] = {}
    lines: dict[str, int] = {}
    key = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("--"):
            break
        if match := _HEADER_LINE.fullmatch(line):
            key = match.group(1)
            if key in header:
                raise CatalogueError(f"{path.name}, line {number}: {key} stands twice")
            header[key], lines[key] = match.group(2).strip(), number
        elif key is not None and (match := _CONTINUED.fullmatch(line)):
            header[key] = (header[key] + " " + match.group(1)).strip()
    for key in _HEADER:
        if not header.get(key):
            raise CatalogueError(f"{path.name}, line 1: the header lacks `-- {key}: ...`")
    return header, lines


def _parameters(path: Path, line: int, text: str) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    if text == "none":
        return found
    for part in _SEPARATOR.split(text):
        match = _PARAMETER.fullmatch(part.strip())
        if match is None or match.group(2) not in TYPES:
            raise CatalogueError(
                f"{path.name}, line {line}: {part.strip()!r} is not `name type` or `name type = default` "
                f"with a type of {', '.join(TYPES)}"
            )
        name, type_, default = match.groups()
        if name in found:
            raise CatalogueError(f"{path.name}, line {line}: parameter {name} stands twice")
        try:
            value = None if default in (None, "null") else _coerce(type_, default)
        except ValueError as error:
            raise CatalogueError(f"{path.name}, line {line}: {default!r} is no {type_}") from error
        found[name] = Parameter(name, type_, default is None, value)
    return found


def _coerce(type_: str, value: Any) -> Any:
    """`value` as `type_`. Text, as it comes from a command line or an address, becomes what it says."""
    if type_ in _LISTS:
        if isinstance(value, str):
            value = json.loads(value) if value.startswith("[") else [part for part in value.split(",") if part]
        return [_coerce(_LISTS[type_], item) for item in value]
    if type_ == "text":
        if not isinstance(value, str):
            raise TypeError(type_)
        return str(value)
    if type_ == "boolean":
        if isinstance(value, str):
            return (
                {"true": True, "false": False}[value.lower()] if value.lower() in ("true", "false") else _wrong(type_)
            )
        return bool(value) if isinstance(value, (bool, int)) else _wrong(type_)
    if type_ == "date":
        return value if isinstance(value, date) else date.fromisoformat(value)
    if isinstance(value, bool) or int(value) != float(value):
        return _wrong(type_)
    return int(value)


def _wrong(type_: str) -> Any:
    raise ValueError(type_)
