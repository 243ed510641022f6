"""Reports for the pages' tests: a file holds blocks and what is read from them, as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block, Cell, Document, Kind
from gongkai.documents.reader import read_document
from gongkai.errors import UnreadableDocument
from gongkai.records import Doubt, Evidence, Figure, Finding, Method, Report, Status, UnmappedRow
from gongkai.store.workspace import Workspace


def read(path: Path, name: str | None) -> tuple[Document, list[Report]]:
    """Read an invented report; a PDF is read for its blocks, its one figure is the number 21."""
    content = path.read_bytes()
    if content.startswith(b"%PDF"):
        document = read_document(path, name)
        spec: dict[str, Any] = {"report": {"agency": "云水县人民政府", "year": 2024, "scope": "whole"}}
        spec["figures"] = [{"metric": "applications.new", "value": 21, "words": "21"}]
    elif not content:
        raise UnreadableDocument("empty", "the file is empty")
    else:
        spec = json.loads(content)
        document = Document(name or path.name, "txt", hashlib.sha256(content).hexdigest(), blocks(spec["blocks"]))
    report = dict(spec["report"])
    for field in ("published_on", "signed_on"):
        if report.get(field):
            report[field] = date.fromisoformat(report[field])
    found = Report(
        source=name or path.name,
        sha256=document.sha256,
        regime=report.pop("regime", "2021"),
        sources={field: place(document, words) for field, words in spec.get("sources", {}).items()},
        figures=tuple(figure(document, entry) for entry in spec.get("figures", [])),
        findings=tuple(
            Finding(
                entry["check"],
                entry["severity"],
                expected=entry.get("expected"),
                found=entry.get("found"),
                evidence=(place(document, entry["words"]),),
            )
            for entry in spec.get("findings", [])
        ),
        doubts=tuple(Doubt(entry, "不能确定", ("applications.new",)) for entry in spec.get("doubts", [])),
        unmapped=tuple(
            UnmappedRow(label, ("1", "2"), Evidence("1", block=1, table=0, row=0, column=1))
            for label in spec.get("unmapped", [])
        ),
        **report,
    )
    return document, [found]


def blocks(spec: list[list[Any]]) -> tuple[Block, ...]:
    """Blocks of ["heading", text], ["paragraph", text], ["table", rows of texts]."""
    builder = BlockBuilder()
    for kind, content in spec:
        if kind == "table":
            cells = [
                Cell(row, column, text)
                for row, texts in enumerate(content)
                for column, text in enumerate(texts)
                if text
            ]
            builder.table(cells)
        elif kind == "heading":
            builder.heading(content)
        else:
            builder.paragraph(content)
    return builder.blocks


def place(document: Document, words: str) -> Evidence:
    """Where words first stand in a paragraph or heading."""
    for block in document.blocks:
        start = block.text.find(words)
        if start >= 0 and block.kind is not Kind.TABLE:
            return Evidence(words, block=block.index, page=block.page, start=start, end=start + len(words))
    raise AssertionError(words)


def figure(document: Document, entry: dict[str, Any]) -> Figure:
    """A figure in words ("words") or in the first table ("cell": row and column)."""
    if "cell" in entry:
        row, column = entry["cell"]
        block = next(block for block in document.blocks if block.kind is Kind.TABLE)
        text = next(cell.text for cell in block.cells if (cell.row, cell.column) == (row, column))
        evidence = Evidence(text, block=block.index, table=0, row=row, column=column)
    else:
        evidence = place(document, entry["words"])
    return Figure(
        metric=entry["metric"],
        value=entry.get("value"),
        method=Method.TABLE if "cell" in entry else Method.NARRATIVE,
        evidence=evidence,
        applicant=entry.get("applicant", "all"),
        status=Status(entry.get("status", "reported")),
        approximate=entry.get("approximate", False),
        confidence=entry.get("confidence", 1.0),
        scope=entry.get("scope"),
    )


def annual(agency: str, year: int, new: int | None, **changes: Any) -> dict[str, Any]:
    """An annual report with a small application table and a hotline sentence."""
    cells = [["一、本年新收", "" if new is None else str(new), "0"], ["二、上年结转", "2", "0"]]
    first: dict[str, Any] = {"metric": "applications.new", "cell": [0, 1], "value": new}
    if new is None:
        cells[0][1] = "/"
        first |= {"status": "blank", "value": None}
    spec = {
        "blocks": [
            ["heading", f"{agency}{year}年政府信息公开工作年度报告"],
            ["table", cells],
            ["paragraph", f"<b>全年</b>12345热线办理{year * 10}件,满意率98.55%。<script>alert(1)</script>"],
        ],
        "report": {
            "agency": agency,
            "year": year,
            "scope": "whole",
            "stage": "published",
            "title": f"{agency}{year}年年报",
            "url": f"https://example.gov.cn/{year}.html",
            "published_on": f"{year + 1}-01-20",
        },
        "sources": {"year": f"{year}年", "agency": agency},
        "figures": [
            first,
            {"metric": "applications.new", "cell": [0, 2], "value": 0, "applicant": "company"},
            {"metric": "applications.carried_in", "cell": [1, 1], "value": 2},
            {"metric": "hotline.cases", "words": f"热线办理{year * 10}件", "value": year * 10, "approximate": True},
            {"metric": "hotline.satisfaction", "words": "满意率98.55%", "value": 98.55},
        ],
    }
    return {**spec, **changes}


def write(folder: Path, name: str, spec: dict[str, Any]) -> Path:
    """Write an invented report as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")
    return path


def take_in(workspace: Workspace, *paths: Path, collection: str = "office") -> tuple[int, int, int]:
    """Ingest with the invented reader; how many were stored, failed, and need confirmation.

    In a process of its own, as the dashboard does it: here the main module is app.py once a page was tested, and
    reading processes would run it again.
    """
    folder = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, str(folder / "invented_ingest.py"), str(workspace.folder), collection, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(folder.parents[1])])},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    stored, failed, unconfirmed = map(int, done.stdout.split())
    return stored, failed, unconfirmed
