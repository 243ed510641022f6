"""The lists of units that an office keeps: the register with former names and successors, and who is due each year."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.sample.chance import lognormal, stream
from gongkai.sample.lines import as_csv
from gongkai.sample.settings import on, submissions
from gongkai.sample.unit import Former, Unit

COLUMNS = (
    "name", "aliases", "former_names", "province", "city", "level", "kind", "parent", "reports_to", "counts_in",
    "scope", "territory", "population", "population_year", "since", "until", "successor", "contact", "telephone",
)  # fmt: skip
_CENSUS = 2020
_SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁马方俞任袁柳史唐费薛雷"
_TITLES = ("主任", "科长", "老师", "秘书")
_PEOPLE = {"county": 380_000.0, "township": 31_000.0}


def agencies(units: Iterable[Unit], years: range, seed: int) -> str:
    """The register of the units that existed in `years`, as CSV that `gongkai agencies import` takes."""
    known = [unit for unit in units if unit.registered and (unit.until is None or unit.until >= years[0])]
    people = _population(known, seed)
    rows = []
    for unit in known:
        counted = unit.name in people
        rows.append((
            unit.name, "" if unit.short == unit.name else unit.short, ";".join(map(_former, unit.former)),
            unit.province, unit.city, unit.level, unit.kind, unit.parent or "", unit.reports_to or "",
            "-" if unit.kind == "vertical" else "", unit.scope, unit.territory if unit.kind == "government" else "",
            str(people.get(unit.name, "")), str(_CENSUS) if counted else "", str(unit.since or ""),
            str(unit.until or ""), unit.successor or "", contact(unit, seed), telephone(unit, seed),
        ))  # fmt: skip
    return as_csv(COLUMNS, rows)


def contact(unit: Unit, seed: int) -> str:
    """Whom to ask for: an invented surname and a title."""
    chance = stream(seed, unit.name, "contact")
    return chance.choice(_SURNAMES) + chance.choice(_TITLES)


def telephone(unit: Unit, seed: int) -> str:
    """A number of an area code that does not exist."""
    return f"0600-{stream(seed, unit.name, 'telephone').randint(6000000, 6999999)}"


def _former(name: Former) -> str:
    return f"{name.name}({name.first or ''}-{name.last})"


def _population(units: list[Unit], seed: int) -> dict[str, int]:
    """The people of every government's territory; a city's and the province's are those of its counties."""
    found: dict[str, int] = {}
    for unit in reversed(units):
        if unit.kind != "government":
            continue
        size = _PEOPLE.get(unit.level)
        if size is not None:
            found[unit.name] = round(size * lognormal(stream(seed, unit.name, "people"), 0.4))
        if unit.parent and unit.level != "township":
            found[unit.parent] = found.get(unit.parent, 0) + found[unit.name]
    return found


def deadlines(years: range) -> str:
    """The dates that the year's notice sets, as CSV: for everybody, and for the governments that add up others."""
    known, rows = submissions(), []
    for year in years:
        organ = known.groups["organ"]
        rows.append((str(year), "report", "", "", on(year, organ.notice).isoformat()))
        for level in ("county", "prefecture", "province"):
            day = on(year, known.groups[level].notice).isoformat()
            rows.append((str(year), "report", level, "government", day))
        if year >= known.form_first_year:
            rows.append((str(year), "website_form", "", "", on(year, known.form_deadline).isoformat()))
    return as_csv(("year", "item", "level", "kind", "date"), rows)
