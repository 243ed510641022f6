"""Draw one page of a PDF in a process of its own: `python -m gongkai.documents.draw PAGE SCALE < a.pdf > page.png`.

Whoever asks is protected from a hostile or broken document: the process has limits on time and memory, and its end,
whatever its reason, is only an exit status.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from gongkai.errors import UnreadableDocument

SECONDS = 20
"""How long a page may take; an ordinary one takes 0.1 s."""
MEMORY = 2 * 1024**3
"""Bytes of address space that the drawing process may take."""


def draw_page(pdf: Path, page: int, scale: float) -> bytes:
    """A PNG of `page` (from 1), a point being `scale` pixels. Raise UnreadableDocument where it cannot be drawn."""
    command = [sys.executable, "-m", "gongkai.documents.draw", str(page), str(scale)]
    try:
        with pdf.open("rb") as stream:
            done = subprocess.run(command, stdin=stream, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument("timeout", f"page {page} took more than {SECONDS} s to draw") from error
    except OSError as error:
        raise UnreadableDocument("damaged", f"the stored original cannot be opened ({error.strerror})") from error
    if done.returncode != 0 or not done.stdout.startswith(b"\x89PNG"):
        reason = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise UnreadableDocument("crashed", f"page {page} cannot be drawn ({reason[-1] if reason else 'no reason'})")
    return done.stdout


def main(arguments: list[str]) -> int:
    """Read a PDF from standard input, write the page's PNG to standard output; exit status 0 done, 1 not."""
    from gongkai.documents.pdf import render_page

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        picture = render_page(sys.stdin.buffer.read(), int(arguments[0]), float(arguments[1]))
    except (UnreadableDocument, ValueError, MemoryError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
