"""The administrative divisions of China (data/divisions.csv): provinces, prefectures, counties, past ones included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

LEVELS = ("province", "prefecture", "county")
"""The levels of divisions, from the top."""

_COLUMNS = ("code", "name", "level", "province", "city", "short", "since", "until")
_PROVINCE_COLUMNS = ("name", "letters", "domains")
_ENDS = frozenset("省市区县州盟旗")
_END = re.compile(f"[{''.join(sorted(_ENDS))}]")
_SHORTEST, _LONGEST = 2, 15


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county.

    `province` and `city` are the names of those above it (`city` null for counties that the province administers
    itself); a province names itself, a prefecture itself as `city`, a county itself as `county`. `since` and `until`
    are the first and last years in which a list names it (null: 2007 or earlier, in force).
    """

    code: str
    name: str
    level: str
    province: str
    city: str | None
    county: str | None
    short: tuple[str, ...]
    since: int | None
    until: int | None

    @property
    def full_name(self) -> str:
        """The name with everything above it: 江苏省淮安市洪泽区."""
        parts = [self.province, self.city or "", self.county or ""]
        return "".join(parts)

    def within(self, above: Division) -> bool:
        """Whether this division lies in `above` (or is it)."""
        if above.province != self.province:
            return False
        if above.level == "province":
            return True
        if above.level == "prefecture":
            return self.city == above.name
        return self.name == above.name and self.city == above.city


@dataclass(frozen=True, slots=True)
class Mention:
    """A division's full name in a text: code points [start, end), and the divisions it may mean."""

    start: int
    end: int
    divisions: tuple[Division, ...]


class _Index:
    """All divisions by code, by full name and by short name."""

    def __init__(self, divisions: Sequence[Division]) -> None:
        self.divisions = tuple(divisions)
        self.by_code: dict[str, Division] = {}
        self.by_name: dict[str, list[Division]] = {}
        self.by_short: dict[str, list[Division]] = {}
        # Those in force first, then the higher level, then the code: the order of every answer.
        rank = {level: number for number, level in enumerate(LEVELS)}
        for one in sorted(divisions, key=lambda one: (one.until is not None, rank[one.level], one.code)):
            self.by_code.setdefault(one.code, one)
            self._add(self.by_name, one.name, one)
            for short in one.short:
                self._add(self.by_short, short, one)
            for short in _autonomous(one):
                self._add(self.by_short, short, one)

    @staticmethod
    def _add(index: dict[str, list[Division]], name: str, one: Division) -> None:
        known = index.setdefault(name, [])
        # A code that changed is the same place.
        if not any((other.name, other.province, other.city) == (one.name, one.province, one.city) for other in known):
            known.append(one)


def _autonomous(one: Division) -> list[str]:
    """湘西自治州 and 玉屏自治县: the short name before the kind of an autonomous area."""
    kind = next((kind for kind in ("自治州", "自治县", "自治旗") if one.name.endswith(kind)), None)
    return [short[:-1] + kind for short in one.short if kind and short[-1] == kind[-1] and len(short) > 2]


@cache
def _index() -> _Index:
    path = DATA / "divisions.csv"
    found: list[Division] = []
    allowed = frozenset(LEVELS)
    for line, row in rows(path, _COLUMNS):
        level = choice(path, line, "level", row["level"], allowed)
        code, name = row["code"], row["name"]
        if len(code) != 6 or not code.isdigit():
            raise CatalogueError(f"{path.name}, line {line}, code: {code!r} is not six digits")
        if name[-1:] not in _ENDS or not _SHORTEST <= len(name) <= _LONGEST:
            raise CatalogueError(f"{path.name}, line {line}, name: {name!r} does not look like a division")
        if bool(row["province"]) == (level == "province"):
            raise CatalogueError(f"{path.name}, line {line}, province: must be given below provinces, and only there")
        found.append(
            Division(
                code=code,
                name=name,
                level=level,
                province=row["province"] or name,
                city=name if level == "prefecture" else row["city"] or None,
                county=name if level == "county" else None,
                short=tuple(row["short"].split()),
                since=_year(row["since"], path.name, line, "since"),
                until=_year(row["until"], path.name, line, "until"),
            )
        )
    return _Index(found)


def _year(text: str, file: str, line: int, field: str) -> int | None:
    if not text:
        return None
    if len(text) != 4 or not text.isdigit():
        raise CatalogueError(f"{file}, line {line}, {field}: {text!r} is not a year")
    return int(text)


def divisions() -> tuple[Division, ...]:
    """All divisions, in the order of the file. Raise CatalogueError naming file, line and field."""
    return _index().divisions


def by_code(code: str) -> Division | None:
    """The division with this six-digit code (a code that was used twice: the one in force)."""
    return _index().by_code.get(code)


def find(name: str, *, short: bool = True) -> tuple[Division, ...]:
    """The divisions that `name` may mean: by full name, else (with `short`) by short name; those in force first.

    A name that several places bear gives several (鼓楼区, 朝阳区); an unknown one gives none.
    """
    index = _index()
    found = index.by_name.get(name)
    if found is None and short:
        found = index.by_short.get(name)
    return tuple(found or ())


def prefix(text: str, start: int = 0, *, short: bool = True) -> tuple[int, tuple[Division, ...]]:
    """The longest division name at `start` of `text`: (its end, what it may mean); (start, ()) if there is none."""
    index = _index()
    for names in (index.by_name, index.by_short) if short else (index.by_name,):
        for length in range(min(_LONGEST, len(text) - start), _SHORTEST - 1, -1):
            found = names.get(text[start : start + length])
            if found:
                return start + length, tuple(found)
    return start, ()


def mentions(text: str) -> Iterator[Mention]:
    """Every full name of a division in `text`, longest first at each end, without overlaps, in order.

    A district of two characters (郊区, 东区) counts only where no longer word ends in it: 城郊区 is not 郊区.
    """
    by_name = _index().by_name
    free = 0
    for match in _END.finditer(text):
        end, character = match.end(), match[0]
        for length in range(min(_LONGEST, end - free), _SHORTEST - 1, -1):
            found = by_name.get(text[end - length : end])
            if found is None:
                continue
            start = end - length
            if length == _SHORTEST and character == "区" and start > 0 and "\u4e00" <= text[start - 1] <= "\u9fff":
                break
            yield Mention(start, end, tuple(found))
            free = end
            break


@dataclass(frozen=True, slots=True)
class Province:
    """A province's signs outside its name: `letters` before ICP and public security numbers, `domains` of its sites."""

    name: str
    letters: tuple[str, ...]
    domains: tuple[str, ...]


@cache
def provinces() -> tuple[Province, ...]:
    """The provinces with their signs (data/provinces.csv). Raise CatalogueError naming file, line and field."""
    path = DATA / "provinces.csv"
    found = []
    known = {one.name for one in divisions() if one.level == "province"}
    for line, row in rows(path, _PROVINCE_COLUMNS):
        name = choice(path, line, "name", row["name"], frozenset(known))
        found.append(Province(name, tuple(row["letters"].split()), tuple(row["domains"].split())))
    return tuple(found)


def province_of_letter(letter: str) -> str | None:
    """The province whose ICP letter this is: 蒙 → 内蒙古自治区."""
    return next((one.name for one in provinces() if letter in one.letters), None)


def province_of_host(host: str) -> str | None:
    """The province that a host name belongs to, where the domain itself tells: www.ah.gov.cn → 安徽省."""
    host = host.lower().rstrip(".")
    for one in provinces():
        if any(host == domain or host.endswith("." + domain) for domain in one.domains):
            return one.name
    return None
