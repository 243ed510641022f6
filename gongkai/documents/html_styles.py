"""What a page hides: by attributes, by styles at the element, and by plain rules of its own style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

LARGEST_SHEET = 2_000_000
"""Characters of style sheets that are looked through."""

MOST_RULES = 20_000

LONGEST_KNOWN = 500
"""What longer styles say is not remembered."""

_HIDING = r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
_HIDDEN = re.compile(
    rf"{_HIDING}|mso-hide\s*:\s*all|mso-element\s*:\s*comment"
    # Out of sight: beyond the screen's edge, or in a box without height.
    r"|(?:^|[;\s])(?:left|top|text-indent|margin-left)\s*:\s*-\d{4,}px"
    r"|(?:^|[;\s])(?:max-)?height\s*:\s*0(?:px)?\s*;(?:[^;]*;){0,20}?\s*overflow(?:-y)?\s*:\s*hidden",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:\.0+)?\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE)
_BLOCK = re.compile(r"display\s*:\s*block", re.IGNORECASE)
_SHOWN = re.compile(r"(?:^|[;{\s])(?:display\s*:\s*(?!none)|visibility\s*:\s*visible)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SCOPE_END = re.compile(r"[{};]")
_SIMPLE = re.compile(r"[a-z0-9]*([.#][\w\-]+)$", re.IGNORECASE)
_NAMES = re.compile(r"[.#][\w\-]+")


PLAIN, HIDDEN, SIZELESS, BLOCK = 0, 1, 2, 4
"""Traits of the style at an element, to be added up: hidden, of no size, shown as a block of its own."""


def traits_of(style: str) -> int:
    """Return the traits of a style: the thousands of styles of a page that a word processor wrote are few different."""
    return _traits(style) if len(style) > LONGEST_KNOWN else _known_traits(style)


def _traits(style: str) -> int:
    found = PLAIN
    if _HIDDEN.search(style):
        found |= HIDDEN
    if _NO_SIZE.search(style):
        found |= SIZELESS
    if _BLOCK.search(style):
        found |= BLOCK
    return found


_known_traits = lru_cache(maxsize=2048)(_traits)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Tells hidden elements; `names` are the classes (".a") and ids ("#a") that the page's style sheets hide."""

    names: frozenset[str] = frozenset()

    def hides(self, attributes: Mapping[str, str | None], traits: int) -> bool:
        """Whether an element with these attributes, and a style of these traits, is hidden with all that is in it."""
        if traits & HIDDEN or "hidden" in attributes:
            return True
        return bool(self.names) and self._by_name(attributes, attributes.get("style") or "")

    def _by_name(self, attributes: Mapping[str, str | None], style: str) -> bool:
        names = [f".{name}" for name in (attributes.get("class") or "").split()]
        if identifier := attributes.get("id"):
            names.append(f"#{identifier}")
        return any(name in self.names for name in names) and not _SHOWN.search(style)


def hidden_names(sheets: str) -> frozenset[str]:
    """Return the classes and ids that the style sheets hide by a rule of their own, for every screen.

    Rules for some media only, and names that another rule shows again (tabs, menus), do not count.
    """
    if not re.search(_HIDING, sheets[:LARGEST_SHEET], re.IGNORECASE):
        return frozenset()
    hidden: set[str] = set()
    shown: set[str] = set()
    plain = "".join(_outside_scopes(_COMMENT.sub("", sheets[:LARGEST_SHEET])))
    for rule in islice(plain.split("}"), MOST_RULES):
        selectors, _, body = rule.partition("{")
        hides = _HIDDEN.search(body) is not None
        if not hides and not _SHOWN.search(body):
            continue
        for selector in selectors.split(","):
            simple = _SIMPLE.match(selector.strip())
            if not hides:
                shown.update(_NAMES.findall(selector))
            elif simple:
                hidden.add(simple[1])
    return frozenset(hidden - shown)


def _outside_scopes(sheets: str) -> Iterator[str]:
    """The parts of style sheets that stand outside @media and the like."""
    start = at = 0
    while (at := sheets.find("@", at)) >= 0:
        end = _SCOPE_END.search(sheets, at)
        if end is None:
            break
        if end[0] != "{":
            at = end.end()
            continue
        yield sheets[start:at]
        depth, at = 1, end.end()
        while depth:
            brace = _BRACE.search(sheets, at)
            if brace is None:
                return
            depth += 1 if brace[0] == "{" else -1
            at = brace.end()
        start = at
    yield sheets[start:]
