"""The versions of a report, made from the one that stands: drafts with what was wrong in them, the approved one, the
one that was corrected later; and the events between them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gongkai.sample.book import Book
from gongkai.sample.chance import stream
from gongkai.sample.course import OPEN
from gongkai.sample.draft import Draft
from gongkai.sample.mistakes import spoil
from gongkai.sample.settings import on, submissions
from gongkai.sample.unit import Unit

_TRIES = 20
"""Mistakes drawn for a draft until it is unlike those before it; there are always enough of them."""


@dataclass(frozen=True, slots=True)
class Version:
    """One file: the report as it was then, when it came in, when it was published (null: it was not)."""

    draft: Draft
    received_on: date
    published_on: date | None = None

    @property
    def file(self) -> str:
        """Where it is written, relative to the sample's folder."""
        return self.draft.file


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a report (`file`: the version meant) or of the web site's form (no file)."""

    item: str
    event: str
    on: date
    file: str = ""
    note: str = ""


def versions(draft: Draft, seed: int) -> tuple[Version, ...]:
    """The files of one report in the order of receipt; none if it is missing."""
    if draft.missing:
        return ()
    course = draft.course
    if not course.tracked:
        return (Version(draft, course.first_received, course.published_on),)
    lot = stream(seed, draft.unit.name, draft.year, "versions")
    # What was corrected later was wrong in every version before.
    base = _wrong(draft, lot) if course.corrected_on else draft
    found = [Version(one, course.received[n]) for n, one in enumerate(_drafts(draft, base, lot))]
    if course.twice:
        again = _copy(found[-1].draft, suffix=submissions().suffixes["twice"])
        found.append(Version(again, min(course.as_of, found[-1].received_on + timedelta(days=1))))
    if course.approved and course.passed_on:
        found.append(Version(_approved(draft, base, lot), course.passed_on))
    if course.published_on:
        # Where no draft is kept, the report that is out came when its first version did.
        found += _published(draft, base, course.published_on if found else course.first_received)
    return tuple(found)


def events(draft: Draft, files: tuple[Version, ...]) -> list[Event]:
    """What happened to a report, in order."""
    course, notes = draft.course, submissions().notes
    if not files:
        return []
    if not course.tracked:
        return [Event("report", "filed", course.filed_on or course.first_received, files[-1].file)]
    drafts = [version for version in files if version.draft.stage == "draft"]
    found = []
    for version, day in zip(drafts, course.returned, strict=False):
        wrong = next((mistake.check for mistake in version.draft.mistakes if mistake.check in notes), "other")
        found.append(Event("report", "returned", day, version.file, notes[wrong]))
    of_stage = {version.draft.stage: version for version in files}
    passed = of_stage.get("approved") or (drafts[len(course.received) - 1] if drafts else None)
    if course.passed_on and passed:
        found.append(Event("report", "passed", course.passed_on, passed.file))
    out = [version for version in files if version.draft.stage == "published"]
    if course.published_on and out:
        found.append(Event("report", "published", course.published_on, out[0].file))
        if course.filed_on:
            found.append(Event("report", "filed", course.filed_on, out[0].file))
    if course.corrected_on:
        found.append(Event("report", "corrected", course.corrected_on, files[-1].file, notes["corrected"]))
    return found


def website_form(unit: Unit, year: int, tracked: bool, last: bool, seed: int) -> tuple[str | None, list[Event]]:
    """The state of 政府网站年度工作报表 and its events; null in years before it was asked for."""
    known, lot = submissions(), stream(seed, unit.name, year, "website form")
    if year < known.form_first_year:
        return None, []
    due = on(year, known.form_deadline)
    day = due - timedelta(days=lot.randint(3, 20))
    state = lot.choices(list(known.form_weights), list(known.form_weights.values()))[0] if last else "filed"
    if state == "missing":
        return state, []
    if not tracked:
        return state, [Event("website_form", "filed", day)]
    found = [Event("website_form", "received", day)]
    if state != "waiting":
        step = "returned" if state == "returned" else "passed"
        found.append(Event("website_form", step, day + timedelta(days=1)))
    if state == "filed":
        found.append(Event("website_form", "filed", day + timedelta(days=2)))
    return state, found


def _drafts(draft: Draft, base: Draft, lot: Random) -> list[Draft]:
    """The drafts that are files of their own; all but the last were returned for something that was then mended."""
    course, known = draft.course, submissions()
    stands = course.state in OPEN and not course.approved
    found = []
    for number in range(1, course.drafts + 1):
        last = number == course.drafts
        suffix = known.suffixes["draft" if number == 1 else "drafts"].format(number=number)
        if last and stands:
            draft.suffix = suffix
            found.append(draft)
            continue
        one = _copy(base, stage="draft", suffix=suffix, before="approved")
        if not last:
            one = _unlike(one, found, lot)
        if draft.stage not in ("draft", "approved"):
            one.format = lot.choices(list(known.draft_formats), list(known.draft_formats.values()))[0]
        found.append(one)
    return found


def _unlike(draft: Draft, others: list[Draft], lot: Random) -> Draft:
    """A draft with something wrong in it that none of `others` has."""
    known = [other.mistakes for other in others]
    for _ in range(_TRIES):
        one = _copy(draft, draft.stage, draft.suffix)
        spoil(one, lot, Book([one], []))
        if one.mistakes not in known:
            break
    return one


def _approved(draft: Draft, base: Draft, lot: Random) -> Draft:
    known = submissions()
    if draft.course.state in OPEN:
        draft.suffix = known.suffixes["approved"]
        return draft
    one = _copy(base, stage="approved", suffix=known.suffixes["approved"], before="approved")
    one.format = lot.choices(list(known.draft_formats), list(known.draft_formats.values()))[0]
    return one


def _wrong(draft: Draft, lot: Random) -> Draft:
    wrong = _copy(draft, stage="published")
    spoil(wrong, lot, Book([wrong], []))
    return wrong


def _published(draft: Draft, base: Draft, came: date) -> list[Version]:
    """What was published (it `came` to the office then), and what replaced it; the last one stands."""
    course, known = draft.course, submissions()
    day = course.published_on or course.as_of
    if course.again:
        first = _copy(draft, before="published")
        draft.suffix = known.suffixes["again"]
        return [Version(first, came, day), Version(draft, min(course.as_of, day + timedelta(days=6)), day)]
    if course.corrected_on is None:
        return [Version(draft, came, day)]
    draft.suffix = known.suffixes["corrected"]
    draft.published_on = course.corrected_on
    return [Version(base, came, day), Version(draft, course.corrected_on, course.corrected_on)]


def _copy(draft: Draft, stage: str = "", suffix: str = "", before: str = "") -> Draft:
    """Another version of a report, with the figures that it gave `before`; its mistakes are its own."""
    unit, values, last = draft.unit, draft.values, draft.last
    one = deepcopy(draft, {id(unit): unit, id(values): values, id(last): last})
    one.stage, one.suffix, one.consequences = stage or draft.stage, suffix, []
    if before in draft.before:
        one.table |= draft.before[before]
        one.mistakes = []
    return one
