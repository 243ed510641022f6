"""The walk through a page's tree in document order: elements and texts → items, as a reader of the screen sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents import flow, picture_marks
from gongkai.documents.characters import WIDE, clean
from gongkai.documents.html_lists import list_marker
from gongkai.documents.html_styles import BLOCK, PLAIN, SIZELESS, Hidden, traits_of
from gongkai.documents.numerals import render

DEEPEST_TABLE = 30
"""Tables nested deeper than this are read as plain blocks."""

DEEPEST_FRAME = 3
"""Pages within pages (frames with their source in the page) are read to this depth."""


# What an element does to the text in it: plain strings, compared by identity some thousand times a page.
_PASSED = ""  # passed over with all that is in it
_INLINE, _LINK, _BLOCK, _HEADING, _PRE = "inline", "link", "block", "heading", "pre"
_TABLE, _ROW, _CELL, _LIST, _ITEM = "table", "row", "cell", "list", "item"
_BREAK, _FIELD, _FRAME, _PICTURE = "break", "field", "frame", "picture"


def _roles() -> dict[str, str]:
    names = {
        _PASSED: "script style noscript nav select option optgroup datalist button textarea svg math canvas audio"
        " video object embed frameset frame noframes template head map area link meta xml rt rp progress"
        " meter del base title applet",
        _INLINE: "abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark nobr output picture q rb"
        " ruby s samp small span strike strong sub sup time tt u var wbr",
        _HEADING: "h1 h2 h3 h4 h5 h6",
        _LINK: "a",
        _TABLE: "table",
        _ROW: "tr",
        _CELL: "td th",
        _LIST: "ol ul",
        _ITEM: "li",
        _PRE: "pre listing",
        _BREAK: "br",
        _FIELD: "input",
        _FRAME: "iframe",
        _PICTURE: "img",
    }
    return {tag: role for role, tags in names.items() for tag in tags.split()}


# All else stands on lines of its own, the tags that content systems invent (<ucapcontent>) included.
_ROLES = _roles()

_SPAN = re.compile(r"\s*(\d{1,6})")
_FIGURE = re.compile(r"\s*[\d.,]{1,20}\s*$")
_LABEL = re.compile(r"[^\s\d:：,，。;；、(（]{2,8}[:：]")
_LINES = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")
_GAPS = re.compile(r"[ \t\r\f]{2,}|[\t\r\f]")
_SPACES = re.compile(r" {2,}")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|zip|rar|ofd|ceb|pptx?)(?:[?#]|$)", re.IGNORECASE)
_BETWEEN_LINKS = re.compile(r"[\W\d_年月日]+")
_UNLINKED = 4
"""So many characters beside its links a text may have and still be nothing but links."""

# White space with a line end in the source: nothing between Chinese characters, else a space.
_SOFT = "\x01"
_SOFT_RUN = re.compile(rf" *{_SOFT}[ {_SOFT}]*")
_SOFT_IN_CHINESE = re.compile(rf"(?<=[{WIDE}]){_SOFT}(?=[{WIDE}])")


@dataclass(slots=True)
class _List:
    """A list that is being read: the next number and how it is printed (None: not at all)."""

    number: int
    marker: tuple[str, str] | None


@dataclass(slots=True)
class Walker:
    """Walks the tree of a page, without recursion, and collects items.

    `parse` makes a tree of the source of a frame; `revealed` are the ids (`mem_id`) of hidden elements that are read
    all the same. `passed` are the elements that were passed over because they are hidden. `links` counts the links,
    `linked_sentences` the paragraphs with a sentence in a link.
    """

    hidden: Hidden
    parse: Callable[[str], LexborHTMLParser]
    revealed: frozenset[int] = frozenset()
    items: list[flow.Item] = field(default_factory=list)
    passed: list[LexborNode] = field(default_factory=list)
    links: int = 0
    linked_sentences: int = 0
    _frames: list[LexborHTMLParser] = field(default_factory=list)  # a tree lives as long as its nodes are used
    _sinks: list[list[flow.Item]] = field(default_factory=list)
    _tables: list[list[list[flow.SpannedCell]]] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _inline: list[str] = field(default_factory=list)
    _prefix: str = ""  # the marker of a list item whose text has not come yet
    _boundary: bool = False
    _after_link: bool = False
    _in_link: bool = False
    _cells: int = 0
    _links: int = 0
    _linked: list[str] = field(default_factory=list)
    _headings: int = 0
    _preformatted: int = 0
    _pictures: int = 0

    def walk(self, root: LexborNode) -> None:
        """Collect the items of all that is below `root`."""
        self._sinks = [self.items]
        ancestors: list[tuple[LexborNode, str]] = []
        node = root.first_child
        while True:
            while node is not None:
                tag = node.tag or ""
                if tag == "-text":
                    source = node.text_content or ""
                    if self._inline or self._preformatted or not source.isspace():
                        self._text(source)
                elif tag[:1] != "-":
                    role = self._enter(node, tag)
                    if role:
                        child = node.first_child if role is not _FRAME else self._frame(node)
                        if child is not None:
                            ancestors.append((node, role))
                            node = child
                            continue
                        self._leave(role)
                node = node.next
            if not ancestors:
                break
            node, role = ancestors.pop()
            if role is _INLINE:
                self._boundary = True
                self._after_link = False
            else:
                self._leave(role)
            node = node.next
        self._flush()

    def _enter(self, node: LexborNode, tag: str) -> str:
        """Note the start of an element; return its role, PASSED if it is passed over with all that is in it."""
        role = _ROLES.get(tag)
        if role is None:
            role = _INLINE if ":" in tag else _BLOCK  # with a colon: Word's own tags, <o:p>
        elif role is _PASSED:
            return role
        elif role is _BREAK:
            self._inline.append("\n")
            return _PASSED
        elif role is _PICTURE:
            self._pictures += not self._in_link and picture_marks.in_page(node.attributes)
            return _PASSED
        attributes = node.attributes
        if attributes:
            style = attributes.get("style")
            traits = traits_of(style) if style else PLAIN
            if (traits or self.hidden.names or "hidden" in attributes) and self._passes(node, attributes, traits):
                return _PASSED
            if role is _LINK:
                return self._link(attributes)
            if traits and role is _INLINE and traits & BLOCK:
                role = _BLOCK
        if role is _INLINE or role is _LINK:
            self._boundary = True
            return _INLINE
        if role is _FIELD:
            self._input(attributes)
            return _PASSED
        if self._inline or self._pictures:
            self._flush()
        else:
            self._boundary = self._after_link = False
        return self._enter_block(role, tag, attributes)

    def _passes(self, node: LexborNode, attributes: Mapping[str, str | None], traits: int) -> bool:
        """Whether an element is hidden: it is passed over, and kept in mind."""
        hides = self.hidden.hides(attributes, traits)
        if traits & SIZELESS:
            # Meant for search engines, if nothing in it sets another size.
            hides = hides or (node.html or "").count("font-size") == 1
        if not hides or node.mem_id in self.revealed:
            return False
        self.passed.append(node)
        return True

    def _link(self, attributes: Mapping[str, str | None]) -> str:
        self._boundary = True
        if "href" not in attributes:
            return _INLINE
        if self._after_link:
            self._inline.append(" ")
        if _FILE.search(attributes["href"] or "") is None:
            self._in_link = True
            self._links += 1
        return _LINK

    def _enter_block(self, role: str, tag: str, attributes: Mapping[str, str | None]) -> str:
        if role is _CELL:
            tables, sinks = self._tables, self._sinks
            if tables and tables[-1] and len(sinks) <= len(tables):
                cell = flow.SpannedCell(_span(attributes.get("rowspan")), max(1, _span(attributes.get("colspan"))), [])
                tables[-1][-1].append(cell)
                sinks.append(cell.items)
                self._cells += 1
                if self._cells > flow.MOST_CELLS:
                    raise flow.too_many_cells()
                return role
        elif role is _ROW:
            if self._tables:
                self._tables[-1].append([])
        elif role is _TABLE:
            if len(self._tables) < DEEPEST_TABLE:
                self._tables.append([])
                return role
        elif role is _HEADING:
            self._headings += 1
            return role
        elif role is _LIST:
            self._lists.append(_List(_span(attributes.get("start")), list_marker(tag, attributes)))
            return role
        elif role is _ITEM:
            if self._lists and self._lists[-1].marker is not None:
                number_format, around = self._lists[-1].marker
                self._prefix = around.format(render(self._lists[-1].number, number_format))
                self._lists[-1].number += 1
        elif role is _PRE:
            self._preformatted += 1
            return role
        elif role is _FRAME:
            return role
        return _BLOCK

    def _frame(self, node: LexborNode) -> LexborNode | None:
        """The first node of the page that a frame holds as its source; what else is in a frame is not shown."""
        source = node.attributes.get("srcdoc")
        if not source or len(self._frames) >= DEEPEST_FRAME:
            return None
        self._frames.append(self.parse(source))
        body = self._frames[-1].body
        return body.first_child if body is not None else None

    def _leave(self, role: str) -> None:
        """Note the end of an element that was entered in `role`."""
        if role is _INLINE:
            self._boundary = True
            self._after_link = False
            return
        if role is _LINK:
            self._boundary = self._after_link = True
            self._in_link = False
            return
        if self._inline or self._pictures:
            self._flush()
        else:
            self._boundary = self._after_link = False
        if role is _CELL:
            self._sinks.pop()
        elif role is _TABLE:
            self._sinks[-1].append(flow.place(self._tables.pop()))
        elif role is _LIST:
            self._lists.pop()
            self._prefix = ""
        elif role is _HEADING:
            self._headings -= 1
        elif role is _PRE:
            self._preformatted -= 1

    def _text(self, source: str) -> None:
        self._after_link = False
        if self._preformatted:
            self._inline.append(source)
            return
        if "\n" in source:
            source = _LINES.sub(_SOFT, source)
        printed = _GAPS.sub(" ", source)
        if not self._inline and printed in (" ", _SOFT, ""):
            return
        # Parts of an information line stand apart on the screen: 来源:某局<span>浏览量:5</span>.
        if self._boundary and self._inline and _LABEL.match(printed):
            self._inline.append(" ")
        self._boundary = False
        self._inline.append(printed)
        if self._in_link:
            self._linked.append(printed)

    def _input(self, attributes: Mapping[str, str | None]) -> None:
        """Some sites publish the statutory tables as a form that is filled in: a figure in a field is text."""
        value = attributes.get("value") or ""
        shown = (attributes.get("type") or "text").lower() in ("text", "number")
        if shown and len(self._sinks) > 1 and _FIGURE.match(value):
            self._inline.append(value)

    def _flush(self) -> None:
        """End the current paragraph; the pictures in it stand behind it."""
        if self._pictures:
            pictures, self._pictures = self._pictures, 0
            self._flush()
            flow.note_pictures(self._sinks[-1], pictures)
            return
        self._boundary = self._after_link = False
        inline = self._inline
        text = inline[0] if len(inline) == 1 else "".join(inline)
        inline.clear()
        if not self._links and text.isalnum() and not self._headings and not self._preformatted:
            # Most cells: a figure or a word, nothing to clean.
            self._sinks[-1].append(flow.Text(self._prefix + text))
            self._prefix = ""
            return
        links, linked = self._links, ""
        if links:
            linked = "".join(self._linked)
            self.links += links
            self.linked_sentences += "。" in linked
            self._links = 0
            self._linked.clear()
        sink = self._sinks[-1]
        if self._preformatted:
            sink.append(flow.Text(text, preformatted=True))
            return
        text = _printed(text)
        if self._headings:
            text = text.strip()
            sink.append(flow.Text(text, heading=True, links=_pure(text, links, linked)))
            return
        if "\n" not in text:
            text = text.strip()
            if text:
                sink.append(flow.Text(self._prefix + text, links=_pure(text, links, linked)))
                self._prefix = ""
            return
        lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
        each = -(-_pure(text, links, linked) // max(1, len(lines)))
        for line in lines:
            sink.append(flow.Text(self._prefix + line, links=each))
            self._prefix = ""


def _printed(text: str) -> str:
    """The text as the screen shows it: white space of the source is one space, or none within Chinese."""
    text = _SPACES.sub(" ", text)
    if _SOFT in text:
        text = _SOFT_IN_CHINESE.sub("", _SOFT_RUN.sub(_SOFT, text)).replace(_SOFT, " ")
    return clean(text)


def _pure(text: str, links: int, linked: str) -> int:
    """The number of links if a text is nothing but links, signs and dates between them; else 0."""
    if not links or not linked.strip():
        return 0
    words = len(_BETWEEN_LINKS.sub("", linked))
    beside = len(_BETWEEN_LINKS.sub("", text)) - words
    return links if beside <= min(_UNLINKED, words) else 0


def _span(value: str | None) -> int:
    """The whole number that an attribute begins with ("3%" is 3); 1 if there is none."""
    if not value:
        return 1
    match = _SPAN.match(value)
    return int(match[1]) if match else 1
