"""The reports of a year and of the year before, for mistakes that need another report."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from gongkai.sample.draft import Draft


class Book:
    """The drafts of one year, and by unit and year also those of the year before."""

    def __init__(self, drafts: list[Draft], before: list[Draft]) -> None:
        self.drafts = drafts
        self.by_unit = {(draft.unit.name, draft.year): draft for draft in [*before, *drafts]}
        self._kin: dict[tuple[str, str], list[Draft]] = {}
        for draft in drafts:
            self._kin.setdefault(_kin(draft), []).append(draft)

    def other(self, draft: Draft, chance: Random) -> Draft:
        """Another unit of the same kind and level in the same year; the draft itself where there is none."""
        peers = [each for each in self._kin[_kin(draft)] if each.unit != draft.unit]
        return chance.choice(peers) if peers else draft

    def before(self, draft: Draft) -> Draft | None:
        """The unit's report of the year before, if there is one with tables of the same form."""
        found = self.by_unit.get((draft.unit.name, draft.year - 1))
        return found if found and not found.missing and found.tables and found.regime == draft.regime else None


Maker = Callable[[Draft, Random, Book], list[str]]
"""Makes a mistake: changes the draft and returns where, or nothing where the draft does not lend itself."""


def _kin(draft: Draft) -> tuple[str, str]:
    return draft.unit.kind, draft.unit.level
