"""Whose report it is: the author's full name from title, text, signature, publisher and site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.agencies.completion import named_in_text, partner_of, place_for, whole_of
from gongkai.agencies.naming import Description, clean, describe, names_several, read_place
from gongkai.agencies.paths import PathSays, read_path
from gongkai.agencies.selves import fitting, self_word
from gongkai.agencies.signs import Named, Sign, named_places, site_signs
from gongkai.catalogue.agency_kinds import expand
from gongkai.catalogue.divisions import Division
from gongkai.documents.model import Block, Document
from gongkai.parsing.metadata_model import AuthorCandidate, Metadata
from gongkai.records import CONFIDENT, Doubt, Evidence

# How far a name is trusted by where it stands, if it names its place.
_TRUST = {
    "title": 0.97,
    "announced": 0.95,
    "signature": 0.93,
    "compiled_by": 0.9,
    "publisher": 0.86,
    "heading": 0.82,
    "subject": 0.82,
    "contact": 0.8,
    "text": 0.8,
    "source": 0.8,
    "file": 0.7,
    "site": 0.6,
    "path": 0.6,
}
_FOUND_IN_FULL = 0.95
_PLACE_ADDED = 0.85
_PLACE_GUESSED = 0.7
_WHOLE = re.compile(r"我[省市区县州盟旗镇乡]|全[省市区县州盟旗镇乡]|各乡镇|各镇街|县直各|市直各|区直各")
_WHOLE_OFTEN = 2
# The body that runs disclosure for a government: 南平市人民政府信息公开工作领导小组办公室.
_LEADING_GROUP = re.compile(r"(?:政府信息|政务|信息)公开(?:工作)?(?:领导小组)?(?:办公室|办)$")
_GOVERNMENT_OF = re.compile(
    r"(人民政府|政府|行政公署|行署|(?<=[市县区州盟旗]))"
    r"(?:办公厅|办公室|办|(?:政府信息|政务|信息)公开(?:工作)?(?:领导小组)?(?:办公室|办))$"
)
_OWN = re.compile(
    r"我办|本办|我办公室|我室|[市县区州旗]政府办(?:公室|公厅)?(?:认真|积极|严格|坚持|高度|共|全年|主动公开|未)"
)


@dataclass(frozen=True, slots=True)
class Author:
    """The author of a report. Null is "cannot be known". Then, and below `CONFIDENT`, a doubt `agency_uncertain`
    says why.

    `agency` is the name in full, `as_printed` the words it was known by. level, kind and scope are those of
    `naming.describe`. `evidence` is where the name stands, `province_evidence` what told the province where the name
    does not.
    """

    agency: str | None = None
    as_printed: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    level: str | None = None
    kind: str | None = None
    scope: str | None = None
    confidence: float = 0.0
    doubts: tuple[Doubt, ...] = ()
    evidence: Evidence | None = None
    province_evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Choice:
    name: str
    candidate: AuthorCandidate
    printed: str
    confidence: float
    problem: str | None = None


def resolve(metadata: Metadata, document: Document, blocks: Sequence[Block] | None = None) -> Author:
    """Find the author among the names that `read_metadata` collected. Never raises and never guesses silently.

    `blocks` are the report's own where the document holds several.

    The title decides: X人民政府 in it is the author even if its office compiled the report; a short or unplaced name is
    completed from the other places where the same body stands; the publisher of the page counts only where the report
    itself names nobody.
    """
    signs = site_signs(document, metadata)
    if blocks is not None:
        document = replace(document, blocks=tuple(blocks))
    named = named_places(document)
    path = read_path(document.name)
    choice = _choose(metadata, document, signs, named, path)
    if choice is None:
        return _unknown(metadata, signs, "none_named", None)
    if choice.confidence == 0.0:
        return _unknown(metadata, signs, choice.problem or f"no_place: {choice.name}", choice)
    places = describe(choice.name).places
    national = describe(choice.name).level == "national"
    province, province_evidence = (None, None) if national else _province(choice.name, places, named, signs, path)
    description = describe(choice.name, province)
    description = _narrowed(description, named, path)
    name = _complete(choice.name, description, document)
    confidence, problem = choice.confidence, choice.problem
    if len(description.places) > 1 and description.province is None:
        confidence = min(confidence, _PLACE_GUESSED)
        problem = "several_places: " + "、".join(one.full_name for one in description.places)
    if (own := self_word(choice.candidate, name, document)) is not None:
        confidence = min(confidence, _PLACE_GUESSED)
        problem = f"other_self: {own}"
    if rival := _rival(choice, metadata.authors):
        confidence = min(confidence, _PLACE_GUESSED)
        problem = f"other_signature: {rival.name}"
    doubts: tuple[Doubt, ...] = ()
    if choice.candidate.role == "path":
        # Only where the file is kept names somebody, and that is no part of the report.
        confidence, problem = min(confidence, _TRUST["path"]), None
    if confidence < CONFIDENT:
        doubts = (Doubt("agency_uncertain", problem or _weak(choice.candidate), evidence=(choice.candidate.evidence,)),)
    return Author(
        agency=name,
        as_printed=choice.printed,
        province=description.province or province,
        city=description.city,
        county=description.county,
        level=description.level,
        kind=description.kind,
        scope=description.scope,
        confidence=confidence,
        doubts=doubts,
        evidence=choice.candidate.evidence,
        province_evidence=province_evidence,
    )


def _weak(candidate: AuthorCandidate) -> str:
    if candidate.role == "path":
        return f"from_path: {candidate.name}"
    return f"weak_place: {candidate.name}"


def _unknown(metadata: Metadata, signs: Sequence[Sign], detail: str, choice: _Choice | None) -> Author:
    """No agency; the site's province stays."""
    evidence = (choice.candidate.evidence,) if choice else ()
    provinces = {sign.province for sign in signs}
    known = signs[0] if len(provinces) == 1 else None
    return Author(
        as_printed=choice.printed if choice else None,
        province=known.province if known else None,
        doubts=(Doubt("agency_uncertain", detail, evidence=evidence),),
        province_evidence=known.evidence if known else None,
    )


