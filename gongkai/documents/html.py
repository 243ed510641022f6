"""Web pages as saved from government sites, and what word processors export as HTML → blocks.

Everything that a reader of the page sees is kept in its order, navigation included: which part is the article is not
guessed here. Dropped are scripts, styles, form controls, <nav> and what is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents import flow, html_metadata
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import WIDE, clean
from gongkai.documents.model import Content
from gongkai.documents.numerals import render
from gongkai.errors import UnreadableDocument

DEEPEST = 3000
"""Elements nested deeper than this are no page that a person wrote (and cost the parser quadratic time)."""

MANY_TAGS = 1500
"""Pages with fewer tags cannot cost much and are not looked through first."""

MOST_UNCLOSED = 100
"""With more formatting elements left open than this, all formatting is taken away."""

DEEPEST_TABLE = 30
"""Tables nested deeper than this are read as plain blocks."""

LITTLE_TEXT = 200
"""A page that shows fewer characters than this is read again with its hidden parts, where scripts keep the article."""

_DROPPED = frozenset((
    "script", "style", "noscript", "nav", "select", "option", "optgroup", "datalist", "button", "textarea",
    "svg", "math", "canvas", "audio", "video", "object", "embed", "iframe", "frameset", "frame", "noframes",
    "template", "head", "map", "area", "img", "picture", "link", "meta", "xml", "rt", "rp", "progress", "meter",
    "del", "input", "base", "title", "applet",
))  # fmt: skip
_KEPT_WITH_HIDDEN = frozenset(("noscript", "textarea"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# All else stands on lines of its own, the tags that content systems invent (<ucapcontent>) included.
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "output", "q", "rb", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*comment", re.IGNORECASE
)
_SPAN = re.compile(r"\s*(\d{1,6})")
_FIGURE = re.compile(r"\s*[\d.,]{1,20}\s*$")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_UNNESTED = frozenset((
    "br", "img", "input", "meta", "link", "hr", "p", "li", "td", "tr", "th", "option", "col", "base", "area",
    "embed", "dt", "dd", "wbr", "source",
))  # fmt: skip
_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_FORMATTING_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_FORMATTING))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:p|div|table|span|br)\b", re.IGNORECASE)
_LABEL = re.compile(r"[^\s\d:：,，。;；、(（]{2,8}[:：]")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(r" {2,}")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z\-]+)", re.IGNORECASE)

# White space with a line end in the source: nothing between Chinese characters, else a space.
_SOFT = "\x01"
_SOFT_RUN = re.compile(rf" *{_SOFT}[ {_SOFT}]*")
_SOFT_IN_CHINESE = re.compile(rf"(?<=[{WIDE}]){_SOFT}(?=[{WIDE}])")

# List markers that a page sets itself: number format, and the text around the number. The style sheets of nearly all
# sites take the markers of ordinary lists away, so those get none.
_MARKERS = {
    "1": ("decimal", "{}."),
    "decimal": ("decimal", "{}."),
    "a": ("lowerLetter", "{}."),
    "lower-alpha": ("lowerLetter", "{}."),
    "A": ("upperLetter", "{}."),
    "upper-alpha": ("upperLetter", "{}."),
    "i": ("lowerRoman", "{}."),
    "lower-roman": ("lowerRoman", "{}."),
    "I": ("upperRoman", "{}."),
    "upper-roman": ("upperRoman", "{}."),
    "cjk-ideographic": ("chineseCounting", "{}、"),
    "simp-chinese-informal": ("chineseCounting", "{}、"),
    "trad-chinese-informal": ("chineseCounting", "{}、"),
    # Classes of UEditor, the editor built into most of these sites.
    "custom_cn": ("chineseCounting", "{}、"),
    "custom_cn1": ("chineseCounting", "({})"),
    "custom_cn2": ("chineseCounting", "({})"),
    "custom_num": ("decimal", "{}、"),
    "custom_num1": ("decimal", "{})"),
    "custom_num2": ("decimal", "({})"),
}


def read(source: str) -> Content:
    """Return the blocks and metadata of a decoded page. Raises UnreadableDocument (damaged) for absurd nesting."""
    if source.count("<") > MANY_TAGS:
        source = _tamed(source)
    # A NUL means nothing in a page, and the parser's C side should not meet one.
    tree = LexborHTMLParser(source.replace("\x00", ""))
    items = _items(tree, keep_hidden=False)
    if _length(items) < LITTLE_TEXT:
        everything = _items(tree, keep_hidden=True)
        if _length(everything) > 2 * _length(items):
            items = everything
    builder = BlockBuilder()
    flow.emit(items, builder)
    return Content(builder.blocks, html_metadata.read(tree, source))


def _tamed(source: str) -> str:
    """Return a page that the parser reads in linear time; raise UnreadableDocument if its nesting forbids that."""
    deepest = depth = unclosed = 0
    for match in _TAG.finditer(source):
        tag = match[2].lower()
        if tag in _UNNESTED:
            continue
        step = -1 if match[1] else 1
        if tag in _FORMATTING:
            unclosed += step
        else:
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise UnreadableDocument("damaged", "the page's elements are nested beyond sense: save the page anew")
    # Formatting that is never closed is opened anew in every paragraph that follows. It means nothing here.
    return _FORMATTING_TAG.sub("", source) if unclosed > MOST_UNCLOSED else source


def _length(items: list[flow.Item]) -> int:
    return sum(
        len(item.text) if isinstance(item, flow.Text) else sum(_length(cell.items) for cell in item.cells)
        for item in items
    )


def _items(tree: LexborHTMLParser, keep_hidden: bool) -> list[flow.Item]:
    walker = _Walker(keep_hidden)
    if tree.body is not None:
        walker.walk(tree.body)
    for source in list(walker.embedded):
        body = LexborHTMLParser(source).body
        if body is not None:
            walker.walk(body)
    return walker.items


@dataclass(slots=True)
class _List:
    """A list that is being read: the next number and how it is printed (None: not at all)."""

    number: int
    marker: tuple[str, str] | None


@dataclass(slots=True)
class _Walker:
    """Walks a page's tree in document order, without recursion, and collects items."""

    keep_hidden: bool
    items: list[flow.Item] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    """Sources of articles that the page keeps in a <textarea> for its scripts to show."""
    _sinks: list[list[flow.Item]] = field(default_factory=list)
    _tables: list[list[list[flow.SpannedCell]]] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _inline: list[str] = field(default_factory=list)
    _prefix: str = ""  # the marker of a list item whose text has not come yet
    _boundary: bool = False
    _after_link: bool = False
    _headings: int = 0
    _preformatted: int = 0

    def walk(self, root: LexborNode) -> None:
        """Collect the items of all that is below `root`."""
        self._sinks = [self.items]
        ancestors: list[tuple[LexborNode, str]] = []
        node = root.first_child
        while True:
            while node is not None:
                tag = node.tag or ""
                if tag == "-text":
                    self._text(node.text_content or "")
                elif tag[:1] != "-":
                    role = self._enter(node, tag)
                    child = node.first_child if role else None
                    if child is not None:
                        ancestors.append((node, role))
                        node = child
                        continue
                    self._leave(role)
                node = node.next
            if not ancestors:
                break
            node, role = ancestors.pop()
            self._leave(role)
            node = node.next
        self._flush()

    def _enter(self, node: LexborNode, tag: str) -> str:
        """Note the start of an element; return the role it plays, "" if it is passed over with all that is in it."""
        if tag == "br":
            self._inline.append("\n")
            return ""
        attributes = node.attributes
        if tag in _DROPPED and not (self.keep_hidden and tag in _KEPT_WITH_HIDDEN):
            if tag == "input" and len(self._sinks) > 1:
                self._input(attributes)
            return ""
        if attributes and not self.keep_hidden and _is_hidden(attributes):
            return ""
        if tag == "textarea":
            source = node.text() or ""
            if _MARKUP.search(source):
                self.embedded.append(source)
            return ""
        if tag in _HEADINGS:
            self._flush()
            self._headings += 1
            return "heading"
        if tag in _INLINE or ":" in tag:  # with a colon: Word's own tags, <o:p>
            self._boundary = True
            if tag == "a" and "href" in attributes:
                if self._after_link:
                    self._inline.append(" ")
                return "link"
            return "inline"
        self._flush()
        return self._enter_block(tag, attributes)

    def _enter_block(self, tag: str, attributes: Mapping[str, str | None]) -> str:
        if tag == "table" and len(self._tables) < DEEPEST_TABLE:
            self._tables.append([])
            return "table"
        if tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in ("td", "th") and self._tables and self._tables[-1] and len(self._sinks) <= len(self._tables):
            cell = flow.SpannedCell(_span(attributes.get("rowspan")), max(1, _span(attributes.get("colspan"))), [])
            self._tables[-1][-1].append(cell)
            self._sinks.append(cell.items)
            return "cell"
        elif tag in ("ol", "ul"):
            self._lists.append(_List(_span(attributes.get("start")), _marker(tag, attributes)))
            return "list"
        elif tag == "li" and self._lists and self._lists[-1].marker is not None:
            number_format, around = self._lists[-1].marker
            self._prefix = around.format(render(self._lists[-1].number, number_format))
            self._lists[-1].number += 1
        elif tag in ("pre", "listing"):
            self._preformatted += 1
            return "pre"
        return "block"

    def _leave(self, role: str) -> None:
        """Note the end of an element that was entered in `role`."""
        if role in ("", "inline", "link"):
            self._boundary = True
            self._after_link = role == "link"
            return
        self._flush()
        if role == "table":
            self._sinks[-1].append(flow.place(self._tables.pop()))
        elif role == "cell":
            self._sinks.pop()
        elif role == "list":
            self._lists.pop()
            self._prefix = ""
        elif role == "heading":
            self._headings -= 1
        elif role == "pre":
            self._preformatted -= 1

    def _text(self, source: str) -> None:
        self._after_link = False
        if self._preformatted:
            self._inline.append(source)
            return
        printed = _WHITE.sub(lambda match: _SOFT if "\n" in match[0] else " ", source)
        if not self._inline and printed in (" ", _SOFT):
            return
        # Parts of an information line stand apart on the screen: 来源:某局<span>浏览量:5</span>.
        if self._boundary and self._inline and _LABEL.match(printed):
            self._inline.append(" ")
        self._boundary = False
        self._inline.append(printed)

    def _input(self, attributes: Mapping[str, str | None]) -> None:
        """Some sites publish the statutory tables as a form that is filled in: a figure in a field is text."""
        value = attributes.get("value") or ""
        if (attributes.get("type") or "text").lower() in ("text", "number") and _FIGURE.match(value):
            self._inline.append(value)

    def _flush(self) -> None:
        """End the current paragraph."""
        self._boundary = self._after_link = False
        if not self._inline:
            return
        text = "".join(self._inline)
        self._inline.clear()
        sink = self._sinks[-1]
        if self._preformatted:
            sink.append(flow.Text(text, preformatted=True))
            return
        text = _SPACES.sub(" ", text)
        if _SOFT in text:
            text = _SOFT_IN_CHINESE.sub("", _SOFT_RUN.sub(_SOFT, text)).replace(_SOFT, " ")
        text = clean(text)
        if self._headings:
            sink.append(flow.Text(text.strip(), heading=True))
            return
        for line in text.split("\n"):
            stripped = line.strip()
            if stripped:
                sink.append(flow.Text(self._prefix + stripped))
                self._prefix = ""


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _HIDDEN.search(style) is not None)


def _span(value: str | None) -> int:
    """The whole number that an attribute begins with ("3%" is 3); 1 if there is none."""
    match = _SPAN.match(value) if value else None
    return int(match[1]) if match else 1


def _marker(tag: str, attributes: Mapping[str, str | None]) -> tuple[str, str] | None:
    style = _LIST_STYLE.search(attributes.get("style") or "")
    signs = [style[1].lower()] if style else []
    if tag == "ol":
        signs.append(attributes.get("type") or "")
        signs.extend((attributes.get("class") or "").split())
    return next((_MARKERS[sign] for sign in signs if sign in _MARKERS), None)
