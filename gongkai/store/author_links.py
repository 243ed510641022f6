"""Links reports to the units that they are of: sure ones are linked, likely ones get candidates and wait for a person,
new ones enter under the name that they bear."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.agencies.matching import LIKELY, Candidate, Said, likely
from gongkai.agencies.paths import read_path
from gongkai.catalogue.author_reasons import author_reasons
from gongkai.records import Report, coded
from gongkai.store.register_copy import Register
from gongkai.store.rows import Agency

_OTHER_NAME = frozenset({"office_or_government", "other_signature", "several_names"})
"""Doubts that name another body in their words."""
_SETTLED = frozenset({None, "several_places"})
"""No doubt, and the one that a register settles: an office's own register tells which of the places it is."""


@dataclass(frozen=True, slots=True)
class Link:
    """The agency of a report (null: none is named), whether a person has to confirm it, and who else it may be."""

    agency: Agency | None
    uncertain: bool
    candidates: tuple[Candidate, ...] = ()


def link(register: Register, said: Said, name: str | None) -> Link:
    """The link of a report whose author was read as `name`."""
    if name and said.doubt in _SETTLED:
        registered = register.registered(name, said.province, said.city, said.year)
        if registered is not None:
            return Link(registered, False)
    own = register.find(name, said.province, said.city, said.year) if name else None
    if not register.units.units:
        return Link(own, said.doubt is not None)
    found = register.matcher.candidates(said)
    if said.doubt is not None:
        return Link(own, True, found)
    # The name is certain but not the register's. Something quite like it is proposed, never taken for it.
    near = tuple(one for one in found if one.score >= LIKELY)
    return Link(own, bool(near), near)


def said_by(report: Report, manifest: bool) -> Said:
    """What a report on its way in says of its author; `manifest`: it was named by the manifest."""
    doubts = [one.detail for one in report.doubts if one.reason == "agency_uncertain"]
    doubts += ["" for one in report.findings if one.check == "agency_uncertain"]
    doubt = max(doubts, default=None)
    names = [(one.role, one.name) for one in report.authors]
    return said_of(report, report.source, names, None if manifest else doubt, manifest)


def said_of(
    about: Report | StoredAuthor, source: str, names: Sequence[tuple[str, str]], doubt: str | None, manifest: bool
) -> Said:
    """What is said of an author, from a report or from what the store keeps of it. `doubt` is the detail of the doubt
    about it."""
    code, words = coded(doubt) if doubt is not None else (None, "")
    role = "manifest" if manifest else "path" if code == "from_path" else "read"
    if code == "weak_place" and names:
        role = names[0][0]
    told = [(role, about.agency)] if about.agency else []
    told += names
    told += [("text", about.agency_as_printed)] if about.agency_as_printed and not about.agency else []
    told += [("text", words)] if code in _OTHER_NAME and words else []
    told += [("path", body) for body in read_path(source).bodies]
    return Said(
        tuple(dict.fromkeys((role, name) for role, name in told if name)),
        about.province,
        about.city,
        about.year,
        source,
        code,
    )


@dataclass(frozen=True, slots=True)
class StoredAuthor:
    """What the store keeps of the author that a report was read to have."""

    agency: str | None
    agency_as_printed: str | None
    province: str | None
    city: str | None
    year: int | None


Row = tuple[str, int, str, str, float, bool, str]


def candidate_rows(report_id: str, candidates: Sequence[Candidate]) -> list[Row]:
    """The rows of `author_candidate` of a report."""
    clear = likely(candidates)
    return [
        (report_id, position, one.unit.id, one.unit.name, one.score, clear and position == 0, _reasons(one))
        for position, one in enumerate(candidates)
    ]


def _reasons(candidate: Candidate) -> str:
    """The reasons as JSON, the weightiest first."""
    weights = author_reasons()
    ordered = sorted(candidate.reasons, key=lambda one: -abs(weights[one.code].weight))
    said = [{"code": one.code, "role": one.role, "words": one.words} for one in ordered]
    return json.dumps(said, ensure_ascii=False)
