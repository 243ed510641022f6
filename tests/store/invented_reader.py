"""A reader for tests: a text file holds a report as JSON, or the name of a mishap."""

import hashlib
import json
import os
import time
from dataclasses import replace
from pathlib import Path

from gongkai.checks.single import find_in_figures
from gongkai.documents.model import Block, Document, Kind
from gongkai.errors import UnreadableDocument
from gongkai.records import Doubt, Evidence, Figure, Finding, Method, Report, Status
from gongkai.store.decisions import Target
from gongkai.store.rows import report_id


def read(path: Path, name: str | None) -> tuple[Document, list[Report]]:
    """Read an invented report, or suffer the mishap that the file names."""
    content = path.read_bytes()
    text = content.decode()
    match text.split(":")[0]:
        case "damaged":
            raise UnreadableDocument("damaged", "is damaged")
        case "bug":
            raise ValueError("a mistake of ours")
        case "crash":
            os._exit(7)
        case "hang":
            time.sleep(60)
        case "memory":
            raise AssertionError(len(bytearray(8 * 1024**3)))
        case "slow":
            time.sleep(0.5)
            text = text.removeprefix("slow:")
        case "nothing":
            return Document(path.name, "txt", hashlib.sha256(content).hexdigest(), ()), []
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document(path.name, "txt", sha256, (Block(0, Kind.PARAGRAPH, text),), metadata={"title": "报告"})
    plain = json.loads(text)
    reports = plain if isinstance(plain, list) else [plain]
    return document, [report(sha256, ordinal, name or path.name, **entry) for ordinal, entry in enumerate(reports)]


def report(sha256: str, ordinal: int = 0, source: str = "a.txt", **fields: object) -> Report:
    """A report of plain fields; `figures` maps metrics to table values, those of `unsure` are read in doubt, `told`
    maps metrics to what sentences say, `more` lists figures by all their fields; `doubt` is a reason, about `unsure`;
    `finding` is a check, or the fields of findings; `checked`: they are what the checks of figures find."""
    unsure = list(fields.pop("unsure", []))
    checked = bool(fields.pop("checked", False))
    figures = tuple(
        Figure(
            metric,
            value,
            Method.TABLE,
            Evidence(str(value), block=0, table=0, row=row, column=1),
            confidence=0.5 if metric in unsure else 1.0,
        )
        for row, (metric, value) in enumerate(dict(fields.pop("figures", {})).items())
    )
    figures += tuple(_figure(**entry) for entry in fields.pop("more", ()))
    figures += tuple(
        Figure(metric, value, Method.NARRATIVE, Evidence(str(value), block=0, start=0, end=1))
        for metric, value in dict(fields.pop("told", {})).items()
    )
    doubt = fields.pop("doubt", None)
    finding = fields.pop("finding", None)
    found = [finding] if isinstance(finding, str) else list(finding or [])
    plain = {"agency": "淮安市财政局", "year": 2023, "regime": "2021", "scope": "organ", **fields}
    made = Report(
        source=source,
        sha256=sha256,
        ordinal=ordinal,
        figures=figures,
        doubts=() if doubt is None else (Doubt(str(doubt), "在疑", tuple(unsure)),),
        findings=tuple(invented(one) for one in found),
        sources={"year": Evidence("2023年度", block=0, start=0, end=6)},
        **plain,  # type: ignore[arg-type]
    )
    return replace(made, findings=find_in_figures(made)) if checked else made


def _figure(metric: str, value: float | None = None, **fields: str | float) -> Figure:
    method, status = Method(fields.pop("method", "table")), Status(fields.pop("status", "reported"))
    evidence = Evidence(str(value), block=0, table=0, row=0, column=1)
    return Figure(metric, value, method, evidence, status=status, **fields)  # type: ignore[arg-type]


def invented(spec: object) -> Finding:
    """A finding of a check's code, or of plain fields; `cells` are the texts of the cells it rests on."""
    if isinstance(spec, str):
        return Finding(spec, "notice", ("applications.new",))
    fields = dict(spec)  # type: ignore[call-overload]
    cells = fields.pop("cells", [])
    fields["metrics"] = tuple(fields.get("metrics", ("applications.new",)))
    evidence = tuple(Evidence(text, block=0, table=0, row=row, column=1) for row, text in enumerate(cells))
    return Finding(**{"severity": "error", "evidence": evidence, **fields})


def write(folder: Path, name: str, **fields: object) -> Path:
    """Write an invented report as a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    return path


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def target(path: Path, collection: str = "office") -> Target:
    """The report of a file, as decisions name it."""
    return Target(collection, digest(path), 0)


def id_of(path: Path, collection: str = "office") -> str:
    """The id of a file's first report."""
    return report_id(collection, digest(path), 0)