def _choose(
    metadata: Metadata, document: Document, signs: Sequence[Sign], named: Named, path: PathSays
) -> _Choice | None:
    """The name to go by, with its place."""
    authors = fitting(metadata.authors or _from_path(document, path), document)
    if not authors:
        return None
    lead = authors[0]
    if names_several(lead.name):
        return _Choice(lead.name, lead, lead.name, 0.0, f"several_names: {lead.name}")
    seen = describe(lead.name)
    partner = whole_of(lead, authors) or partner_of(lead, seen, authors) or named_in_text(lead, seen, document)
    if partner is not None:
        confidence = _FOUND_IN_FULL if lead.role == "title" else max(_TRUST[lead.role], _TRUST[partner.role])
        full = _whole_or_office(replace(lead, name=partner.name), describe(partner.name), authors, document)
        return _Choice(full.name, partner, lead.name, min(confidence, max(full.confidence, CONFIDENT)))
    if seen.placed:
        return _whole_or_office(lead, seen, authors, document)
    place = place_for(seen, authors, signs, named, path)
    if place is None and seen.township and not metadata.secondary_source:
        return _Choice(lead.name, lead, lead.name, _PLACE_GUESSED, f"no_county: {lead.name}")
    if place is None or metadata.secondary_source:
        return _Choice(lead.name, lead, lead.name, 0.0, f"no_place: {lead.name}")
    name, sure = place
    organ = (seen.township or "") + seen.organ
    completed = replace(lead, name=name + organ)
    full = _whole_or_office(completed, describe(completed.name), authors, document)
    confidence = min(full.confidence, _PLACE_ADDED) if sure else _PLACE_GUESSED
    return _Choice(full.name, lead, lead.name, confidence, full.problem or f"place_from_page: {lead.name}")


def _from_path(document: Document, path: PathSays) -> tuple[AuthorCandidate, ...]:
    """Who may be the author of a report that names nobody: the bodies after which its folders and file are called."""
    return tuple(AuthorCandidate(body, "path", Evidence(quote=document.name)) for body in path.bodies)


def _whole_or_office(
    lead: AuthorCandidate, seen: Description, authors: Sequence[AuthorCandidate], document: Document
) -> _Choice:
    """The leading name; but an office that only compiled, signed or published the report of its government is not its
    author.

    Where no title names the author, the report is the government's if another place names the government, or if the
    text speaks of the whole county and never of the office; if it speaks of neither, that is a doubt.
    """
    plain = _Choice(lead.name, lead, lead.name, _TRUST[lead.role])
    if lead.role in ("title", "announced") or (seen.kind != "office" and not _LEADING_GROUP.search(lead.name)):
        return plain
    government = _GOVERNMENT_OF.sub(r"\1", clean(lead.name))
    if seen.township:
        end, _ = read_place(clean(lead.name))
        government = clean(lead.name)[:end] + seen.township + "人民政府"
    if government == clean(lead.name):
        return plain
    for one in authors:
        if one.role in ("subject", "heading", "file") and clean(one.name) == government:
            return _Choice(one.name, one, lead.name, _TRUST["compiled_by"])
    if seen.township or _LEADING_GROUP.search(lead.name):
        return _Choice(government, lead, lead.name, CONFIDENT)
    text = document.text
    own, whole = _OWN.search(text) is not None, len(_WHOLE.findall(text))
    if own:
        return plain
    if whole >= _WHOLE_OFTEN:
        return _Choice(government, lead, lead.name, CONFIDENT)
    if lead.role == "subject":
        # 2024年，长春市人民政府办公厅坚持…: who acts in the first sentences of a report that never speaks of the whole.
        return plain
    return replace(plain, confidence=_PLACE_GUESSED, problem=f"office_or_government: {government}")


