"""What the checks across reports need from the store, as data frames: gongkai/store/sql/checks/*.sql.

Asked of a reader, so that people's decisions and corrections count. The frames' columns are those that the checks of
gongkai/checks/across name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gongkai.catalogue.check_limits import limit
from gongkai.checks.across.changes import MEASURES
from gongkai.checks.across.texts import COLUMNS
from gongkai.checks.across.versions import Difference
from gongkai.checks.sections import PROBLEMS
from gongkai.records import CONFIDENT, Evidence
from gongkai.store.archive import Archive
from gongkai.store.check_versions import differences
from gongkai.store.publish import sql
from gongkai.store.reader import Reader, frame


class Frames:
    """The frames of one collection, or of some of its units."""

    def __init__(self, reader: Reader, collection: str, units: Sequence[str] | None = None) -> None:
        # Temporary tables are seen by the cursor that made them alone.
        self._cursor = reader.cursor()
        self._collection = {"collection": collection}
        self._units = {"units": None if units is None else list(units)}
        self._script("base", self._collection | self._units)

    def close(self) -> None:
        """Forget what was made for the checks."""
        self._cursor.close()

    @cached_property
    def years(self) -> list[int]:
        """The years with reports, in order."""
        rows = self._cursor.execute("SELECT DISTINCT year FROM check_report ORDER BY year").fetchall()
        return [int(row[0]) for row in rows]

    @property
    def _span(self) -> dict[str, int]:
        return {"first_year": min(self.years, default=0), "last_year": max(self.years, default=-1)}

    def flows(self) -> pd.DataFrame:
        """For check_carry_over."""
        return self._asked("flows", self._collection)

    def merged(self) -> pd.DataFrame:
        """For check_carry_over and check_stocks."""
        return self._asked("merged", self._collection)

    def stocks(self) -> pd.DataFrame:
        """For check_stocks."""
        return self._asked("stocks")

    def blocks(self) -> pd.DataFrame:
        """For check_pending."""
        return self._asked("blocks")

    def tables(self) -> pd.DataFrame:
        """For check_identical."""
        return self._asked("tables")

    def measures(self) -> pd.DataFrame:
        """For check_changes; the rows of fees.amount also for check_fees."""
        return self._asked("measures", self._collection | self._span | {"metrics": list(MEASURES)})

    def rules(self) -> pd.DataFrame:
        """For check_powers."""
        return self._asked("rules")

    def registered(self) -> pd.DataFrame:
        """For check_registered."""
        return self._asked("registered", self._collection | self._units)

    def due(self) -> pd.DataFrame:
        """For check_submissions."""
        return self._asked("due", self._collection | self._units | self._span)

    def versions(self) -> pd.DataFrame:
        """For check_versions."""
        return self._asked("versions", self._collection | self._units | {"confident": CONFIDENT})

    def differences(self, archive: Archive, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Difference]:
        """For check_versions: what comparing the reports of each pair comes to."""
        return differences(self._cursor, archive, pairs)

    def texts(self) -> Iterator[tuple[int, pa.Table]]:
        """For check_copies: year by year."""
        shared = limit("text_copied", "shared_units")
        for year in self.years:
            said = self._script("year_texts", {"year": year, "shared": shared, "problems": PROBLEMS}).to_arrow_table()
            reports = self._cursor.execute(sql("checks/year_reports"), {"year": year}).to_arrow_table()
            yield year, _joined(said, reports)
        self._cursor.execute("DROP TABLE IF EXISTS check_sentence")

    def sentences(self, parts: Collection[tuple[str, bool]]) -> dict[tuple[str, bool], list[tuple[str, Evidence]]]:
        """For check_copies: the sentences of parts of reports, and where they stand."""
        found: dict[tuple[str, bool], list[tuple[str, Evidence]]] = {part: [] for part in parts}
        asked = {"reports": sorted({report for report, _ in parts}), "problems": PROBLEMS}
        rows = self._cursor.execute(sql("checks/sentences"), asked).fetchall() if parts else []
        for report, five, masked, block, start, end in rows:
            if (report, five) in found:
                found[report, five].append((masked, Evidence("", block=block, start=start, end=end)))
        return found

    def sums(self) -> pd.DataFrame:
        """For the differences of check_roll_up."""
        if not self.years:
            return pd.DataFrame()
        self._script("sums", self._collection | self._span)
        return self._asked("sums_compared")

    def parts(self, wrong: pd.DataFrame) -> pd.DataFrame:
        """For check_roll_up: what each unit puts into the cells that differ. After `sums`."""
        keys = pa.Table.from_pandas(wrong[["unit", "year", "scope", "metric", "applicant"]], preserve_index=False)
        return self._beside("check_wrong", keys, "sums_parts")

    def ledger(self) -> pd.DataFrame:
        """For check_ledger."""
        return self._asked("ledger", self._collection)

    def places(self, cells: pa.Table) -> list[dict[str, Any]]:
        """Where cells (number, unit, year, scope, metric, applicant) stand, in the order of their numbers."""
        self._cursor.register("check_ref", cells)
        try:
            rows: list[dict[str, Any]] = (
                self._cursor.execute(sql("checks/evidence"), self._collection).to_arrow_table().to_pylist()
            )
        finally:
            self._cursor.unregister("check_ref")
        return rows

    def _beside(self, name: str, table: pa.Table, question: str) -> pd.DataFrame:
        self._cursor.register(name, table)
        try:
            return self._asked(question, self._collection)
        finally:
            self._cursor.unregister(name)

    def _asked(self, name: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        return frame(self._cursor.execute(sql("checks/" + name), parameters or {}).to_arrow_table())

    def _script(self, name: str, parameters: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        """Put several statements one after the other, each with the parameters that it names."""
        for statement in self._cursor.extract_statements(sql("checks/" + name)):
            self._cursor.execute(statement, {one: parameters[one] for one in statement.named_parameters})
        return self._cursor


def _joined(sentences: pa.Table, reports: pa.Table) -> pa.Table:
    """The sentences (number of the report, five, shared, masked, in their order) as texts, one row per report and part,
    beside what is known of the reports (in the order of their numbers)."""
    numbers, fives = (sentences[name].to_numpy() for name in ("number", "five"))
    new = np.r_[True, (numbers[1:] != numbers[:-1]) | (fives[1:] != fives[:-1])][: len(numbers)]
    starts = np.flatnonzero(new)
    own = pc.invert(sentences["shared"])
    before = np.r_[0, np.cumsum(own.to_numpy())]
    masked = sentences["masked"].cast(pa.large_string())
    about = reports.take(np.searchsorted(reports["number"].to_numpy(), numbers[starts])).drop_columns("number")
    ends = np.r_[starts, len(numbers)]
    return (
        about.append_column("five", pa.array(fives[starts]))
        .append_column("masked", _lines(masked, ends))
        .append_column("own", _lines(masked.filter(own), before[ends]))
        .select(COLUMNS.names)
    )


def _lines(sentences: pa.ChunkedArray, ends: NDArray[np.int64]) -> pa.Array:
    """Texts of a sentence a line; `ends` says where each begins, and where the last one ends."""
    lists = pa.LargeListArray.from_arrays(pa.array(ends, pa.int64()), sentences.combine_chunks())
    return pc.binary_join(lists, pa.scalar("\n", pa.large_string()))
