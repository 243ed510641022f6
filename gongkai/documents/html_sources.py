"""Articles that a page keeps where only its scripts look: templates, form fields, data and strings of scripts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

LARGEST_SCRIPT = 4_000_000
"""Characters of a script that are looked through."""

SHORTEST = 200
"""Characters of the shortest string that may be an article."""

MOST_SOURCES = 200
DEEPEST = 3
"""Strings within strings: data that a script holds as the text of its own source."""

_TEMPLATE_TYPE = re.compile(r"template|html|text/plain|text/x-", re.IGNORECASE)
_TEMPLATE = re.compile(r"<template\b[^>]*>(.*?)</template\s*>", re.IGNORECASE | re.DOTALL)
_STRING = re.compile(
    r""""((?:[^"\\\n]|\\.)*+)"?|'((?:[^'\\\n]|\\.)*+)'?|`((?:[^`\\]|\\.)*+)`?""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "\n", "v": "\n", "0": "", "\n": ""}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_CHINESE = 50


def sources(tree: LexborHTMLParser, page: str) -> Iterator[str]:
    """Give texts and sources of markup that may be the page's article, in the order of their kinds."""
    for node in tree.css("textarea, noscript"):
        yield node.inner_html or "" if node.tag == "noscript" else node.text()
    yield from _TEMPLATE.findall(page)
    count = 0
    for node in tree.css("script"):
        script = node.text()
        if len(script) < SHORTEST or len(script) > LARGEST_SCRIPT:
            continue
        if _TEMPLATE_TYPE.search(node.attributes.get("type") or ""):
            yield script
            continue
        for found in strings(script):
            yield found
            count += 1
            if count == MOST_SOURCES:
                return


def strings(script: str, depth: int = 0) -> Iterator[str]:
    """Give the long Chinese strings of a script or of JSON, with their escapes resolved."""
    for match in _STRING.finditer(script):
        raw = match[match.lastindex or 0]
        if len(raw) < SHORTEST:
            continue
        text = _ESCAPE.sub(_unescaped, raw)
        if "%u" in text[:SHORTEST] or "%3C" in text[:SHORTEST].upper():
            text = unquote(re.sub(r"%u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text))
        if text.lstrip()[:1] in ("{", "[") and depth < DEEPEST:
            yield from strings(text, depth + 1)
        if "&lt;" in text and "<" not in text:
            text = html.unescape(text)
        if len(_CHINESE.findall(text)) >= _FEWEST_CHINESE:
            yield text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _PLAIN_ESCAPES.get(code, code)
