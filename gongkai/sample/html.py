"""Write a report as a web page, in the ways of four kinds of site (data/sample/pages).

The traits of the test bed change that: layout_tables, div_tables, odd_spans, gbk, utf16.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape
from string import Template

from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.content import Content, Grid, GridCell, Heading, Paragraph, Part


def write_html(content: Content) -> bytes:
    """The page's bytes: UTF-8, but GB18030 under the old name gb2312 on the sites with tables for layout."""
    style = content.style
    charset, encoding = _encoding(content)
    title = "".join(content.title)
    body = "\n".join(_part(part, content) for part in content.parts)
    related = "\n".join(f'<li><a href="#">{escape(line)}</a></li>' for line in content.neighbours)
    day = content.published_on
    page = _page(next((name for trait, name in _PAGES.items() if trait in content.traits), style)).substitute(
        charset=charset,
        title=escape(title),
        heading="\n".join(_paragraph(Paragraph(line, "center"), style, size="22.0pt") for line in content.title),
        body=body,
        related=related,
        agency=escape(content.agency),
        publisher=escape(content.publisher),
        owner=escape(content.place + "人民政府办公室"),
        site_name=escape(content.place + "人民政府门户网站"),
        host=f"www.{content.site}.example",
        published=day.isoformat(),
        clock=f"{9 + content.look % 8:02d}:{content.look * 7 % 60:02d}",
        path=f"{day:%Y%m}/t{day:%Y%m%d}_{100000 + content.look * 37 % 900000}.html",
        index=f"{content.site.upper()}-{day.year}-{content.look % 100000:05d}",
    )
    return page.encode(encoding)


_PAGES = {"repost": "share", "layout_tables": "layout"}
"""Pages that a trait puts in place of the site's own."""


def _encoding(content: Content) -> tuple[str, str]:
    """What the page says of its encoding, and what it is. Pages in GB18030 call it by older names, or not at all."""
    if "utf16" in content.traits:
        return "utf-16", "utf-16"
    if "gbk" in content.traits:
        return ("gb2312", "gbk", "")[content.look % 3], "gb18030"
    return ("gb2312", "gb18030") if content.style == "plain" else ("utf-8", "utf-8")


@cache
def _page(style: str) -> Template:
    path = DATA / "sample" / "pages" / f"{style}.html"
    try:
        return Template(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"sample/pages/{path.name}: cannot be read ({error.strerror})") from error


def _part(part: Part, content: Content) -> str:
    style = content.style
    if isinstance(part, Grid):
        if "div_tables" in content.traits:
            return _div_grid(part)
        table = _GRIDS[style](part)
        return _odd(table) if "odd_spans" in content.traits else table
    if isinstance(part, Heading):
        return _heading(part, style)
    return _paragraph(part, style)


def _heading(heading: Heading, style: str) -> str:
    text = escape(heading.text)
    if style == "portal":
        return f"<h{2 + heading.level}>{text}</h{2 + heading.level}>"
    if style == "word":
        return _paragraph(Paragraph(heading.text), style, bold=True)
    return f'<p style="text-indent: 2em;"><strong>{text}</strong></p>'


def _paragraph(paragraph: Paragraph, style: str, size: str = "16.0pt", bold: bool = False) -> str:
    text = escape(paragraph.text)
    if style == "word":
        indent = "text-indent:32.0pt" if paragraph.align == "left" else ""
        inner = f"<b>{text}</b>" if bold else text
        return (
            f"<p class=MsoNormal align={paragraph.align} style='text-align:{paragraph.align};{indent}'>"
            f"<span style='font-size:{size};font-family:FangSong'>{inner}<span lang=EN-US><o:p></o:p></span></span></p>"
        )
    if style == "plain":
        lead = "　　" if paragraph.align == "left" else ""
        return f'<p align="{paragraph.align}"><font size="3">{lead}{text}</font></p>'
    if style == "portal" and paragraph.align == "left":
        return f"<p>{text}</p>"
    return (
        f'<p style="text-align: {paragraph.align}; text-indent: {2 if paragraph.align == "left" else 0}em;">{text}</p>'
    )


def _text(cell: GridCell) -> str:
    """A cell's text as markup; its line breaks are kept."""
    return escape(cell.text).replace("\n", "<br>")


def _spans(cell: GridCell) -> str:
    spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    return spans + (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "")


def _trs_grid(grid: Grid) -> str:
    lines = ['<table border="1" cellspacing="0" cellpadding="0"><tbody>']
    for row in grid.by_row():
        cells = (
            f'<td{_spans(cell)} style="text-align: {"left" if cell.role == "label" else "center"};">'
            f"<p>{_text(cell) or '&nbsp;'}</p></td>"
            for cell in row
        )
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*lines, "</tbody></table>"])


def _portal_grid(grid: Grid) -> str:
    lines = ["<table>"]
    for number, row in enumerate(grid.by_row()):
        tag = "th" if number < grid.heads else "td"
        lines.append("<tr>" + "".join(f"<{tag}{_spans(c)}>{_text(c)}</{tag}>" for c in row) + "</tr>")
    return "\n".join([*lines, "</table>"])


def _plain_grid(grid: Grid) -> str:
    lines = ['<table width="100%" border="1" cellspacing="0" cellpadding="2" bordercolor="#666666">']
    for row in grid.by_row():
        cells = (
            f'<td{_spans(c)} align="center"><font size="2">'
            f"{'<br />'.join(c.text) if c.role == 'tall' else _text(c)}</font></td>"
            for c in row
        )
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*lines, "</table>"])


def _word_grid(grid: Grid) -> str:
    """Word puts every cell's text into spans of its own and writes attributes without quotation marks."""
    lines = ["<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"]
    for row in grid.by_row():
        cells = []
        for cell in row:
            width = round(640 * sum(grid.widths[cell.column : cell.column + cell.colspan]))
            foreign = " lang=EN-US" if cell.text.isascii() else ""
            cells.append(
                f"<td width={width}{_spans(cell).replace(chr(34), '')} "
                "style='border:solid windowtext 1.0pt;padding:0cm 3.0pt'>"
                f"<p class=MsoNormal align=center style='text-align:center'><span{foreign} style='font-family:SimSun'>"
                f"{_text(cell)}</span><span lang=EN-US><o:p></o:p></span></p></td>"
            )
        lines.append("<tr style='height:19.85pt'>" + "\n".join(cells) + "</tr>")
    return "\n".join([*lines, "</table>"])


def _div_grid(grid: Grid) -> str:
    """No table at all: a <div> for each row and cell, as pages for telephones have it."""
    rows = ("".join(f'<div class="cell">{_text(cell)}</div>' for cell in row) for row in grid.by_row())
    return "\n".join(['<div class="grid">', *(f'<div class="line">{row}</div>' for row in rows), "</div>"])


def _odd(table: str) -> str:
    """As editors leave it: a per cent sign behind a span, end tags left out."""
    return re.sub(r'colspan="?(\d+)"?', r"colspan=\1%", table).replace("</td>", "")


_GRIDS: dict[str, Callable[[Grid], str]] = {
    "trs": _trs_grid,
    "word": _word_grid,
    "plain": _plain_grid,
    "portal": _portal_grid,
}
