"""Completes a name that lacks its place, or is a short form, from the other places where the same body stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.agencies.naming import Description, clean, describe, read_place, same_organ
from gongkai.agencies.paths import PathSays
from gongkai.agencies.signs import Named, Sign
from gongkai.catalogue.divisions import Division, find, mentions, prefix
from gongkai.documents.model import Document
from gongkai.parsing.metadata_model import AuthorCandidate
from gongkai.parsing.spans import squeezed


def whole_of(lead: AuthorCandidate, authors: Sequence[AuthorCandidate]) -> AuthorCandidate | None:
    """The name in full of which the leading one has lost its first characters, in the middle of a place's name:
    景禾市望月台镇 for 禾市望月台镇, as the edge of a page or a line printed over it leaves it."""
    name = clean(lead.name)
    if prefix(name)[1]:
        return None
    for one in authors[1:]:
        other = clean(one.name)
        lost = len(other) - len(name)
        inside = 0 < lost < read_place(other)[0] and other[lost - 1] not in _PLACE_ENDS
        if inside and lost <= _MOST_LOST and other.endswith(name):
            return one
    return None


_MOST_LOST = 3
_PLACE_ENDS = "省市县区旗州盟"


def partner_of(lead: AuthorCandidate, seen: Description, authors: Sequence[AuthorCandidate]) -> AuthorCandidate | None:
    """Another place where the same body stands with its place, if the leading name lacks it or is a short form."""
    if seen.placed and not _short(lead, seen):
        return None
    for one in authors[1:]:
        other = describe(one.name)
        listed = all(place.code for place in other.places)
        if not other.placed or one.role == "file" or (one.role == "heading" and not listed):
            continue
        if seen.township != other.township:
            # The county that publishes a township's report is not the township.
            continue
        if same_organ(seen, other) and _fits(seen, other):
            return one
    return None


def _short(lead: AuthorCandidate, seen: Description) -> bool:
    """Whether the organ's name was expanded from a short form (教体局)."""
    return bool(seen.organ) and not _BRACKETS.sub("", clean(lead.name)).endswith(seen.organ)


def named_in_text(lead: AuthorCandidate, seen: Description, document: Document) -> AuthorCandidate | None:
    """The body in full in the report's sentences: 宿州市人民防空办公室 for 市人防办."""
    if not seen.placed and seen.township:
        return _township_in_text(lead, seen.township, document)
    if (seen.placed and not _short(lead, seen)) or not seen.organ or seen.kind in ("government", "office"):
        return None
    for one in squeezed(document.blocks):
        for mention in mentions(one.text):
            match = _ORGAN.match(one.text, mention.end)
            if match is None:
                continue
            name = one.text[mention.start : match.end()]
            other = describe(name)
            longer = len(other.organ) >= len(seen.organ) or not seen.placed
            if longer and clean(name) != clean(lead.name) and same_organ(seen, other) and _fits(seen, other):
                return AuthorCandidate(name, "text", one.evidence(mention.start, match.end()))
    return None


def _township_in_text(lead: AuthorCandidate, township: str, document: Document) -> AuthorCandidate | None:
    """A township with its county in front, as addresses have it: 邹城市唐村镇."""
    for one in squeezed(document.blocks):
        for mention in mentions(one.text):
            if one.text.startswith(township, mention.end):
                rest = clean(lead.name).partition(township)[2]
                place = one.text[mention.start : mention.end]
                where = one.evidence(mention.start, mention.end + len(township))
                return AuthorCandidate(place + township + rest, "text", where)
    return None


_ORGAN = re.compile(r"[\u4e00-\u9fff]{1,18}?(?:局|委员会|办公室|厅|中心|委|办)(?!公室)")
_BRACKETS = re.compile(r"（[^（）]*）")
_RELATIVE_ENDS = {
    "省": ("省", "自治区", "市"),
    "市": ("市",),
    "区": ("区",),
    "县": ("县",),
    "州": ("州",),
    "盟": ("盟",),
    "旗": ("旗",),
    **{word: (word,) for word in ("自治区", "自治州", "自治县", "自治旗")},
}
"""The names that 省 in 省民政厅 may stand for, by their ends."""


def _fits(seen: Description, other: Description) -> bool:
    """Whether 市人防办 can be the body of 宿州市, and 滑县教体局 that of 滑县."""
    if seen.placed:
        return any(one in other.places for one in seen.places)
    if seen.relative in _RELATIVE_ENDS:
        return any(one.name.endswith(_RELATIVE_ENDS[seen.relative]) for one in other.places)
    return True


