"""`gongkai parse`: what is read from files, as JSON for programs or as a table for people."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gongkai.catalogue.metrics import metrics
from gongkai.commands.terminal import plain
from gongkai.documents.archives import Member, is_archive, unpack
from gongkai.errors import UnreadableDocument
from gongkai.reading import read
from gongkai.records import Figure, Report
from gongkai.report_json import to_json


def run(files: list[Path], as_json: bool) -> int:
    """Print every report of every file; 1 when a file could not be read (each is named on stderr)."""
    failed = False
    for file in files:
        with tempfile.TemporaryDirectory(prefix="gongkai-") as unpacked:
            for member in _members(file, Path(unpacked)):
                problem = _read(member, as_json)
                if problem is not None:
                    failed = True
                    print(f"gongkai: {file.parent / member.name}: {problem}", file=sys.stderr)
    return 1 if failed else 0


def _members(file: Path, unpacked: Path) -> Iterator[Member]:
    """The file itself, or those in it where it is an archive."""
    if not is_archive(file):
        yield Member(file.name, file)
        return
    try:
        for member in unpack(file, unpacked):
            yield replace(member, name=f"{file.name}/{member.name}")
    except UnreadableDocument as failure:
        yield Member(file.name, file, failure)


def _read(member: Member, as_json: bool) -> str | None:
    """Print a file's reports; return what is wrong with it, if anything is."""
    try:
        if member.failure is not None:
            raise member.failure
        _, reports = read(member.path, member.name)
    except UnreadableDocument as error:
        return f"{error.reason}: {error}"
    except OSError as error:
        return str(error.strerror)
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one file must not cost the others
        return f"crashed: {type(error).__name__}: {error}"
    for report in reports:
        if as_json:
            print(json.dumps(to_json(report), ensure_ascii=False))
        else:
            _show(report)
    return None


def _show(report: Report) -> None:
    print(f"{report.source}: {report.agency or '?'}, {report.year or '?'} ({report.period}), {report.kind}")
    for name in ("stage", "scope", "regime", "province", "published_on", "signed_on", "url", "title"):
        value = getattr(report, name)
        if value is not None:
            print(f"  {name:14}{plain(str(value))}")
    for figure in report.figures:
        print("  " + _figure(figure))
    for finding in report.findings:
        metrics_ = " ".join(finding.metrics)
        print(f"  {finding.severity}: {finding.check} {metrics_} expected {finding.expected}, found {finding.found}")
    for doubt in report.doubts:
        print(f"  doubt: {doubt.reason}: {plain(doubt.detail)}")
    for row in report.unmapped:
        print(f"  unmapped: {plain(row.label)}: {plain(' | '.join(row.values))}")


def _figure(figure: Figure) -> str:
    metric = metrics().get(figure.metric)
    unit = metric.unit if metric else ""
    value = str(figure.status) if figure.value is None else f"{figure.value:.15g}{unit}"
    about = "~" if figure.approximate else ""
    quote = plain(figure.evidence.quote)
    return f"{figure.metric:46} {figure.applicant:29} {about + value:>16}  {figure.method:9} {quote}"
