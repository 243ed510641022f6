"""`gongkai query`: the rows of a named query, as a table for people, as CSV or as JSON for programs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from gongkai.commands.terminal import plain
from gongkai.errors import QueryError
from gongkai.store.queries import catalogue
from gongkai.store.reader import reader
from gongkai.store.workspace import open_workspace


def names() -> None:
    """Print the name and the question of every query."""
    for query in catalogue().queries.values():
        print(f"{query.name:24} {query.question}")


def run(folder: Path | None, name: str, given: list[str], wanted: str) -> None:
    """Put the query `name` with `given` key=value pairs to a workspace; print the rows as table, csv or json.

    JSON is one object a line; no rows are no lines. Raise QueryError for what is not key=value or stands twice.
    """
    parameters: dict[str, str] = {}
    for part in given:
        key, equals, value = part.partition("=")
        if not equals:
            raise QueryError(f"{part!r} is not key=value")
        if key in parameters:
            raise QueryError(f"{key} is given twice; a list is written {key}=a,b")
        parameters[key] = value
    rows = reader(open_workspace(folder)).run(name, parameters)
    if wanted == "csv":
        print(rows.to_csv(index=False), end="")
    elif wanted == "json" and not rows.empty:
        print(rows.to_json(orient="records", lines=True, force_ascii=False, date_format="iso"), end="")
    elif wanted == "table":
        texts = rows.map(lambda value: plain(value) if isinstance(value, str) else value)
        with pd.option_context("display.unicode.east_asian_width", True):
            print(texts.to_string(index=False, na_rep="-") if len(rows) else "no rows")
