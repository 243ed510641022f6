"""The texts of one year's reports, column by column: the checks for copies look at few of the many one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gongkai.catalogue.check_limits import limit
from gongkai.checks.across import minhash

DAYS = ("published_on", "signed_on", "received_on")
"""Days (YYYY-MM-DD, null where unknown) that tell which of two reports was first: each only beside the same of the
other, since units sign, hand in and publish in weeks of their own."""

COLUMNS = pa.schema(
    [
        ("unit", pa.string()),
        ("year", pa.int32()),
        ("county", pa.string()),
        ("kind", pa.string()),
        ("report", pa.string()),
        *((name, pa.string()) for name in DAYS),
        ("doubted", pa.bool_()),
        ("five", pa.bool_()),
        ("masked", pa.large_string()),
        ("own", pa.large_string()),
    ]
)
"""One row per report and part: county (whose government and office write together: any label), DAYS, five (the section
on problems; else all others), masked (its sentences, a line each), own (those of them that follow no template)."""
_REST = 3
"""So many times as much text is needed of the other sections: they say what everybody does."""


@dataclass(frozen=True, slots=True)
class Text:
    """One part (the section on problems, or the rest) of one report; `own` is what is left of it without templates."""

    unit: str
    year: int
    county: str | None
    kind: str | None
    report: str
    published_on: str | None
    signed_on: str | None
    received_on: str | None
    doubted: bool
    five: bool
    masked: str
    own: str


@dataclass(frozen=True, slots=True)
class Year:
    """The texts of one year, by their numbers."""

    columns: dict[str, list[Any]]
    five: NDArray[np.bool_]
    long_enough: NDArray[np.bool_]
    """Whether likeness says something. Of the section on problems the whole may be a copy though each of its sentences
    stands elsewhere as well."""
    signed: minhash.Signatures
    """Of what pairs are proposed by: of the rest, what is its own; everybody shares the other half."""
    place: dict[tuple[str, bool], int]
    """The number of a unit's part."""

    @classmethod
    def of(cls, table: pa.Table) -> Year:
        """The rows of a table of COLUMNS."""
        five = np.asarray(table["five"].to_numpy(), dtype=bool)
        length, own = (pc.utf8_length(table[name]).to_numpy() for name in ("masked", "own"))
        long_enough = np.where(five, length / 2, own / _REST) >= limit("text_copied", "shortest")
        columns: dict[str, list[Any]] = table.to_pydict()
        signed = minhash.signatures(
            [
                (masked if part else own) if enough else ""
                for part, enough, masked, own in zip(five, long_enough, columns["masked"], columns["own"], strict=True)
            ]
        )
        place = {key: number for number, key in enumerate(zip(columns["unit"], columns["five"], strict=True))}
        return cls(columns, five, long_enough, signed, place)

    def text(self, number: int) -> Text:
        """One of them."""
        return Text(**{name: values[number] for name, values in self.columns.items()})
