"""The identities that hold in the forms (勾稽关系, data/identities.csv): one definition for reading and checking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from gongkai.catalogue.derivations import derivations
from gongkai.catalogue.forms import forms
from gongkai.catalogue.metrics import APPLICANTS, REGIMES, metrics
from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

Values = Mapping[tuple[str, str], float | None]
"""(metric, applicant) → value as printed; null or missing where there is no number."""

TOLERANCE = 1e-6
"""Counts are whole; amounts have at most four decimals."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The sum of `left` equals the sum of `right`. `over`: for each applicant column, in the total alone, or
    (columns, without terms) in each row of the application table: 总计 = the six applicant columns."""

    check: str
    regimes: frozenset[str]
    left: tuple[str, ...]
    right: tuple[str, ...]
    over: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """An identity evaluated at one place: the two sums and the cells (metric, applicant) they rest on."""

    identity: Identity
    left: float
    right: float
    cells: tuple[tuple[str, str], ...]

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return abs(self.left - self.right) <= TOLERANCE


@cache
def identities() -> tuple[Identity, ...]:
    """All identities. Raise CatalogueError naming file, line and field."""
    path = DATA / "identities.csv"
    found = []
    for line, row in rows(path, ("check", "regimes", "left", "right", "over")):
        over = choice(path, line, "over", row["over"], frozenset({"applicants", "total", "columns"}))
        left, right = tuple(row["left"].split()), tuple(row["right"].split())
        for code in (*left, *right):
            if code not in metrics():
                raise CatalogueError(f"{path.name}, line {line}: {code!r} is not in metrics.csv")
        if bool(left and right) == (over == "columns"):
            raise CatalogueError(f"{path.name}, line {line}: terms are needed, except over columns")
        regimes = frozenset(choice(path, line, "regimes", regime, REGIMES) for regime in row["regimes"].split())
        found.append(Identity(row["check"], regimes, left, right, over))
    return tuple(found)


Cells = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An identity at one place of a form: the cells (metric, applicant) whose sums are equal."""

    identity: Identity
    left: Cells
    right: Cells

    @property
    def cells(self) -> Cells:
        """All its cells, the total first."""
        return (*self.left, *self.right)

    def outcome(self, values: Values) -> Outcome | None:
        """The identity evaluated here, or null where a term has no number."""
        sums = []
        for side in (self.left, self.right):
            total = 0.0
            for cell in side:
                number = values.get(cell)
                if number is None:
                    return None
                total += number
            sums.append(total)
        return Outcome(self.identity, sums[0], sums[1], self.cells)


def evaluate(values: Values, regime: str) -> Iterator[Outcome]:
    """Evaluate every identity of a form wherever all its terms have numbers."""
    for place in places(frozenset(metric for metric, _ in values), regime):
        outcome = place.outcome(values)
        if outcome:
            yield outcome


@lru_cache(maxsize=2_000)
def places(stated: frozenset[str], regime: str) -> tuple[Place, ...]:
    """Every place at which an identity of a form holds, where the metrics `stated` are printed."""
    found = []
    for identity in identities():
        if regime not in identity.regimes:
            continue
        if identity.over == "columns":
            for metric in sorted(stated & _by_applicant(regime)):
                parts = tuple((metric, applicant) for applicant in APPLICANTS[:-1])
                found.append(Place(identity, ((metric, "all"),), parts))
        else:
            left = [code for term in identity.left for code in _printed(term, stated, regime)]
            right = [code for term in identity.right for code in _printed(term, stated, regime)]
            if not stated.issuperset((*left, *right)):
                continue
            found.extend(
                Place(identity, tuple((code, applicant) for code in left), tuple((code, applicant) for code in right))
                for applicant in (APPLICANTS if identity.over == "applicants" else ("all",))
            )
    return tuple(found)


@cache
def _by_applicant(regime: str) -> frozenset[str]:
    """The metrics that a form prints by kind of applicant."""
    return frozenset(
        column.metric
        for table in forms()[regime].tables
        for row in table.rows
        for column in row.columns
        if column.applicant != "all"
    )


def _printed(term: str, stated: frozenset[str], regime: str) -> tuple[str, ...]:
    """A term that the form does not print, as the parts it prints."""
    if term not in stated:
        for derivation in derivations():
            if derivation.total == term and regime in derivation.regimes:
                return derivation.parts
    return (term,)
