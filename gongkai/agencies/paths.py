"""What the folders and the name of a file tell of its author: 宿州市/市直/市人防办/2023年报最终版3.docx."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from gongkai.agencies.naming import clean, read_place
from gongkai.catalogue.divisions import Division
from gongkai.catalogue.path_words import path_words
from gongkai.parsing.organisations import may_be_agency

_SEPARATORS = re.compile(r"[\s_\-—–()（）\[\]【】、,，+&]+")
_SUFFIX = re.compile(r"(?:\.[A-Za-z]{2,5})+$")


@dataclass(frozen=True, slots=True)
class PathSays:
    """`places` are those that folders are called after, the widest first, each within the one before where both are
    listed; `bodies` the names of bodies in folders and in the file's name, the nearest to the file first."""

    places: tuple[Division, ...] = ()
    bodies: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def read_path(source: str) -> PathSays:
    """Read the path by which people know a file (its own name last). Never raises."""
    parts = PurePosixPath(unicodedata.normalize("NFKC", source).replace("\\", "/")).parts
    places: list[Division] = []
    bodies: list[str] = []
    for part in parts:
        for name in names_in(_SUFFIX.sub("", part)):
            end, found = read_place(name)
            whole = bool(found) and end == len(name)
            if whole and len(near := _near(found, places)) == 1 and name[-1] in _ENDS:
                places.append(near[0])
            elif not whole and may_be_agency(name):
                bodies.append(name)
    return PathSays(tuple(places), tuple(reversed(bodies)))


_ENDS = "省市县区旗州盟"


def names_in(part: str) -> list[str]:
    """What may be names of places or bodies in the name of a folder or file, cleared of numbers, years and words
    about the document; nothing for a folder that only sorts others."""
    words = path_words()
    found = []
    for piece in _SEPARATORS.split(part):
        text = words.lead.sub("", piece)
        if (stop := words.about.search(text)) is not None:
            text = text[: stop.start()]
        text = clean(text)
        if len(text) > 1 and not words.groups.fullmatch(text):
            found.append(text)
    return found


def _near(found: tuple[Division, ...], above: list[Division]) -> tuple[Division, ...]:
    """Of several places of one name, those within the places of the folders above."""
    for wider in reversed(above):
        inside = tuple(one for one in found if one.within(wider))
        if inside:
            return inside
    return found
