"""Takes a page's lists of links away: menus, related reports of other years, news beside the article.

They are no part of the report, and a report of another year among them must not be taken for it. What a list is, its
links tell: several texts one after another that are nothing but links. Sentences are never taken away, nor is the line
that says where on the site the page stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from gongkai.documents.flow import Grid, Item, Text

FEWEST_LINKS = 3
"""Fewer links one after another are no list; the attachments of a report are not counted as links."""

FEWEST_IN_CELL = 4
"""In a cell of a table the same, where a field of a page's information may have two or three links."""

LONGEST_ENTRY = 80
"""A longer text is a paragraph."""

LONGEST_TITLE = 12
"""A heading of a list of links has at most this many characters."""

_PLACE = re.compile(r"位置|[>»›＞→].*[>»›＞→]|首页\s*[>»›＞/]")
_NEIGHBOUR = re.compile(r"[\[【]?\s*(?:上|下|前|后)\s*一\s*(?:篇|条|页|则|章)")
_LIST_TITLE = re.compile(
    r"相关|热点|热门|推荐|更多|最新|专题|专栏|链接|导航|栏目|阅读|排行|延伸|往[年期]|历[年史]|MORE", re.I
)


def without_link_lists(items: list[Item]) -> list[Item]:
    """Return the items of a page without its lists of links."""
    return _pruned(items, FEWEST_LINKS)


def _texts(items: Iterable[Item]) -> Iterator[Text]:
    """The texts of items in order, one at a time: most tables are known to be no menu by their second one."""
    for item in items:
        if isinstance(item, Text):
            yield item
        else:
            for cell in item.cells:
                yield from _texts(cell.items)


def _pruned(items: list[Item], fewest: int) -> list[Item]:
    kept: list[Item] = []
    run: list[Text] = []
    for item in items:
        if isinstance(item, Text):
            if _is_entry(item):
                run.append(item)
                continue
            _close(run, kept, fewest)
            kept.append(item)
            continue
        _close(run, kept, fewest)
        if not _is_menu(item):
            for cell in item.cells:
                if len(cell.items) > 1 or any(isinstance(inner, Grid) or inner.links for inner in cell.items):
                    cell.items = _pruned(cell.items, FEWEST_IN_CELL)
            kept.append(item)
            continue
        if kept and _is_list_title(kept[-1]):
            kept.pop()
        # The name of the site may head its menu.
        kept.extend(
            text
            for text in islice(_texts([item]), 1)
            if not text.links and _has_words(text) and not _is_list_title(text)
        )
    _close(run, kept, fewest)
    return kept


def _close(run: list[Text], kept: list[Item], fewest: int) -> None:
    """End a run of entries: with enough links it goes, with the heading above it."""
    if sum(item.links for item in run) < fewest:
        kept.extend(item for item in run if not _NEIGHBOUR.match(item.text))
    elif kept and _is_list_title(kept[-1]):
        kept.pop()
    run.clear()


def _is_entry(item: Text) -> bool:
    return (
        item.links > 0
        and (len(item.text) <= LONGEST_ENTRY or item.links >= FEWEST_LINKS)
        and not _is_sentence(item.text)
        and not _PLACE.search(item.text)
    )


def _is_sentence(text: str) -> bool:
    return "。" in text


def _is_list_title(item: Item) -> bool:
    return isinstance(item, Text) and len(item.text) <= LONGEST_TITLE and _LIST_TITLE.search(item.text) is not None


def _has_words(text: Text) -> bool:
    """Whether a text is more than signs and a date."""
    return any(character.isalnum() for character in text.text.strip("0123456789-/.[]()年月日"))


def _is_menu(grid: Grid) -> bool:
    """Whether all texts of a table but its heading are links (a menu of old pages), some dates beside them perhaps."""
    links = 0
    for number, text in enumerate(_texts([grid])):
        words = _has_words(text)
        heading = _is_list_title(text) or (number == 0 and len(text.text) <= LONGEST_TITLE)
        if not text.links and words and not heading:
            return False
        if text.links and not _is_entry(text):
            return False
        links += text.links
    return links >= FEWEST_LINKS
