"""Which registered units a report may be of, where its own words leave it open: candidates by rule, each with reasons.

Three outcomes, never mixed. Sure: the name is a unit's, or can be no other's. Likely: units are proposed, and a person
chooses. New: nothing in the register is like it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.agencies.naming import Description, clean, describe
from gongkai.agencies.organ_index import OrganIndex, level_fits, lies_at, organ_named, within
from gongkai.agencies.paths import read_path
from gongkai.agencies.register import Register, Unit
from gongkai.catalogue.author_reasons import author_reasons

MOST = 5
"""How many candidates are kept for a report."""
WORTH_SHOWING = 0.3
"""Below this score a unit has no more than a likeness of the name in common with the report."""
LIKELY = 0.6
LEAD = 0.15
"""The first candidate is the likely one from this score on, and if it leads the second by so much."""
_TRUSTED = frozenset({"manifest", "read", "title", "announced", "signature", "compiled_by"})
_TELLING = frozenset({"place_named", "place_path", "place_read", "only_one"})
_SEVERAL = re.compile(r"[、和与及]")


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says of its author. `names` are (role, name), the most trusted first (roles: AUTHOR_ROLES,
    manifest, and `read` for the name that was made of them). `doubt` is the code of the doubt about it, null where
    there is none; `source` the path by which people know the file."""

    names: tuple[tuple[str, str], ...]
    province: str | None = None
    city: str | None = None
    year: int | None = None
    source: str = ""
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit may be meant: a code of data/author_reasons.csv, where the words stand, and the words."""

    code: str
    role: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be the author. `score` (0-1) is the sum of the reasons' weights."""

    unit: Unit
    score: float
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Matcher:
    """Finds units of a register for what reports say."""

    register: Register
    _index: OrganIndex | None = field(default=None)

    @property
    def index(self) -> OrganIndex:
        """The units by their organs, built when somebody first asks."""
        if self._index is None:
            self._index = OrganIndex.of(self.register.units.values())
        return self._index

    def known(self, name: str, province: str | None, city: str | None, year: int | None) -> Unit | None:
        """The one unit that `name` means there and then: by a name that it bears, else by the same organ of the same
        place, written otherwise (宿州市人防办). Null if there is none, or several."""
        found = self.register.find(name, province, city, year)
        if found is not None or not self.register.units:
            return found
        seen = describe(name, province)
        organ = organ_named(seen)
        if not seen.places or not organ:
            return None
        there = [
            unit
            for unit in self.index.same(organ)
            if any(lies_at(unit, place, seen.level) for place in seen.places) and not unit.elsewhere(province, city)
        ]
        in_time = [unit for unit in there if unit.exists(year)] or there
        names = {self.register.standing(unit, year).id for unit in in_time}
        return self.register.units[names.pop()] if len(names) == 1 else None

    def candidates(self, said: Said) -> tuple[Candidate, ...]:
        """The units that a report may be of, the likeliest first; of equal ones, in the order of their ids."""
        best: dict[str, Candidate] = {}
        for role, name in said.names:
            for part in _apart(name):
                for one in self._by_name(role, part, said):
                    known = best.get(one.unit.id)
                    if known is None or one.score > known.score:
                        best[one.unit.id] = one
        ranked = sorted(best.values(), key=lambda one: (-one.score, one.unit.id))
        if len(ranked) == 1:
            ranked = [_with(ranked[0], Reason("only_one"))]
        return tuple(one for one in ranked[:MOST] if one.score >= WORTH_SHOWING)

    def _by_name(self, role: str, name: str, said: Said) -> list[Candidate]:
        seen = describe(name, said.province)
        found = []
        bearing = {clean(name)}
        for like in self.index.like(seen):
            unit = self.register.standing(like.unit, said.year)
            where = _where(like.unit, seen, said)
            if where is None or not unit.exists(said.year):
                continue
            code = like.reason
            if code == "name_full" and clean(like.unit.name) not in bearing and _other_name(like.unit, seen):
                code = "name_known"
            reasons = [Reason(code, role, name)]
            if role in _TRUSTED:
                reasons.append(Reason("name_trusted"))
            if said.doubt == "other_self" and role not in ("title", "signature"):
                reasons.append(Reason("other_self"))
            found.append(_scored(unit, (*reasons, *where)))
        return found


def likely(candidates: Sequence[Candidate]) -> bool:
    """Whether the first candidate may be proposed as the one: strong by itself, told by more than a name that other
    places have as well, and well before the second."""
    if not candidates or candidates[0].score < LIKELY:
        return False
    if not _TELLING & {reason.code for reason in candidates[0].reasons}:
        return False
    return len(candidates) == 1 or round(candidates[0].score - candidates[1].score, 6) >= LEAD


def _apart(name: str) -> list[str]:
    """A name as it stands, and its parts where it may be several bodies' (滑县司法局、民政局)."""
    parts = [part for part in _SEVERAL.split(name) if len(part) > 2]
    return [name, *parts] if len(parts) > 1 and "、" in name else [name]


def _other_name(unit: Unit, seen: Description) -> bool:
    """Whether a unit is called otherwise now than the name that was found."""
    return organ_named(describe(unit.name, unit.province)) != organ_named(seen)


def _where(unit: Unit, seen: Description, said: Said) -> tuple[Reason, ...] | None:
    """What speaks for a unit by its place; null where the place speaks against it."""
    if unit.elsewhere(said.province, None if seen.places else said.city):
        return None
    reasons = []
    if seen.places:
        fitting = [place for place in seen.places if lies_at(unit, place, seen.level)]
        if not fitting:
            return None
        reasons.append(Reason("place_named", words=fitting[0].name))
    elif seen.relative:
        if not level_fits(unit, seen.relative) and not seen.township:
            return None
        reasons.append(Reason("place_level", words=seen.relative))
    path = read_path(said.source)
    if path.places:
        deepest = path.places[-1]
        if within(unit, deepest):
            reasons.append(Reason("place_path", words=deepest.name))
        elif not seen.places and not any(within(unit, place) for place in path.places):
            return None
    if not seen.places and ((said.city and said.city == unit.city) or (said.province and not unit.city)):
        reasons.append(Reason("place_read", words=said.city or said.province or ""))
    return tuple(reasons)


def _scored(unit: Unit, reasons: tuple[Reason, ...]) -> Candidate:
    weights = author_reasons()
    total = sum(weights[reason.code].weight for reason in reasons)
    return Candidate(unit, round(min(max(total, 0.0), 0.99), 2), reasons)


def _with(candidate: Candidate, reason: Reason) -> Candidate:
    return _scored(candidate.unit, (*candidate.reasons, reason))
