"""Peer groups as tables that named queries join: those of the catalogue, and those that people saved."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from gongkai.catalogue.peer_groups import peer_groups
from gongkai.store.saved_groups import SavedGroups
from gongkai.store.workspace import Workspace

_GROUPS = pa.schema([("code", pa.string()), ("level", pa.string()), ("kind", pa.string())])
_BANDS = pa.schema(
    [
        ("code", pa.string()),
        ("scope", pa.string()),
        ("metric", pa.string()),
        ("metrics", pa.int32()),
        ("years", pa.int32()),
        ("medium_from", pa.float64()),
        ("many_from", pa.float64()),
    ]
)
_SAVED = pa.schema(
    [
        ("saved_id", pa.int64()),
        ("collection", pa.string()),
        ("name", pa.string()),
        ("owner", pa.string()),
        ("changed_by", pa.string()),
        ("changed_at", pa.string()),
    ]
)
_MEMBERS = pa.schema([("saved_id", pa.int64()), ("agency_id", pa.string())])


def lay_peers(connection: duckdb.DuckDBPyConnection, workspace: Workspace | None) -> None:
    """Make the tables peer_rule (a row per group, level and kind), peer_band (a row per group and metric of its
    volume), saved_group and saved_member."""
    groups = peer_groups().values()
    rules = [
        {"code": group.code, "level": level, "kind": kind}
        for group in groups
        for level in group.levels
        for kind in group.kinds
    ]
    bands = [
        {
            "code": group.code,
            "scope": group.bands.scope,
            "metric": metric,
            "metrics": len(group.bands.volume),
            "years": group.bands.years,
            "medium_from": group.bands.medium_from,
            "many_from": group.bands.many_from,
        }
        for group in groups
        if group.bands is not None
        for metric in group.bands.volume
    ]
    saved = SavedGroups(workspace).standing() if workspace is not None else []
    _table(connection, "peer_rule", pa.Table.from_pylist(rules, _GROUPS))
    _table(connection, "peer_band", pa.Table.from_pylist(bands, _BANDS))
    heads = [
        {
            "saved_id": group.id,
            "collection": group.collection,
            "name": group.name,
            "owner": group.owner,
            "changed_by": group.changed_by,
            "changed_at": group.changed_at,
        }
        for group in saved
    ]
    members = [{"saved_id": group.id, "agency_id": unit} for group in saved for unit in group.units]
    _table(connection, "saved_group", pa.Table.from_pylist(heads, _SAVED))
    _table(connection, "saved_member", pa.Table.from_pylist(members, _MEMBERS))


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("peer_rows", rows)
    connection.execute("CREATE OR REPLACE TABLE " + name + " AS FROM peer_rows")
    connection.unregister("peer_rows")