def place_for(
    seen: Description, authors: Sequence[AuthorCandidate], signs: Sequence[Sign], named: Named, path: PathSays
) -> tuple[str, bool] | None:
    """The place of a body that does not name it (市司法局, 民政局), by who else is named, by the site, by the address
    and by the file's path; and whether the word in front of the body (市) confirms it."""
    for one in authors[1:]:
        other = describe(one.name)
        guessed = one.role == "heading" and not all(place.code for place in other.places)
        if one.role in ("file", "contact") or not other.places or guessed:
            continue
        if (seen.relative is None or _fits(seen, other)) and len(other.places) == 1:
            if seen.township and other.level not in ("county", "township"):
                continue
            end, _ = read_place(clean(one.name))
            return clean(one.name)[:end], seen.relative is not None or seen.township is not None
    for sign in signs:
        division = sign.division
        if division and seen.relative in _RELATIVE_ENDS and division.name.endswith(_RELATIVE_ENDS[seen.relative]):
            return division.name, True
        if division and seen.relative is None and (seen.township is None or division.level == "county"):
            return division.name, seen.township is not None
    if (own := _of_address(seen, named.address)) is not None:
        return own, True
    if (filed := place_by_path(seen, path)) is not None:
        return filed[0], filed[1] and not _gainsaid(filed[0], seen, named)
    counties = [one for one in named.counts if one.level == "county"]
    if seen.township and len(counties) == 1:
        return counties[0].name, counties[0].name in named.governed
    ends = _RELATIVE_ENDS.get(seen.relative or "", ())
    ranked = sorted(((count, one.name) for one, count in named.counts.items() if one.name.endswith(ends)), reverse=True)
    if ranked and (len(ranked) == 1 or ranked[0][0] > ranked[1][0]):
        return ranked[0][1], len(ranked) == 1 and seen.relative in _OWN_ONLY and ranked[0][1] in named.governed
    return None


def place_by_path(seen: Description, path: PathSays) -> tuple[str, bool] | None:
    """The place that a file's path gives a body that does not name it: by its name in full in the path (市人防办 in a
    folder 宿州市人防办), else by the deepest folder of a place that 市 may stand for; and whether the report's own name
    agrees."""
    for body in path.bodies:
        other = describe(body)
        if other.places and seen.township == other.township and same_organ(seen, other) and _fits(seen, other):
            return clean(body)[: read_place(clean(body))[0]], True
    if seen.township:
        # 雁塘市/凤汀市/…, of no list: the second is a county's city.
        above = [None, *path.places]
        fitting = [
            one
            for one, wider in zip(path.places, above, strict=False)
            if one.level == "county" or (not one.code and wider is not None and wider.level == one.level)
        ]
    elif seen.relative in _RELATIVE_ENDS:
        fitting = [one for one in path.places if one.name.endswith(_RELATIVE_ENDS[seen.relative])]
    else:
        fitting = list(path.places)
    if not fitting:
        return None
    return in_full(fitting[-1]), seen.relative is not None or seen.township is not None


def in_full(place: Division) -> str:
    """The name of a place, with its city or province in front where others bear the same."""
    if len(find(place.name, short=False)) < 2:
        return place.name
    return (place.city or place.province) + place.name


def _gainsaid(own: str, seen: Description, named: Named) -> bool:
    """Whether the text names the government of another place that the name may stand for, and never this one's."""
    ends = _RELATIVE_ENDS.get(seen.relative or "", ("县", "区", "市", "旗"))
    others = {one for one in named.governed if one.endswith(ends)}
    return bool(others) and not any(own.endswith(one) for one in others)


def _of_address(seen: Description, address: Sequence[Division]) -> str | None:
    """The place that 市 or 县 in a name, or a township, belongs to by the body's address: 六盘水市 for 市应急局 in
    六盘水市钟山区. Null where two of them may be meant (焦作市沁阳市) or none."""
    if not address:
        return None
    if seen.township:
        return address[-1].name if address[-1].level == "county" else None
    if seen.relative == "省":
        return address[-1].province or None
    fitting = [one.name for one in address if one.name.endswith(_RELATIVE_ENDS.get(seen.relative or "", ()))]
    return fitting[0] if len(fitting) == 1 else None


_OWN_ONLY = frozenset({"省", "自治区", "州", "盟", "县", "区", "旗", "自治州", "自治县", "自治旗"})
"""The words that stand for one's own place alone, where its government is named: above a 县 there is no other. The 市
above a county's city is a 市 as well."""
