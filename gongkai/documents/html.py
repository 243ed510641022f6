"""Web pages as saved from government sites, and what word processors export as HTML → blocks.

What a reader of the page sees is kept in its order: which part is the article is not guessed here. Dropped are scripts,
styles, form controls, <nav>, what is hidden (html_styles.py) and lists of links (html_links.py). Where next to nothing
can be seen, the article is looked for in what is hidden and where scripts keep it (html_sources.py).
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents import flow, html_metadata, html_sources
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.html_links import without_link_lists
from gongkai.documents.html_styles import Hidden, hidden_names
from gongkai.documents.html_walk import Walker
from gongkai.documents.model import Content
from gongkai.errors import UnreadableDocument

DEEPEST = 3000
"""Elements nested deeper than this are no page that a person wrote (and cost the parser quadratic time)."""

MOST_UNCLOSED = 100
"""With more formatting elements left open than this, all formatting is taken away."""

ENOUGH = 30
"""A page whose visible part speaks as much (sentences, its subject's name, cells) is not looked through for more."""

FEWEST_LINKS = 3
"""With fewer links there is no list of them."""

LINKED_SENTENCES = 3
"""With so many sentences in links, a link was never closed: nothing can be told by links."""

MANY_TAGS = 1500
"""Pages with fewer tags cannot cost much and are not looked through first."""

RICHER = 2
"""What is hidden is read if it speaks more than so many times as much as what is visible."""

DOMINANT = 0.7
"""A hidden element that says this share of what all hidden ones say is the article, the others are not."""

MOST_HIDDEN = 1000
"""Hidden elements that are looked at."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_UNNESTED = frozenset((
    "br", "img", "input", "meta", "link", "hr", "p", "li", "td", "tr", "th", "option", "col", "base", "area",
    "embed", "dt", "dd", "wbr", "source",
))  # fmt: skip
_FORMATTING = ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
_FORMATTING_START = re.compile(rf"<(/?)(?:{'|'.join(_FORMATTING)})[\s>/]", re.IGNORECASE)
_FORMATTING_TAG = re.compile(rf"</?(?:{'|'.join(_FORMATTING)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TEMPLATE_TAG = re.compile(r"<(/?)template\b[^>]*>", re.IGNORECASE)
_SHADOW_SIGN = "shadowroot"
_SHADOW = re.compile(r"\bshadowroot(?:mode)?\s*=", re.IGNORECASE)
_ROW_SIGN = re.compile(r"<tr\b", re.IGNORECASE)
_TABLE_SIGN = re.compile(r"<table\b", re.IGNORECASE)
_ROW_TAG = re.compile(r"<(/?)tr\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:p|div|table|span|br|section)\b", re.IGNORECASE)
_SUBJECT = "信息公开"
_CELLS = 8
"""So many cells of a table count as a sentence."""


def read(source: str) -> Content:
    """Return the blocks and metadata of a decoded page. Raises UnreadableDocument (damaged) for absurd nesting."""
    tree = _parse(source)
    hidden = Hidden(hidden_names("\n".join(node.text() for node in tree.css("style"))))
    walker = _walk(tree, hidden)
    items = _article(walker)
    visible = _richness(items, ENOUGH)
    if visible < ENOUGH:
        items = _with_hidden(tree, walker, visible) or _with_sources(tree, source, hidden, items, visible)
    builder = BlockBuilder()
    flow.emit(items, builder)
    return Content(builder.blocks, html_metadata.read(tree, source))


def _parse(source: str) -> LexborHTMLParser:
    """Return the tree of a page that is first put into a form that the parser reads in linear time."""
    # A NUL means nothing in a page, and the parser's C side should not meet one.
    source = _tamed(source.replace("\x00", ""))
    if _SHADOW_SIGN in source and _SHADOW.search(source):
        source = _with_shadows(source)
    if _ROW_SIGN.search(source) and not _TABLE_SIGN.search(source):
        source = _with_tables(source)
    return LexborHTMLParser(source)


def _tamed(source: str) -> str:
    """Return a page that the parser reads in linear time; raise UnreadableDocument if its nesting forbids that."""
    tags = source.count("<")
    if tags <= MANY_TAGS:
        return source
    if tags - source.count("</") > DEEPEST:
        _check_depth(source.lower())
    # Formatting that is never closed is opened anew in every paragraph that follows. It means nothing here.
    unclosed = sum(-1 if closing else 1 for closing in _FORMATTING_START.findall(source))
    return _FORMATTING_TAG.sub("", source) if unclosed > MOST_UNCLOSED else source


def _check_depth(lowered: str) -> None:
    deepest = depth = 0
    for match in _TAG.finditer(lowered):
        tag = match[2]
        if tag not in _UNNESTED and tag not in _FORMATTING:
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise UnreadableDocument("damaged", "the page's elements are nested beyond sense: save the page anew")


def _with_shadows(source: str) -> str:
    """Turn the templates that are shown (shadow trees, as savers of pages write them) into plain elements."""
    shown: list[bool] = []

    def replaced(match: re.Match[str]) -> str:
        if not match[1]:
            shown.append(_SHADOW.search(match[0]) is not None)
            return "<div>" if shown[-1] else match[0]
        return "</div>" if shown and shown.pop() else match[0]

    return _TEMPLATE_TAG.sub(replaced, source)


def _with_tables(source: str) -> str:
    """Put tables around the rows of a page that lost them: without, the parser would run all cells together."""
    pieces: list[str] = []
    end, depth = 0, 0
    for match in _ROW_TAG.finditer(source):
        between = source[end : match.start()]
        if not match[1]:
            if depth == 0 and (between.strip() or not pieces):
                pieces.extend(("</table>" if pieces else "", between, "<table>"))
            else:
                pieces.append(between)
            depth += 1
        else:
            pieces.append(between)
            depth = max(0, depth - 1)
        pieces.append(match[0])
        end = match.end()
    return "".join((*pieces, "</table>", source[end:]))


def _walk(tree: LexborHTMLParser, hidden: Hidden, revealed: frozenset[int] = frozenset()) -> Walker:
    walker = Walker(hidden, _parse, revealed)
    if tree.body is not None:
        walker.walk(tree.body)
    return walker


def _article(walker: Walker) -> list[flow.Item]:
    """The items of a page without its lists of links."""
    if walker.links < FEWEST_LINKS or walker.linked_sentences >= LINKED_SENTENCES:
        return walker.items
    return without_link_lists(walker.items)


def _with_hidden(tree: LexborHTMLParser, walker: Walker, visible: int) -> list[flow.Item] | None:
    """Items with the hidden elements that say far more than what is visible: scripts will show them.

    It is one (the article) or several together (the sections of a page that are opened one by one). None: no such.
    """
    speaks = {node.mem_id: _richness(_article(_walk_below(node))) for node in walker.passed[:MOST_HIDDEN]}
    total, most = sum(speaks.values()), max(speaks.values(), default=0)
    if total <= RICHER * visible:
        return None
    alone = most >= DOMINANT * total
    if alone and most <= RICHER * visible:
        return None
    shown = frozenset(key for key, value in speaks.items() if value and (value == most or not alone))
    return _article(_walk(tree, walker.hidden, shown))


def _with_sources(
    tree: LexborHTMLParser, source: str, hidden: Hidden, items: list[flow.Item], visible: int
) -> list[flow.Item]:
    """Items with the article that scripts keep, if it says far more than what is visible, behind them."""
    best: list[flow.Item] = []
    most = RICHER * visible
    for text in html_sources.sources(tree, source):
        found = _kept(text, hidden)
        if (speaks := _richness(found)) > most:
            best, most = found, speaks
    return [*items, *best]


def _kept(text: str, hidden: Hidden) -> list[flow.Item]:
    """The items of what a script keeps: markup or plain text."""
    if _MARKUP.search(text):
        return _article(_walk(_parse(text), hidden))
    return [flow.Text(text, preformatted=True)]


def _walk_below(node: LexborNode) -> Walker:
    walker = Walker(Hidden(), _parse)
    walker.walk(node)
    return walker


def _richness(items: list[flow.Item], enough: int | None = None) -> int:
    """How much a page speaks: its sentences, its subject's name and the cells of its tables; counted up to `enough`."""
    total = 0
    for item in items:
        if isinstance(item, flow.Text):
            total += item.text.count("。") + item.text.count(_SUBJECT)
        else:
            total += len(item.cells) // _CELLS
            for cell in item.cells:
                if len(cell.items) > 1 or (cell.items and isinstance(cell.items[0], flow.Grid)):
                    total += _richness(cell.items, enough)
        if enough is not None and total >= enough:
            break
    return total
