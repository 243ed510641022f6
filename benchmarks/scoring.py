"""Compare what was read from a file with its lines of the test bed's truth (docs/sample.md)."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.confusions import Place, cause_of_cell, cause_of_statement
from gongkai.catalogue.forms import forms
from gongkai.documents.archives import is_archive, unpack
from gongkai.errors import UnreadableDocument
from gongkai.reading import read
from gongkai.records import CONFIDENT, Figure, Report, Status

METADATA = ("year", "period", "agency", "kind", "regime", "scope", "published_on", "signed_on")
"""Not the province: there is none of this name, and the text seldom names it."""
_NAMES = {"kind": "report_kind"}
"""Fields that the truth calls otherwise."""
_SAME = 1e-6
Line = Mapping[str, Any]
Key = tuple[str, str, str]
"""Method, metric and applicant."""


@dataclass(slots=True)
class Outcome:
    """What came of some files: `tally` counts by (dimension, name, what, verdict), `causes` what went wrong by (what,
    cause, format, trait or none), `misses` says each in words."""

    tally: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    causes: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another outcome in."""
        self.tally.update(other.tally)
        self.causes.update(other.causes)
        self.misses += other.misses


def score_file(job: tuple[str, list[Line]]) -> Outcome:
    """Read one file (an archive member by member) and compare it with its lines of the truth."""
    path, lines, outcome = Path(job[0]), job[1], Outcome()
    for name, reports, wanted in _read(path, lines):
        if isinstance(reports, str):
            for line in wanted:
                _Comparison(line, None, f"{name}: {reports}", outcome).run()
            continue
        for line, report in _paired(wanted, reports):
            _Comparison(line, report, name, outcome).run()
        extra = len(reports) - len(wanted)
        if wanted:
            outcome.tally["all", "", "metadata reports in a file", "right" if not extra else "wrong"] += 1
        if extra:
            outcome.causes["document", f"{len(wanted)} reports read as {len(reports)} ({wanted[0]['format']})"] += 1
            outcome.misses.append(f"{name}: {len(reports)} reports, expected {len(wanted)}")
    return outcome


def _read(path: Path, lines: Sequence[Line]) -> Iterator[tuple[str, list[Report] | str, Sequence[Line]]]:
    """(name, reports or why there are none, lines of the truth) of a file, or of every member of an archive."""
    if not is_archive(path):
        yield _name(path), _reports(path, path.name), lines
        return
    by_member = {line["member"]: line for line in lines}
    with tempfile.TemporaryDirectory() as folder:
        for member in unpack(path, Path(folder)):
            line = by_member.pop(member.name, None)
            yield f"{_name(path)}/{member.name}", _reports(member.path, member.name), [line] if line else []
    for name, line in by_member.items():
        yield f"{_name(path)}/{name}", "not unpacked", [line]


