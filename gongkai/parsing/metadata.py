"""Reads what a report says of itself: title, year, period, kind, dates, publisher, and who its author may be."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from gongkai.documents.model import Block, Document, Kind
from gongkai.parsing.dates import compact_date, dates
from gongkai.parsing.metadata_model import AUTHOR_ROLES, AuthorCandidate, Metadata
from gongkai.parsing.organisations import may_be_agency, statements
from gongkai.parsing.page_info import PageField, first, page_fields
from gongkai.parsing.signature import Signature, find_signature
from gongkai.parsing.sites import repost_evidence
from gongkai.parsing.spans import Squeezed, outside, squeezed
from gongkai.parsing.titles import Title, find_title, kind_of_report, read_title, stage_of, title_elsewhere
from gongkai.parsing.years import Opening, find_opening, read_span
from gongkai.records import Evidence

_DATE_KEYS = ("pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "firstpublishedtime")
_PAGES = frozenset({"html", "mhtml"})
"""Formats whose own title is written for the page; those of Word and PDF often stem from an older file."""
_URL_KEYS = ("url", "canonical", "og:url")
_STATUTORY = (
    "总体情况", "主动公开政府信息", "政府信息公开申请情况", "行政诉讼情况", "存在的主要问题", "其他需要报告的事项",
)  # fmt: skip
_PAGE_LINE = re.compile(r"门户网站|政府网|www\.|(?:来源|作者|点击|浏览|阅读|编辑)[^。]{0,6}[:：]")
"""A line of the page, below the title, in which a bare date is the day of publication."""
_CHECKED = re.compile(r"(?:进行|开展|展开|组织)(?:了)?[^。，]{0,12}自[查评]")
_SITE_OWNER = re.compile(r"^(.{3,30}?)主办")
_SITE_WORDS = re.compile(r"(?:(?<!人民)政府)?(?:门户)?网站?$")
"""What the name of a site has behind that of its owner."""
_HEADING_BLOCKS = 12
_STAGE_LINE = 12
"""（送审稿） on a line of its own is no longer."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a document says around its reports, for all of them: its address, labelled values, the marks of a repost.

    `texts` are the document's blocks without blanks.
    """

    texts: tuple[Squeezed, ...]
    url: str | None
    url_evidence: Evidence | None
    repost: Evidence | None
    fields: tuple[PageField, ...]

    def within(self, blocks: Sequence[Block]) -> tuple[Squeezed, ...]:
        """The texts of some of its blocks, which stand together."""
        if not blocks:
            return ()
        first, last = blocks[0].index, blocks[-1].index
        start = bisect_left(self.texts, first, key=_index)
        return self.texts[start : bisect_right(self.texts, last, key=_index)]


def _index(text: Squeezed) -> int:
    return text.block.index


def read_page(
    document: Document, around: Sequence[Block] | None = None, texts: Sequence[Squeezed] | None = None
) -> Page:
    """Read what concerns all reports of a document. `around`: the blocks outside them, where it holds several; `texts`:
    its blocks without blanks, where they are known already."""
    url, url_evidence = _url(document)
    own = tuple(squeezed(document.blocks) if texts is None else texts)
    repost = repost_evidence(own, url)
    fields = page_fields(document.blocks if around is None else around)
    return Page(own, url, url_evidence, repost, tuple(fields))


def read_metadata(document: Document, blocks: Sequence[Block], page: Page | None = None) -> Metadata:
    """Read the metadata of one report: `blocks` are the report's own within `document`, in reading order, `page` is
    what the document says around its reports.

    A value of the page (publisher, date of publication) counts where the report has none of its own. Never raises; what
    is not said is null.
    """
    page = page or read_page(document)
    texts = page.within(blocks)
    alone = len(blocks) == len(document.blocks)
    repost, fields = page.repost, page.fields if alone else _own_and_common(blocks, page.fields)
    title = find_title(texts, document.metadata.get("title")) or _title_of_page(document, blocks, fields)
    opening = find_opening(texts)
    kind, kind_evidence = _kind(title, opening, texts)
    title_index = texts.index(title.line) if title and title.line in texts else None
    signed = find_signature(texts, title_index)
    published_on, published_evidence = _published(fields, document, texts, title_index) if not repost else (None, None)
    if not alone and published_on is not None and _before(published_on, title, signed):
        # The page came out with an earlier report, and this one was put below it later.
        published_on, published_evidence = None, None
    span = read_span(
        texts,
        title,
        opening,
        kind,
        secondary=repost is not None,
        signed_on=signed.date if signed else None,
        published_on=published_on,
        published_evidence=published_evidence,
        alone=alone,
    )
    if kind == "annual_report" and span.period != "year":
        # Annual reports cover years; a half year's "report" is a summary.
        kind = "summary"
    publisher = _publisher(fields) if not repost else None
    stage, stage_evidence = _stage(texts, title, document, published_on, page.url, repost is not None)
    sources: dict[str, Evidence | None] = {
        "title": title.line.evidence(0, len(title.line.text)) if title else None,
        "kind": kind_evidence,
        "published_on": published_evidence,
        "signed_on": signed.evidence if signed else None,
        "publisher": publisher.evidence if publisher else None,
        "secondary_source": repost,
        "url": page.url_evidence,
        "stage": stage_evidence,
        **span.sources,
    }
    return Metadata(
        title=title.text if title else None,
        year=span.year,
        period=span.period,
        kind=kind,
        stage=stage,
        published_on=published_on,
        signed_on=signed.date if signed else None,
        url=page.url,
        publisher=_joined(publisher.value) if publisher else None,
        secondary_source=repost is not None,
        authors=_authors(document, texts, title, signed, fields, repost is not None),
        sources={field: evidence for field, evidence in sources.items() if evidence is not None},
        doubts=span.doubts,
    )


def _before(day: date, title: Title | None, signed: Signature | None) -> bool:
    """Whether a report cannot have been published on this day yet: it is signed later, or on a later year."""
    if signed is not None:
        return day < signed.date
    return title is not None and title.parts.year is not None and day.year < title.parts.year


def _own_and_common(blocks: Sequence[Block], common: Sequence[PageField]) -> tuple[PageField, ...]:
    """The labelled values among a report's own blocks, and of the others those that it has none of its own for."""
    own = page_fields(blocks)
    given = {one.field for one in own}
    return (*own, *(one for one in common if one.field not in given))


