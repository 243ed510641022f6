"""What the checks across reports need from the store, as data frames: gongkai/store/sql/checks/*.sql.

Asked of a reader, so that people's decisions and corrections count. The frames' columns are those that the checks of
gongkai/checks/across name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
import pyarrow as pa

from gongkai.catalogue.check_limits import limit
from gongkai.checks.across.changes import MEASURES
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
        self._reader, self._cursor = reader, reader.cursor()
        self._collection = {"collection": collection}
        self._units = {"units": None if units is None else list(units)}
        base, cell = sql("checks/base").split("-- The figures of their tables", 1)
        self._cursor.execute(base, self._collection | self._units)
        self._cursor.execute("-- The figures" + cell)

    def close(self) -> None:
        """Forget what was made for the checks."""
        self._cursor.close()

    @cached_property
    def years(self) -> list[int]:
        """The years with reports, in order."""
        rows = self._cursor.execute("SELECT DISTINCT year FROM check_report ORDER BY year").fetchall()
        return [int(row[0]) for row in rows]

    def flows(self) -> pd.DataFrame:
        """For check_carry_over."""
        return self._asked("flows")

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
        return self._asked("measures", {"metrics": list(MEASURES)})

    def rules(self) -> pd.DataFrame:
        """For check_powers."""
        return self._asked("rules")

    def registered(self) -> pd.DataFrame:
        """For check_registered."""
        return self._asked("registered", self._collection | self._units)

    def due(self, year: int) -> pd.DataFrame:
        """For check_submissions: one year's, from the query that the page on submissions asks."""
        asked = {"collection": self._collection["collection"], "year": year, "today": date(year + 1, 12, 31)}
        rows = self._reader.run("submissions", asked)
        if self._units["units"] is not None:
            rows = rows[rows["agency_id"].isin(self._units["units"])]
        return pd.DataFrame(
            {
                "unit": rows["agency_id"],
                "year": year,
                "due": rows["due"],
                "confirmed": rows["confirmed"],
                "received": rows["state"] != "missing",
                "report": rows["report_id"],
                "received_on": rows["handed_in_on"].where(rows["late_days"].gt(0).fillna(False)),
                "published_on": rows["published_on"],
                "due_on": rows["due_on"],
                "statutory_on": rows["statutory_on"],
                # What waits for somebody to say whose it is may well be this unit's.
                "doubted": rows["unconfirmed"] > 0,
            }
        )

    def versions(self) -> pd.DataFrame:
        """For check_versions."""
        return self._asked("versions", self._collection | self._units | {"confident": CONFIDENT})

    def differences(self, archive: Archive, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Difference]:
        """For check_versions: what comparing the reports of each pair comes to."""
        return differences(self._cursor, archive, pairs)

    def texts(self) -> Iterator[tuple[int, pd.DataFrame]]:
        """For check_copies: year by year."""
        shared = limit("text_copied", "shared_units")
        self._cursor.execute(sql("checks/all_texts"), {"shared": shared, "problems": PROBLEMS})
        for year in self.years:
            yield year, self._asked("texts", {"year": year})
        self._cursor.execute("DROP TABLE check_text")

    def sentences(self, report: str, five: bool) -> list[tuple[str, Evidence]]:
        """For check_copies: the sentences of a part of a report, and where they stand."""
        asked = {"report": report, "five": five, "problems": PROBLEMS}
        rows = self._cursor.execute(sql("checks/sentences"), asked).fetchall()
        return [(masked, Evidence("", block=block, start=start, end=end)) for masked, block, start, end in rows]

    def sums(self) -> pd.DataFrame:
        """For the differences of check_roll_up."""
        if not self.years:
            return pd.DataFrame()
        span = {"first_year": self.years[0], "last_year": self.years[-1]}
        members, whole = sql("checks/sums").split(";\n\n", 1)
        self._cursor.execute(members, self._collection | span)
        self._cursor.execute(whole)
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
