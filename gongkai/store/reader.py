"""Reads a published generation, with what people decided laid over it.

One reader serves all threads of a process: each query gets its own cursor (a connection shared by threads gives wrong
rows). A reader is cached until a new generation is published or somebody decides something; the next query then opens
a new one, and the old one ends with its last query.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from gongkai.catalogue.metrics import metrics
from gongkai.errors import CatalogueError, QueryError
from gongkai.store import author_memory, coverage_overlay, form_cells, generations, overlay
from gongkai.store.corrections import Corrections
from gongkai.store.decisions import DecisionError, Decisions, effects
from gongkai.store.findings import lay_findings
from gongkai.store.ledger_overlay import lay_ledgers
from gongkai.store.peer_tables import lay_peers
from gongkai.store.publish import sql
from gongkai.store.queries import Catalogue, Query, block_statement, catalogue
from gongkai.store.sqlite import entries_made
from gongkai.store.vouched import lay_vouched
from gongkai.store.workspace import Workspace

LAID: tuple[Callable[[duckdb.DuckDBPyConnection, Workspace | None], None], ...] = (
    coverage_overlay.lay,
    lay_peers,
    lay_vouched,
    lay_findings,
    lay_ledgers,
)
"""What makes tables of people's journals for the named queries; without a workspace the tables are empty."""


def decided(workspace: Workspace) -> int:
    """The version of all that people decided in a workspace: it grows with every entry of any journal."""
    return entries_made(workspace.decisions, DecisionError)


class Reader:
    """A generation (or an empty store, where none was published yet) that named queries can be put to.

    `generation` is its number (0: none yet), `decisions` the version of what people decided, laid over it.
    """

    def __init__(self, path: Path | None, workspace: Workspace | None = None, known: Catalogue | None = None) -> None:
        self.generation = generations.number(path) if path else 0
        # The version comes first: an entry made while the rest is read is laid over already, and looked for once more.
        self.decisions = decided(workspace) if workspace else 0
        log = Decisions(workspace).log() if workspace else []
        self._catalogue = known or catalogue()
        self._connection = generations.attach(path, read_only=True)
        self._connection.execute(sql("views"))
        _create_metrics(self._connection)
        form_cells.create(self._connection)
        overlay.add_log(self._connection, log)
        corrections = Corrections(workspace).log() if workspace else []
        choices = author_memory.remembered(workspace, log) if workspace and log else []
        made = effects(log, {one.decision: one.agency_id for one in choices})
        laid = made | author_memory.lay(self._connection, choices, made)
        if laid or corrections:
            overlay.lay(self._connection, laid, [each for each in corrections if each.stands])
        overlay.add_corrections(self._connection, corrections)
        for lay in LAID:
            lay(self._connection, workspace)
        _create_blocks(self._connection, self._catalogue.blocks)
        # A query may read the store and nothing else: no files, no network, no further databases.
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def run(self, name: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        """The rows of a named query. Raise QueryError naming the file and the parameter at fault."""
        query = self._catalogue.query(name)
        return self.execute(query, query.values(parameters))

    def execute(self, query: Query, values: Mapping[str, Any]) -> pd.DataFrame:
        """The rows of a loaded query; its columns must be those that its header promises."""
        cursor = self._connection.cursor()
        try:
            table = cursor.execute(query.sql, dict(values)).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(f"{query.path.name}: {error}") from error
        finally:
            cursor.close()
        if tuple(table.column_names) != query.columns:
            raise CatalogueError(f"{query.path.name}, columns: the query gives {', '.join(table.column_names)}")
        return frame(table)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for a caller inside the store."""
        return self._connection.cursor()


def frame(table: pa.Table) -> pd.DataFrame:
    """Rows as a data frame in which missing stays missing: Int64, boolean, str, datetime64; float64 with NaN."""
    columns = []
    for column in table.columns:
        if pa.types.is_decimal(column.type):
            # Sums of integers are HUGEINT, which arrives as a decimal without places.
            column = column.cast(pa.int64() if column.type.scale == 0 else pa.float64())
        columns.append(column)
    typed = pa.Table.from_arrays(columns, names=table.column_names)
    result: pd.DataFrame = typed.to_pandas(types_mapper=_pandas_type, date_as_object=False)
    return result


def _pandas_type(type_: pa.DataType) -> Any:
    if pa.types.is_integer(type_):
        return pd.Int64Dtype()
    if pa.types.is_boolean(type_):
        return pd.BooleanDtype()
    if pa.types.is_string(type_):
        return pd.StringDtype(na_value=float("nan"))
    return None


def _create_metrics(connection: duckdb.DuckDBPyConnection) -> None:
    """The metric catalogue as a table `metric`: code, metric_group, unit, kind, label_zh, label_en, position."""
    known = list(metrics().values())
    table = pa.table(
        {
            "code": [metric.code for metric in known],
            "metric_group": [metric.group for metric in known],
            "unit": [metric.unit for metric in known],
            "kind": [metric.kind for metric in known],
            "label_zh": [metric.label_zh for metric in known],
            "label_en": [metric.label_en for metric in known],
            "position": pa.array(range(len(known)), pa.int32()),
        }
    )
    connection.register("metric_rows", table)
    connection.execute("CREATE OR REPLACE TABLE metric AS FROM metric_rows")
    connection.unregister("metric_rows")


def _create_blocks(connection: duckdb.DuckDBPyConnection, blocks: Mapping[str, Query]) -> None:
    """Create the building blocks, each after those that it uses."""
    waiting = dict(blocks)
    while waiting:
        failed: dict[str, duckdb.Error] = {}
        for name, block in waiting.items():
            try:
                connection.execute(block_statement(block))
            except duckdb.CatalogException as error:
                failed[name] = error
            except duckdb.Error as error:
                raise CatalogueError(f"{block.path.name}: {error}") from error
        if len(failed) == len(waiting):
            name, reason = next(iter(failed.items()))
            raise CatalogueError(f"{waiting[name].path.name}: {reason}") from reason
        waiting = {name: waiting[name] for name in failed}


_readers: dict[Path, tuple[tuple[Path | None, int], Reader]] = {}
_opening = threading.Lock()


def reader(workspace: Workspace) -> Reader:
    """The reader of what is published and decided now."""
    cached = _readers.get(workspace.folder)
    if cached is not None and cached[0] == (generations.current(workspace), decided(workspace)):
        return cached[1]
    with _opening:
        key = (generations.readable(workspace), decided(workspace))
        cached = _readers.get(workspace.folder)
        if cached is None or cached[0] != key:
            opened = Reader(key[0], workspace)
            # Somebody may have decided since: the reader says itself which decisions it holds.
            cached = ((key[0], opened.decisions), opened)
            _readers[workspace.folder] = cached
        return cached[1]


def run_in(workspace: Workspace, name: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of the named query in `workspace`."""
    return reader(workspace).run(name, parameters)