def _title_of_page(document: Document, blocks: Sequence[Block], fields: Sequence[PageField]) -> Title | None:
    """The title in the page's own table (名称), else in its <title>."""
    own = {block.index for block in blocks}
    for one in fields:
        index = one.evidence.block
        if one.field == "title" and index in own and index is not None:
            found = title_elsewhere(Squeezed(document.blocks[index], one.evidence.start or 0, one.evidence.end))
            if found:
                return found
    if document.format in _PAGES and blocks and blocks[0].index == 0:
        return title_elsewhere(outside(document.metadata.get("title", "")))
    return None


def _joined(text: str) -> str:
    return "".join(text.split())


def _url(document: Document) -> tuple[str | None, Evidence | None]:
    for key in _URL_KEYS:
        url = document.metadata.get(key, "").strip()
        if url.startswith(("http://", "https://")):
            return url, Evidence(quote=url, url=url)
    return None, None


def _kind(title: Title | None, opening: Opening | None, texts: Sequence[Squeezed]) -> tuple[str, Evidence | None]:
    """The kind by title, opening sentence, then the statutory sections, which only annual reports have."""
    sections = [one for one in texts if len(one.text) <= 40 and any(words in one.text for words in _STATUTORY)]
    statutory = len({words for words in _STATUTORY for one in sections if words in one.text}) >= 4
    if title and title.parts.kind and not (statutory and title.parts.kind == "summary"):
        return title.parts.kind, title.line.evidence(0, len(title.line.text))
    if statutory:
        return "annual_report", sections[0].evidence(0, len(sections[0].text))
    if opening and _CHECKED.search(opening.line.text, 0, opening.end):
        return "self_check", opening.evidence
    if opening and (kind := kind_of_report(opening.text)):
        return kind, opening.evidence
    return "annual_report", None


def _published(
    fields: Sequence[PageField], document: Document, texts: Sequence[Squeezed], title_index: int | None
) -> tuple[date | None, Evidence | None]:
    """The day of publication: 发布日期 of the page, its own metadata, 成文日期, then a bare time below the title."""
    found = _first_date(fields, "published")
    if found:
        return found
    for key in _DATE_KEYS:
        value = document.metadata.get(key, "").strip()
        day = next((one.date for one in dates("".join(value.split()))), None) or compact_date(re.sub(r"\D", "", value))
        if day:
            return day, Evidence(quote=value)
    for field in ("day", "dated"):
        found = _first_date(fields, field)
        if found:
            return found
    if title_index is not None:
        for one in texts[title_index : title_index + 4]:
            mentions = list(dates(one.text)) if len(one.text) <= 70 else []
            if len(mentions) == 1 and not mentions[0].written:
                mention = mentions[0]
                if mention.clock or len(one.text) <= 12 or _PAGE_LINE.search(one.text):
                    return mention.date, one.evidence(mention.start, mention.end)
    return None, None


