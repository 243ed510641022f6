"""The statutory forms as small tables that named queries join: form_cell, form_shared, reading_setting."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from gongkai.catalogue.form_cells import form_cells, same_in
from gongkai.catalogue.forms import forms
from gongkai.records import CONFIDENT


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables:

    form_cell (regime, first_year, last_year, form_table, metric, applicant, position): the cells of each form;
    form_shared (regime, other_regime, metric): what a report on another form counts alike, itself included;
    reading_setting (confident): from which confidence on a reading is no doubt.
    """
    cells = [
        {
            "regime": regime,
            "first_year": form.years.start,
            "last_year": form.years.stop - 1,
            "form_table": cell.table,
            "metric": cell.metric,
            "applicant": cell.applicant,
            "position": cell.position,
        }
        for regime, form in forms().items()
        for cell in form_cells(regime)
    ]
    shared = [
        {"regime": regime, "other_regime": other, "metric": metric}
        for regime in forms()
        for other in forms()
        for metric in same_in(regime, other)
    ]
    for name, rows in (
        ("form_cell", cells),
        ("form_shared", shared),
        ("reading_setting", [{"confident": CONFIDENT}]),
    ):
        connection.register("form_rows", pa.Table.from_pylist(rows))
        connection.execute("CREATE OR REPLACE TABLE " + name + " AS FROM form_rows")
        connection.unregister("form_rows")
