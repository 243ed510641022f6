"""Other libraries on the same PDFs: pdfplumber's extract_tables and markitdown, cells matched by the form's own labels.

Both give text in rows; which row of the form it is, and which column, they leave to whoever uses them. Here that is
done in the plain way: a row is known by a label of the form that stands in it exactly, and its figures are the numbers
behind it, if there are as many as the form has columns.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
from markitdown import MarkItDown

from gongkai.catalogue.forms import Form, RowSpec, forms
from gongkai.parsing.labels import bare
from gongkai.reading import read
from gongkai.records import CONFIDENT, Method

Cells = dict[tuple[str, str], float]
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SAME = 1e-6


def compare(files: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Read the same PDFs with each; print cells right, wrong and missed, and processor time a page."""
    if not files:
        return
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    converter = MarkItDown()

    def by_markitdown(path: Path, form: Form) -> Cells:
        text = converter.convert(str(path)).text_content
        return matched((_split(line) for line in text.splitlines()), form)

    readers: dict[str, Callable[[Path, Form], Cells]] = {
        "gongkai": _by_gongkai,
        "pdfplumber extract_tables": _by_pdfplumber,
        "markitdown": by_markitdown,
    }
    pages = sum(_pages(Path(path)) for path, _ in files)
    print(f"the same {len(files)} PDFs of {pages} pages, read by")
    for name, work in readers.items():
        right = wrong = missed = 0
        started = time.process_time()
        found = [work(Path(path), forms()[line["regime"]]) for path, line in files]
        spent = time.process_time() - started
        for cells, (_, line) in zip(found, files, strict=True):
            unknowable = {tuple(key) for key in line["unknowable"]}
            true: dict[tuple[str, str], list[float]] = {}
            for metric, who, value, method, *_ in line["figures"]:
                if method == "table" and value is not None and (metric, who) not in unknowable:
                    true.setdefault((metric, who), []).append(value)
            for key, values in true.items():
                got = cells.get(key)
                missed += got is None
                hit = got is not None and any(abs(got - value) < _SAME for value in values)
                right, wrong = right + hit, wrong + (got is not None and not hit)
            wrong += sum(1 for key in cells if key not in true and key not in unknowable)
        print(f"  {name:26} {right:6} right {wrong:5} wrong {missed:6} missed; {1000 * spent / pages:7.1f} ms a page")
    print()


def _pages(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return len(pdf.pages)


def _by_gongkai(path: Path, form: Form) -> Cells:
    """What is read without a doubt; what is in doubt counts as missed."""
    return {
        (figure.metric, figure.applicant): figure.value
        for report in read(path)[1]
        for figure in report.figures
        if figure.method is Method.TABLE and figure.value is not None and figure.confidence >= CONFIDENT
    }


def _by_pdfplumber(path: Path, form: Form) -> Cells:
    rows: list[list[str]] = []
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                rows += [[cell or "" for cell in row] for row in table]
    return matched(rows, form)


def _split(line: str) -> list[str]:
    """A line of Markdown as cells: by bars where there are any, else by blanks."""
    return line.strip().strip("|").split("|") if "|" in line else line.split()


def matched(rows: Iterable[list[str]], form: Form) -> Cells:
    """The figures of rows in which a label of the form stands, followed by as many numbers as it has columns."""
    known = {bare(label): spec for table in form.tables for spec in table.rows for label in spec.labels if spec.labels}
    review = next((table.rows[0] for table in form.tables if not table.rows[0].labels), None)
    found: Cells = {}
    for row in rows:
        texts = ["".join(cell.split()) for cell in row]
        places = [n for n, text in enumerate(texts) if bare(text) in known]
        if places:
            _fill(found, known[bare(texts[places[-1]])], texts[places[-1] + 1 :])
        elif review is not None:
            _fill(found, review, texts)
    return found


def _fill(found: Cells, spec: RowSpec, texts: list[str]) -> None:
    numbers = [float(text) for text in texts if _NUMBER.fullmatch(text)]
    if len(numbers) == len(spec.columns):
        for column, number in zip(spec.columns, numbers, strict=True):
            found.setdefault((column.metric, column.applicant), number)
