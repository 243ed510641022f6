"""Whether a document comes from a document-sharing or repost site instead of a government's."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from gongkai.catalogue.sites import ENOUGH, secondary_sources
from gongkai.parsing.spans import Squeezed
from gongkai.records import Evidence

_LONGEST = 400
"""Phrases count in the page's own words, not in paragraphs of a report."""


def host_of(url: str | None) -> str | None:
    """The host name of an address in lower case; null if there is none."""
    if not url:
        return None
    try:
        return urlsplit(url if "//" in url else "//" + url).hostname
    except ValueError:
        return None


def repost_evidence(texts: Sequence[Squeezed], url: str | None) -> Evidence | None:
    """What shows that the page is a repost; null for a government's page or a file without such marks."""
    host = host_of(url)
    if host and (host.endswith(".gov.cn") or host == "gov.cn"):
        return None
    marks = secondary_sources()
    if host and any(part in host for part in marks.hosts):
        return Evidence(quote=host, url=url)
    short = [one for one in texts if len(one.text) <= _LONGEST]
    words = "\n".join(one.text for one in short)
    weight, found = 0, None
    for phrase, own in marks.phrases:
        if phrase not in words:
            continue
        weight += own
        found = found or next(one.evidence_for(phrase) for one in short if phrase in one.text)
        if weight >= ENOUGH:
            return found
    return None
