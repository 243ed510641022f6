"""Write a report in formats that wrap others: a saved page as .mht, what calls itself .doc or .xls, rich text."""

from __future__ import annotations

import base64

from gongkai.sample.content import Content, Grid, Heading
from gongkai.sample.html import write_html

_BOUNDARY = "----=_NextPart_000_0000_01D00000.00000000"
_LINE = 76
_WIDTH = 8844
"""Width of the text on A4 in twentieths of a point."""


def write_mht(content: Content) -> bytes:
    """A page as browsers save it in one file: a MIME message with the page in base64."""
    page = base64.encodebytes(write_html(content)).decode("ascii")
    lines = (
        "From: <Saved by Blink>",
        "Subject: =?utf-8?B?" + base64.b64encode("".join(content.title).encode()).decode("ascii")[:_LINE] + "?=",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; type="text/html"; boundary="{_BOUNDARY}"',
        "",
        f"--{_BOUNDARY}",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: base64",
        f"Content-Location: http://www.{content.site}.example/zwgk/nb.html",
        "",
        page,
        f"--{_BOUNDARY}--",
        "",
    )
    return "\r\n".join(lines).replace("\r\n\n", "\r\n").encode("ascii")


def write_doc(content: Content) -> bytes:
    """What offices' systems export as .doc: a web page, a saved page, or rich text inside."""
    return (write_html, write_mht, write_rtf)[content.look % 3](content)


def write_rtf(content: Content) -> bytes:
    """Rich text: Chinese as \\u escapes, tables as rows of cells with merge marks."""
    title = "".join(rf"\pard\qc\b\fs44 {_escaped(line)}\b0\par" + "\n" for line in content.title)
    body = []
    for part in content.parts:
        if isinstance(part, Grid):
            body.append(_table(part))
        elif isinstance(part, Heading):
            body.append(rf"\pard\b\fs32 {_escaped(part.text)}\b0\par")
        else:
            align = {"left": r"\fi640", "center": r"\qc", "right": r"\qr"}[part.align]
            body.append(rf"\pard{align}\fs32 {_escaped(part.text)}\par")
    head = r"{\rtf1\ansi\ansicpg936\deff0\uc1{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    return (head + "\n" + title + "\n".join(body) + "\n}").encode("ascii")


def _table(grid: Grid) -> str:
    edges = [round(_WIDTH * sum(grid.widths[: number + 1])) for number in range(len(grid.widths))]
    covering = {(row, c.column): c for c in grid.cells for row in range(c.row, c.row + c.rowspan)}
    lines = []
    for row in range(grid.rows):
        cells = [covering[at] for at in sorted(at for at in covering if at[0] == row)]
        ends, texts = [], []
        for cell in cells:
            mark = "" if cell.rowspan == 1 else r"\clvmgf" if cell.row == row else r"\clvmrg"
            ends.append(rf"{mark}\cellx{edges[cell.column + cell.colspan - 1]}")
            texts.append((_escaped(cell.text) if cell.row == row else "") + r"\cell")
        lines.append(r"\trowd\trgaph108" + "".join(ends) + r"\pard\intbl\fs21 " + " ".join(texts) + r"\row")
    return "\n".join([*lines, r"\pard\par"])


def _escaped(text: str) -> str:
    """ASCII: other characters as \\uN with a question mark for readers that know no Unicode."""
    found = []
    for character in text:
        if character == "\n":
            found.append(r"\line ")
        elif character in "\\{}":
            found.append("\\" + character)
        elif character.isascii():
            found.append(character)
        else:
            code = ord(character)
            found.append(rf"\u{code - 65536 if code > 32767 else code}?")
    return "".join(found)
