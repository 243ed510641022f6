"""Schemes of composite indices: a name and the weight of each indicator, kept in a journal like saved groups.

No scheme comes with the program: whose weights an index rests on must always be somebody's word.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.catalogue.indicators import indicators
from gongkai.store.named import LONGEST_NAME, Happened, Named, NamedError, NamedJournal
from gongkai.store.workspace import Workspace

__all__ = ["LONGEST_NAME", "Scheme", "SchemeError", "SchemeStep", "Schemes", "weighable"]


class SchemeError(NamedError):
    """A scheme cannot be saved, or an entry not be undone; `reason` as in NamedError, and weights."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as it stands: its number, the weights above 0 per indicator (as people gave them, in the order of the
    catalogue), who began it, and who changed it last and when."""

    id: int
    collection: str
    name: str
    weights: dict[str, float]
    owner: str
    changed_by: str
    changed_at: str

    @property
    def shares(self) -> dict[str, float]:
        """Each weight as a part of all, together 1."""
        whole = sum(self.weights.values())
        return {code: weight / whole for code, weight in self.weights.items()}


@dataclass(frozen=True, slots=True)
class SchemeStep(Happened):
    """An entry of a history, with the weights that it gave."""

    weights: dict[str, float]


def weighable() -> list[str]:
    """The indicators that a scheme may weigh: those that are ranked without further ado."""
    return [
        code
        for code, measure in indicators().items()
        if measure.judgement is not None
        and measure.judgement.ranking == "default"
        and measure.judgement.higher_is_better is not None
    ]


class Schemes:
    """The schemes of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._kept = NamedJournal(workspace, "index_scheme", "scheme", "weights", SchemeError)

    def standing(self, collection: str | None = None) -> list[Scheme]:
        """The schemes that are not deleted, by the order in which they were begun."""
        return [_scheme(each) for each in self._kept.standing(collection)]

    def deleted(self, collection: str) -> list[Scheme]:
        """The schemes of a collection that were deleted, as they stood before, the one deleted last first."""
        return [_scheme(each) for each in self._kept.deleted(collection)]

    def find(self, scheme: int) -> Scheme | None:
        """The scheme of this number; null where there is none, or it was deleted."""
        found = self._kept.find(scheme)
        return None if found is None else _scheme(found)

    def history(self, scheme: int) -> list[SchemeStep]:
        """What happened to a scheme, oldest first; empty for an unknown number."""
        return [
            SchemeStep(
                id=step.id,
                at=step.at,
                actor=step.actor,
                reason=step.reason,
                event=step.event,
                name=step.name,
                undone=step.undone,
                undoable=step.undoable,
                weights=_weights(step.content),
            )
            for step in self._kept.history(scheme)
        ]

    def save(
        self,
        collection: str,
        name: str,
        weights: Mapping[str, float],
        actor: str,
        reason: str,
        scheme: int | None = None,
    ) -> int:
        """Begin a scheme, or give the one of this number another name or other weights; return its number. Indicators
        of weight 0 are left out.

        Raise SchemeError for what NamedJournal.save refuses, for weights that are negative or no numbers, for fewer
        than two above 0, and for indicators that may not be weighed.
        """
        order = weighable()
        unknown = sorted(set(weights) - set(order))
        if unknown:
            raise SchemeError(f"weights: {', '.join(unknown)} cannot be weighed", "weights")
        if any(not math.isfinite(weight) or weight < 0 for weight in weights.values()):
            raise SchemeError("weights: none may be below 0", "weights")
        held = {code: float(weights[code]) for code in order if weights.get(code)}
        if len(held) < 2:
            raise SchemeError("weights: an index needs two indicators at least", "weights")
        return self._kept.save(collection, name, json.dumps(held), actor, reason, scheme)

    def delete(self, scheme: int, actor: str, reason: str) -> None:
        """Delete a scheme; raise SchemeError where it does not stand."""
        self._kept.delete(scheme, actor, reason)

    def undo(self, scheme: int, entry: int, actor: str, reason: str) -> None:
        """Undo the last entry of a scheme that stands; raise SchemeError as NamedJournal.undo does."""
        self._kept.undo(scheme, entry, actor, reason)


def _scheme(kept: Named) -> Scheme:
    return Scheme(
        kept.id, kept.collection, kept.name, _weights(kept.content), kept.owner, kept.changed_by, kept.changed_at
    )


def _weights(content: str) -> dict[str, float]:
    return {str(code): float(weight) for code, weight in json.loads(content).items()} if content else {}