def _name(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _reports(path: Path, name: str) -> list[Report] | str:
    try:
        return read(path, name.rsplit("/", 1)[-1])[1]
    except UnreadableDocument as error:
        return f"unreadable ({error.reason})"
    except Exception as error:  # noqa: BLE001 - a crash in one file is counted, the others are read
        return f"crashed ({type(error).__name__}: {error})"


def _paired(lines: Sequence[Line], reports: list[Report]) -> Iterator[tuple[Line, Report | None]]:
    """Each line with its report: by place where the numbers agree, else by author and year; null where none is left."""
    if len(lines) == len(reports) or len(lines) == 1:
        yield from zip(lines, reports, strict=False)
        return
    left = list(reports)
    for line in lines:
        found = next((r for r in left if r.agency == line["agency"] and r.year == line["year"]), None)
        if found is not None:
            left.remove(found)
        yield line, found


class _Comparison:
    """One report against its line; owns nothing but where to count."""

    def __init__(self, line: Line, report: Report | None, name: str, outcome: Outcome) -> None:
        self.line, self.report, self.name, self.outcome = line, report, name, outcome
        self.unknowable = {tuple(key) for key in line.get("unknowable", ())}
        self.sound = self.silent = True

    def run(self) -> None:
        """Count every figure, field and finding."""
        wanted: dict[Key, list[tuple[float, str | None]]] = {}
        for metric, applicant, value, method, _, *scope in self.line["figures"]:
            if value is not None:
                wanted.setdefault((method, metric, applicant), []).append((value, scope[0] if scope else None))
        self.places = {key: [value for value, _ in values] for key, values in wanted.items()}
        if self.report is None:
            self.outcome.causes["document", self.name.rsplit(": ", 1)[-1] + f" ({self.line['format']})"] += 1
            self.outcome.misses.append(f"{self.name}: not read")
            self._missed(wanted, "document not read")
        else:
            self._figures(self.report, wanted)
            self._missed(wanted, "")
            self._metadata(self.report)
            self._findings(self.report)
        if any(method == "table" for method, _, _ in self.places):
            for name, verdict in (("report sound", self.sound), ("report without silent error", self.silent)):
                self._count(name, None, "right" if verdict else "wrong")

    def _figures(self, report: Report, wanted: dict[Key, list[tuple[float, str | None]]]) -> None:
        seen = set()
        for figure in report.figures:
            key = (figure.method.value, figure.metric, figure.applicant)
            identity = (*key, figure.value, figure.scope if figure.method == "table" else None)
            if figure.value is None or identity in seen:
                continue
            seen.add(identity)
            hit = _hit(figure, wanted.get(key, []))
            doubted = figure.confidence < CONFIDENT
            if hit is not None:
                wanted[key].remove(hit)
                if (figure.metric, figure.applicant) not in self.unknowable:
                    self._count(key[0], figure.metric, "right")
                    if doubted:
                        self._count(key[0], figure.metric, "right but doubted")
            elif doubted:
                self._count(key[0], figure.metric, "doubted")
            else:
                self._wrong(figure, key)

    def _wrong(self, figure: Figure, key: Key) -> None:
        self._count(key[0], figure.metric, "wrong")
        place = Place(figure.metric, figure.applicant, figure.value or 0.0)
        stated = {where[1:]: values for where, values in self.places.items() if where[0] == key[0]}
        if key[0] == "table":
            self.sound = self.silent = False
            cause = cause_of_cell(place, stated)
        else:
            cause = cause_of_statement(place, stated)
        self.outcome.causes[f"{key[0]} wrong", f"{cause} | {self.line['format']} {self.line['form']}"] += 1
        expected = "/".join(f"{value:g}" for value in self.places.get(key, [])) or "nothing"
        self.outcome.misses.append(
            f"{self.name}: wrong {' '.join(key)} = {figure.value:g}, expected {expected} ({cause}) "
            f"«{figure.evidence.quote[:60]}»{self._traits()}"
        )

    def _missed(self, wanted: dict[Key, list[tuple[float, str | None]]], why: str) -> None:
        told = _told_of(self.report) if self.report else set()
        by_cause: Counter[tuple[str, str]] = Counter()
        for (method, metric, applicant), values in wanted.items():
            for value, _ in values:
                if (metric, applicant) in self.unknowable and method == "table":
                    continue
                doubted = method == "table" and (metric in told or (metric, applicant) in told)
                self._count(method, metric, "missed")
                if method == "table" and not doubted:
                    self.sound = False
                by_cause[method, metric.split(".")[0] + (", in doubt" if doubted else "")] += 1
                if not why and (method == "narrative" or not doubted):
                    words = f"missed {method} {metric} {applicant} = {value:g}"
                    self.outcome.misses.append(f"{self.name}: {words}{self._traits()}")
        for (method, cause), count in by_cause.items():
            words = why or f"{cause} | {self.line['format']} {self.line['form']}"
            self.outcome.causes[f"{method} missed", words] += count

    def _metadata(self, report: Report) -> None:
        for name in METADATA:
            field_name = _NAMES.get(name, name)
            if field_name not in self.line or (name == "scope" and self.line["scope"] is None):
                continue
            got, want = getattr(report, name), self.line[field_name]
            got = got.isoformat() if hasattr(got, "isoformat") else got
            right = got == want
            self._count(f"metadata {name}", None, "right" if right else "wrong")
            if not right:
                self.outcome.causes[f"metadata {name}", f"{got!r} for {want!r} | {self.line['format']}"] += 1
                self.outcome.misses.append(f"{self.name}: {name} {got!r}, expected {want!r}{self._traits()}")

    def _findings(self, report: Report) -> None:
        found = {finding.check for finding in report.findings}
        planted = {mistake["check"] for mistake in self.line["mistakes"]}
        for check in sorted(planted):
            self._count(f"finding {check}", None, "right" if check in found else "missed")
            if check not in found:
                self.outcome.misses.append(f"{self.name}: finding {check} was not reported{self._traits()}")
        expected = planted | {mistake["check"] for mistake in self.line["consequences"]}
        sent = {f.check: f for f in report.findings if f.severity != "notice" and not f.doubtful}
        for check in sorted(set(sent) - expected):
            self._count(f"finding {check}", None, "wrong")
            words = f"expected {sent[check].expected}, found {sent[check].found}"
            self.outcome.misses.append(
                f"{self.name}: finding {check} reported, not planted: {words[:100]}{self._traits()}"
            )

    def _traits(self) -> str:
        return " [" + " ".join(self.line.get("traits", ())) + "]"

    def _count(self, what: str, metric: str | None, verdict: str) -> None:
        tally, line = self.outcome.tally, self.line
        tally["all", "", what, verdict] += 1
        if what.startswith(("metadata", "finding")):
            return
        tally["format", line["format"], what, verdict] += 1
        tally["form", f"{line['form']} {line['regime'] or ''}".strip(), what, verdict] += 1
        for trait in line.get("traits", ()) or ("(none)",):
            tally["trait", trait, what, verdict] += 1
        if metric:
            tally["metric", metric, what, verdict] += 1


def _hit(figure: Figure, values: list[tuple[float, str | None]]) -> tuple[float, str | None] | None:
    """The wanted value that a figure gives; where an annex is printed twice, its scope must be right, too."""
    value = figure.value or 0.0
    same = [each for each in values if abs(each[0] - value) < _SAME]
    return next((each for each in same if each[1] in (None, figure.scope)), None)


def _told_of(report: Report) -> set[str | tuple[str, str]]:
    """The metrics that a doubt names, with those of the same row, and the cells that could not be read."""
    named = {metric for doubt in report.doubts for metric in doubt.metrics}
    found: set[str | tuple[str, str]] = set(named)
    for form in forms().values():
        for table in form.tables:
            for row in table.rows:
                if named & {column.metric for column in row.columns}:
                    found |= {column.metric for column in row.columns}
    found |= {(f.metric, f.applicant) for f in report.figures if f.status is Status.UNREADABLE}
    return found