def _first_date(fields: Sequence[PageField], field: str) -> tuple[date, Evidence] | None:
    remaining = list(fields)
    while one := first(remaining, field):
        text = _joined(one.value)
        day = next((mention.date for mention in dates(text)), None) or compact_date(text)
        if day:
            return day, one.evidence
        remaining.remove(one)
    return None


def _publisher(fields: Sequence[PageField]) -> PageField | None:
    for field in ("publisher", "source"):
        remaining = [one for one in fields if may_be_agency(_joined(one.value))]
        if one := first(remaining, field):
            return one
    return None


def _stage(
    texts: Sequence[Squeezed],
    title: Title | None,
    document: Document,
    published_on: date | None,
    url: str | None,
    secondary: bool,
) -> tuple[str | None, Evidence | None]:
    """The stage by the words of the title, of the line below it or of the file's name; what a government's page shows
    is published."""
    if title and title.parts.stage:
        return title.parts.stage, title.line.evidence(0, len(title.line.text))
    if title and title.line in texts:
        index = texts.index(title.line)
        for one in texts[max(0, index - 1) : index + 3]:
            if one is not title.line and len(one.text) <= _STAGE_LINE and (stage := stage_of(one.text)):
                return stage, one.evidence(0, len(one.text))
    stem = PurePath(document.name).stem
    if stage := stage_of(stem):
        return stage, Evidence(quote=stem)
    if not secondary and (published_on is not None or url is not None):
        return "published", None
    return None, None


def _authors(
    document: Document,
    texts: Sequence[Squeezed],
    title: Title | None,
    signed: Signature | None,
    fields: Sequence[PageField],
    secondary: bool,
) -> tuple[AuthorCandidate, ...]:
    """Everybody who may be the author, the most trusted first, each name once per role."""
    found: list[AuthorCandidate] = []
    if title and title.parts.author:
        line = title.author_line if title.parts.author in title.author_line.text else title.line
        found.append(AuthorCandidate(title.parts.author, "title", line.evidence_for(title.parts.author)))
    if signed and signed.agency:
        found.append(signed.agency)
    found.extend(statements(_body_start(texts, title)))
    if not secondary:
        found.extend(_from_page(document, texts, title, fields))
    for words in (document.metadata.get("title", ""), PurePath(document.name).stem):
        name = read_title(_joined(words)).author
        if name:
            found.append(AuthorCandidate(name, "file", Evidence(quote=words)))
    rank = {role: number for number, role in enumerate(AUTHOR_ROLES)}
    found.sort(key=lambda one: rank[one.role])
    unique = {(one.role, one.name): one for one in reversed(found)}
    return tuple(one for one in found if unique[one.role, one.name] is one)


def _body_start(texts: Sequence[Squeezed], title: Title | None) -> Sequence[Squeezed]:
    """The first sentences behind the title, and the last section: where reports name their authors."""
    start = texts.index(title.line) + 1 if title and title.line in texts else 0
    body = [one for one in texts[start:] if one.block.kind is not Kind.TABLE and len(one.text) >= 12]
    return body if len(body) <= 14 else [*body[:8], *body[-6:]]


def _from_page(
    document: Document, texts: Sequence[Squeezed], title: Title | None, fields: Sequence[PageField]
) -> list[AuthorCandidate]:
    found: list[AuthorCandidate] = []
    for field in ("publisher", "source", "site"):
        for one in fields:
            name = _joined(one.value)
            if one.field == field and may_be_agency(name):
                found.append(AuthorCandidate(name, field, one.evidence))
            elif one.field == field and may_be_agency(owner := _SITE_WORDS.sub("", name)):
                # 来源：将乐县人民政府门户网站 tells where the page stands, not who wrote.
                found.append(AuthorCandidate(owner, "site", one.evidence))
    for position, text in enumerate(texts):
        if len(text.text) > 400:
            continue
        heads = position < _HEADING_BLOCKS and len(text.text) <= 30 and not (title and text is title.line)
        if heads and text.block.kind is not Kind.TABLE and may_be_agency(text.text):
            found.append(AuthorCandidate(text.text, "heading", text.evidence(0, len(text.text))))
        match = _SITE_OWNER.search(text.text)
        if match and may_be_agency(match[1]):
            found.append(AuthorCandidate(match[1], "site", text.evidence(match.start(1), match.end(1))))
    for key in ("contentsource", "sitename", "author"):
        words = document.metadata.get(key, "")
        name = _SITE_WORDS.sub("", _joined(words))
        for known in (_joined(words), name):
            if may_be_agency(known):
                role = "source" if key == "contentsource" else "site"
                found.append(AuthorCandidate(known, role, Evidence(quote=words)))
                break
    return found
