"""Write a report as plain text, its tables with a tab between cells, as copying from a page gives them."""

from __future__ import annotations

from gongkai.sample.content import Content, Grid, Heading


def write_text(content: Content) -> bytes:
    """The text's bytes: UTF-8, but GB18030 for every third unit."""
    lines = ["".join(content.title)]
    for part in content.parts:
        if isinstance(part, Grid):
            lines.append("\n".join(_line(part, row) for row in range(part.rows)))
        elif isinstance(part, Heading):
            lines.append(part.text)
        else:
            lines.append("　　" + part.text if part.align == "left" else part.text)
    return ("\n\n".join(lines) + "\n").encode("gb18030" if content.look % 3 == 0 else "utf-8")


def _line(grid: Grid, row: int) -> str:
    """One row: a spanned cell's text stands at its upper left position, the rest of it is empty."""
    texts = [""] * len(grid.widths)
    for cell in grid.cells:
        if cell.row == row:
            texts[cell.column] = cell.text
    return "\t".join(texts)
