"""The store: workspaces, published generations, ingest, named queries, what people decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame


def run(name: str, /, **parameters: Any) -> DataFrame:
    """The rows of the named query (queries/<name>.sql) in the workspace that GONGKAI_DATA names.

    Raise QueryError naming the file and a missing, unknown or wrong parameter.
    """
    # Imported here: making a workspace or parsing a file needs no pandas, which takes a second to import.
    from gongkai.store.reader import reader
    from gongkai.store.workspace import open_workspace

    return reader(open_workspace()).run(name, parameters)


__all__ = ["run"]
