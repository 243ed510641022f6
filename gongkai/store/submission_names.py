"""Which unit, and which version of a report, the names in a list mean."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from gongkai.agencies.matching import MOST, Matcher, Said, likely
from gongkai.agencies.naming import clean
from gongkai.agencies.register import Register as Units
from gongkai.errors import GongkaiError
from gongkai.store import generations
from gongkai.store.register import units_of
from gongkai.store.workspace import Workspace

_Version = tuple[str, int, str | None, int | None]
"""sha256 and ordinal; the unit and the year that it is of."""

_NEAR = 0.8
"""Likeness (0-1, Ratcliff-Obershelp) from which on a name is proposed that is written otherwise."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


class UnknownName(GongkaiError):
    """A name means no unit or version, or several. `reason`, of a unit: empty, several, unknown."""

    def __init__(self, message: str, reason: str = "unknown") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit that a name may mean: its id, its name, and whether it is likely the one."""

    agency_id: str
    agency: str
    likely: bool


class Names:
    """The units and versions of a collection, found by what a list calls them."""

    def __init__(self, workspace: Workspace, collection: str, home: Path | None = None) -> None:
        """`home` is the folder of the list: its paths may be seen from there."""
        workspace.collection(collection)
        self._register = Units.of(units_of(workspace, collection))
        self._matcher = Matcher(self._register)
        self._reporting: dict[str, set[str]] = {}
        self._versions: dict[str, list[_Version]] = {}
        self._sources: dict[str, list[_Version]] = {}
        self._home = home
        connection = generations.attach(generations.readable(workspace), read_only=True)
        try:
            rows = connection.execute(
                "SELECT DISTINCT agency_id, agency FROM store.report "
                "WHERE collection = $collection AND agency_id IS NOT NULL AND agency IS NOT NULL",
                {"collection": collection},
            ).fetchall()
            versions = connection.execute(
                "SELECT source, sha256, ordinal, agency_id, year FROM store.report "
                "WHERE collection = $collection AND format <> 'sheet' ORDER BY source, ordinal",
                {"collection": collection},
            ).fetchall()
        finally:
            connection.close()
        for id_, name in rows:
            self._reporting.setdefault(name, set()).add(id_)
        for source, sha256, *about in versions:
            version: _Version = (sha256, *about)
            self._versions.setdefault(sha256, []).append(version)
            self._sources.setdefault(_key(source), []).append(version)
            parts = _key(source).split("/")
            # A list may name the whole path, or its end (the file's own name, a path within an archive).
            for start in range(len(parts)):
                self._versions.setdefault("/".join(parts[start:]), []).append(version)

    def unit(self, name: str, year: int) -> str:
        """The id of the unit called `name` in a year: of the register, else one that has reports under that name.

        Raise UnknownName for a name that means no unit, or several.
        """
        if not name:
            raise UnknownName("must not be empty", "empty")
        found = self._register.find(name, None, None, year)
        if found is not None:
            return found.id
        reporting = self._reporting.get(name, set())
        if len(reporting) == 1:
            return next(iter(reporting))
        if reporting or self._register.find(name, None) is not None:
            raise UnknownName(f"{name} may mean several units; give its full name", "several")
        raise UnknownName(f"{name} is not in the register for {year}, and no report is of that name")

    def written_otherwise(self, name: str, year: int) -> str | None:
        """The id of the one unit that can be meant by a `name` that it does not bear (宿州市人防办); null for none."""
        found = self._matcher.known(name, None, None, year) if name else None
        return None if found is None else found.id

    def proposals(self, name: str, year: int) -> tuple[Proposal, ...]:
        """The units of the register that may be meant, the likeliest first: by their organ and place, else those that
        are written much alike, none of which is likely."""
        if not name:
            return ()
        found = self._matcher.candidates(Said((("manifest", name),), year=year))
        if found:
            sure = likely(found)
            return tuple(Proposal(one.unit.id, one.unit.name, sure and i == 0) for i, one in enumerate(found))
        written = {clean(unit.name): unit for unit in self._register.units.values() if unit.exists(year)}
        near = get_close_matches(clean(name), sorted(written), MOST, _NEAR)
        return tuple(Proposal(written[one].id, written[one].name, False) for one in near)

    def version(self, file: str, unit: str, year: int) -> tuple[str, int]:
        """The version (sha256, ordinal) that a list calls `file` (a path or a sha256), of that unit and year.

        Raise UnknownName for a file that was not taken in, is of another unit or year, or that several are called.
        """
        known = list(dict.fromkeys(self._called(file)))
        if not known:
            raise UnknownName(f"{file} is not among the files taken in")
        own = [one for one in known if one[2] == unit and one[3] == year]
        # The list may know better than what was read, as long as that is no other unit of the register.
        fitting = own or [
            one for one in known if (one[2] == unit or one[2] not in self._register.units) and one[3] in (None, year)
        ]
        if not fitting:
            raise UnknownName(f"{file} is not that unit's report of {year}")
        if len({one[0] for one in fitting}) > 1:
            digest = self._digest(file)
            fitting = [one for one in fitting if one[0] == digest]
            if not fitting:
                raise UnknownName(f"{file} is the name of several files; give its path")
        return fitting[0][0], fitting[0][1]

    def _called(self, file: str) -> list[_Version]:
        """The versions that a list calls `file`: a digest; a path or its end; a path that begins further up than where
        the files were taken in from; else the file that lies there beside the list, by its content."""
        if _SHA256.fullmatch(file.lower()):
            return self._versions.get(file.lower(), [])
        parts = _key(file).split("/")
        for start in range(len(parts)):
            key = "/".join(parts[start:])
            found = self._sources.get(key) or (self._versions.get(key) if start == 0 else None)
            if found:
                return found
        return self._versions.get(self._digest(file), [])

    def _digest(self, file: str) -> str:
        """The sha256 of a file that lies beside the list; "" where there is none."""
        path = self._home / _key(file) if self._home else None
        if path is None or not path.is_file():
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def _key(source: str) -> str:
    return unicodedata.normalize("NFC", source.strip()).replace("\\", "/").removeprefix("./")
