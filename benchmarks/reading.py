"""How fast files are read, beside other libraries on the same files in the same run.

    python -m benchmarks.reading [FOLDER] [--files N]

FOLDER holds reports; without it a test bed of all formats is written to a temporary folder. Times are processor time,
the median over the files, a page for PDF. What counts are the ratios: machines differ and are shared. The budgets:
PDF at 20 ms a page and four times as fast as pdfplumber, all else at 15 ms a file. Exit status 1 when one is missed.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pdfplumber
import pypdfium2

from gongkai.documents.reader import read_bytes
from gongkai.errors import UnreadableDocument
from gongkai.reading import read
from gongkai.sample.testbed.settings import FORMATS
from gongkai.sample.testbed.write import write_testbed

PDF_MS_A_PAGE, PDF_TIMES_FASTER, OTHER_MS_A_FILE = 20.0, 4.0, 15.0
_FILES_OF_A_TESTBED = 400


def _pdfplumber(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()


def _python_docx(data: bytes) -> None:
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


OTHERS: dict[str, tuple[str, Callable[[bytes], None]]] = {
    "pdf": ("pdfplumber extract_tables", _pdfplumber),
    "docx": ("python-docx, cell texts", _python_docx),
}


def _median(files: list[Path], work: Callable[[Path], object]) -> float:
    """Milliseconds of processor time, a page for PDF and a file for all else, the median over the files."""
    work(files[0])
    times = []
    for file in files:
        start = time.process_time()
        work(file)
        times.append((time.process_time() - start) * 1000 / _pages(file))
    return statistics.median(times)


def _pages(file: Path) -> int:
    return len(pypdfium2.PdfDocument(file)) if file.suffix == ".pdf" else 1


def _readable(file: Path) -> bool:
    try:
        read(file)
    except UnreadableDocument:
        return False
    return True


def _measure(ending: str, files: list[Path]) -> list[str]:
    """Print the times of one format; return what is over its budget."""
    document = _median(files, lambda file: read_bytes(file.read_bytes(), file.name))
    whole = _median(files, lambda file: read(file))
    unit = "page" if ending == "pdf" else "file"
    line = f"{ending:5} {len(files):3} files: document {document:6.1f} ms a {unit}, with all figures {whole:6.1f} ms"
    missed = []
    if ending in OTHERS:
        name, other_work = OTHERS[ending]
        other = _median(files, lambda file: other_work(file.read_bytes()))
        line += f"; {name} {other:6.1f} ms, {other / document:.1f} times the document's"
        if ending == "pdf" and other < PDF_TIMES_FASTER * document:
            missed.append(f"pdf: {other / document:.1f} times as fast as pdfplumber, {PDF_TIMES_FASTER:g} wanted")
    print(line)
    budget = PDF_MS_A_PAGE if ending == "pdf" else OTHER_MS_A_FILE
    if whole > budget:
        missed.append(f"{ending}: {whole:.1f} ms a {unit}, {budget:g} wanted")
    return missed


def main() -> int:
    """Read, compare, print; 1 when a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=12, help="how many of each format")
    options = parser.parse_args()
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "testbed"
        if options.folder is None:
            write_testbed(folder, _FILES_OF_A_TESTBED)
        for ending in FORMATS:
            files = [file for file in sorted(folder.rglob(f"*.{ending}"))[: options.files] if _readable(file)]
            if files:
                missed += _measure(ending, files)
    for words in missed:
        print(f"MISSED  {words}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
