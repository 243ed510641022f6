"""The identities that hold in the forms (勾稽关系, data/identities.csv): one definition for reading and checking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.derivations import derivations
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


def evaluate(values: Values, regime: str) -> Iterator[Outcome]:
    """Evaluate every identity of a form wherever all its terms have numbers."""
    stated = {metric for metric, _ in values}
    for identity in identities():
        if regime not in identity.regimes:
            continue
        if identity.over == "columns":
            for metric in sorted(stated):
                if any((metric, applicant) in values for applicant in APPLICANTS[:-1]):
                    parts = tuple((metric, applicant) for applicant in APPLICANTS[:-1])
                    yield from _outcome(identity, values, ((metric, "all"),), parts)
        else:
            for applicant in APPLICANTS if identity.over == "applicants" else ("all",):
                left = tuple((code, applicant) for term in identity.left for code in _printed(term, stated, regime))
                right = tuple((code, applicant) for term in identity.right for code in _printed(term, stated, regime))
                yield from _outcome(identity, values, left, right)


def _printed(term: str, stated: set[str], regime: str) -> tuple[str, ...]:
    """A term that the form does not print, as the parts it prints."""
    if term not in stated:
        for derivation in derivations():
            if derivation.total == term and regime in derivation.regimes:
                return derivation.parts
    return (term,)


def _outcome(
    identity: Identity,
    values: Values,
    left: tuple[tuple[str, str], ...],
    right: tuple[tuple[str, str], ...],
) -> Iterator[Outcome]:
    sums = []
    for side in (left, right):
        numbers = [values.get(cell) for cell in side]
        if any(number is None for number in numbers):
            return
        sums.append(sum(number for number in numbers if number is not None))
    yield Outcome(identity, sums[0], sums[1], (*left, *right))