def _province(
    name: str, places: Sequence[Division], named: Named, signs: Sequence[Sign], path: PathSays
) -> tuple[str | None, Evidence | None]:
    """The province: by the name, else by the site among the places of that name, by what the text names, by the
    file's path."""
    provinces = {one.province for one in places if one.province}
    if len(provinces) == 1:
        return provinces.pop(), None
    for sign in signs:
        if not provinces or sign.province in provinces:
            return sign.province, sign.evidence
    told = [one for one in named.first if one.province in provinces or not (provinces or _ends_one_of(places, one))]
    counted: Counter[str] = Counter()
    for one in told:
        counted[one.province] += named.counts[one]
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        witness = next(one for one in told if one.province == ranked[0][0])
        if provinces or named.unknown_province is None:
            return ranked[0][0], named.first[witness]
    if named.unknown_province and not provinces:
        return named.unknown_province
    filed = {one.province for one in path.places if one.province and (not provinces or one.province in provinces)}
    return (filed.pop(), None) if len(filed) == 1 else (None, None)


def _ends_one_of(places: Sequence[Division], named: Division) -> bool:
    """Whether the text names a division only because a place that no list has ends in its name: 沐岚县 is not 岚县."""
    return any(not one.code and one.name != named.name and one.name.endswith(named.name) for one in places)


def _narrowed(description: Description, named: Named, path: PathSays) -> Description:
    """Of several places of one name, the one whose city the text names, or within which its file lies."""
    if len(description.places) < 2:
        return description
    cities = {one.city for one in named.counts if one.city}
    kept = tuple(one for one in description.places if one.city in cities)
    kept = kept or tuple(one for one in description.places if any(one.within(above) for above in path.places[-1:]))
    return description.at(kept) if len(kept) == 1 else description


def _complete(name: str, description: Description, document: Document) -> str:
    """The name in full: 颍东区 → 颍东区人民政府, 滑县教体局 → 滑县教育体育局, and a district with its city where the
    text puts that in front (洪泽区 → 淮安市洪泽区)."""
    text = clean(name)
    end, _ = read_place(text)
    place, rest = text[:end], text[end:]
    if not rest and place:
        rest = "行政公署" if place[-1] == "盟" or place.endswith("地区") else "人民政府"
    elif description.township and not description.organ:
        rest += "办事处" if rest.endswith("街道") else "人民政府"
    elif not description.township and expand(rest) == description.organ and _safe(description, document):
        rest = description.organ
    city = _common_city(description)
    if city and place and description.county == place and place.endswith("区"):
        squeezed = "".join(document.text.split())
        if city + place in squeezed:
            place = city + place
    return place + rest


def _safe(description: Description, document: Document) -> bool:
    """Whether a short name may be written out: 政府办 always. 教体局 may be 教育体育局 or 教育和体育局: only where the
    document prints the long form."""
    return description.kind in ("government", "office", "zone") or description.organ in "".join(document.text.split())


def _common_city(description: Description) -> str | None:
    if description.city:
        return description.city
    municipality = description.province if (description.province or "").endswith("市") else None
    return municipality


def _rival(choice: _Choice, authors: Sequence[AuthorCandidate]) -> AuthorCandidate | None:
    """A signature of quite another body than the title's: another place, or another organ of the same place."""
    if choice.candidate.role != "title":
        return None
    own = describe(choice.name)
    for one in authors:
        other = describe(one.name)
        if one.role != "signature" or not other.placed:
            continue
        apart = (
            own.places and other.places and all(_apart(left, right) for left in own.places for right in other.places)
        )
        if apart:
            return one
    return None


def _apart(one: Division, other: Division) -> bool:
    """Whether two places have nothing in common. A district of no list is printed with and without its city."""
    if one.within(other) or other.within(one):
        return False
    return one.name != other.name or bool(one.city and other.city)
