"""What the statutory tables of a report say: the records that reading them gives."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.catalogue.forms import RowSpec
from gongkai.records import Doubt, Evidence, Figure, UnmappedRow

PROVED = 0.9
"""Confidence in a row that identities prove where its layout does not."""

UNSURE = 0.5
"""Confidence in a row that nothing proves."""


@dataclass(frozen=True, slots=True)
class Placement:
    """How a row of a report was placed on a row of the form: exact, near (a misprint) or position (no label)."""

    spec: RowSpec
    table: str
    how: str
    printed: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the statutory tables of one report say. `regime` is the form they are printed in, null without tables."""

    regime: str | None = None
    figures: tuple[Figure, ...] = ()
    placements: tuple[Placement, ...] = ()
    missing: tuple[tuple[str, RowSpec], ...] = ()
    absent_tables: tuple[str, ...] = ()
    unmapped: tuple[UnmappedRow, ...] = ()
    doubts: tuple[Doubt, ...] = ()
