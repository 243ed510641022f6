"""How fast files are read, beside other libraries on the same files in the same run.

    python -m benchmarks.reading [FOLDER] [--files N]

FOLDER holds reports; without it a small sample province is written to a temporary folder. Times are processor time, the
median over the files; what counts is the ratio, since machines differ and are shared.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pdfplumber

from gongkai.documents.reader import read_bytes
from gongkai.reading import read
from gongkai.sample import write_sample


def _pdfplumber(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()


def _python_docx(data: bytes) -> None:
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


OTHERS: dict[str, tuple[str, Callable[[bytes], None]]] = {
    ".pdf": ("pdfplumber extract_text + extract_tables", _pdfplumber),
    ".docx": ("python-docx, cell texts", _python_docx),
}


def _median(files: list[Path], work: Callable[[Path], object]) -> float:
    """Milliseconds of processor time, the median over the files."""
    work(files[0])
    times = []
    for file in files:
        start = time.process_time()
        work(file)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=12, help="how many of each format")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if options.folder is None:
            write_sample(folder, cities=1, years=(2020, 2022))
        for ending in (".html", ".docx", ".pdf", ".txt"):
            files = sorted(folder.rglob(f"*{ending}"))[: options.files]
            if not files:
                continue
            document = _median(files, lambda file: read_bytes(file.read_bytes(), file.name))
            whole = _median(files, lambda file: read(file))
            line = f"{ending:6} {len(files):3} files: document {document:6.1f} ms, with all figures {whole:6.1f} ms"
            if ending in OTHERS:
                name, work = OTHERS[ending]
                other = _median(files, lambda file, work=work: work(file.read_bytes()))  # type: ignore[misc]
                line += f"; {name} {other:6.1f} ms, {other / document:.1f} times the document's"
            print(line)


if __name__ == "__main__":
    main()
