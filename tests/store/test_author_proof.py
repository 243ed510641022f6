"""Whose report it is, measured on the sample's register: every unit by all the ways in which reports call theirs.

At least 995 in 1,000 are linked rightly where the report and its folder tell enough, none is linked wrongly, and what
tells too little waits.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from gongkai.agencies.authors import resolve
from gongkai.agencies.naming import describe
from gongkai.agencies.organ_index import organ_of
from gongkai.agencies.register import Register as Units
from gongkai.agencies.register import Unit
from gongkai.catalogue.agency_kinds import organ_names
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Document
from gongkai.parsing.metadata import read_metadata
from gongkai.paths import DATA, PROJECT
from gongkai.reading import read_reports
from gongkai.records import Report
from gongkai.sample.write import write_sample
from gongkai.store import author_links, register_file
from gongkai.store.register_copy import Register

PROSE = "本年度，我单位认真贯彻落实《条例》，扎实推进政府信息公开，主动公开政府信息120条，工作有序开展，取得成效。"
YEAR = 2023


@dataclass(frozen=True)
class Told:
    """How a report tells of its author: the name in its title, the lines below, the path, the year."""

    way: str
    name: str
    lines: tuple[str, ...] = ()
    path: str = "a.docx"
    year: int = YEAR


def report(told: Told) -> Report:
    builder = BlockBuilder()
    for line in (f"{told.name}{told.year}年政府信息公开工作年度报告", PROSE, *told.lines):
        builder.paragraph(line)
    document = Document(told.path, "docx", "0" * 64, builder.blocks, metadata={})
    metadata = read_metadata(document, document.blocks)
    author = resolve(metadata, document)
    return Report(
        told.path,
        document.sha256,
        agency=author.agency,
        agency_as_printed=author.as_printed,
        year=metadata.year,
        province=author.province,
        city=author.city,
        doubts=author.doubts,
        authors=metadata.authors if author.doubts else (),
    )


def linked(register: Register, told: Told) -> author_links.Link:
    found = report(told)
    return author_links.link(register, author_links.said_by(found, False), found.agency)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, 2, (2023, 2023), 7)
    return folder


@pytest.fixture(scope="module")
def register(sample: Path) -> Register:
    sheet = register_file.read(sample / "agencies.csv")
    assert not sheet.wrong
    return Register(Units.of(sheet.units))


def short_organs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for short, full in organ_names().items():
        found.setdefault(full, []).append(short)
    return found


def folder_of(unit: Unit) -> str:
    return "/".join(filter(None, ("2024年报送", unit.province, unit.city, unit.county)))


def ways(unit: Unit, register: Register) -> Iterator[Told]:
    """Ways of telling of a unit that tell enough."""
    organ, folder = organ_of(unit, unit.name), folder_of(unit)
    place = unit.name.removesuffix(organ)
    yield Told("in full", unit.name)
    if unit.kind != "office":
        # One signed by the office may be the report of its government.
        yield Told("signed", "", (unit.name, "2024年1月8日"))
    if (unit.county or "").endswith("区") and unit.city:
        bare = unit.name.removeprefix(unit.city)
        yield Told("a district without its city", bare, (unit.city + bare, "2024年1月8日"), f"2024/{unit.city}/a.docx")
    if unit.kind == "vertical" and (unit.county or "").endswith("区") and unit.city:
        bare = unit.name.replace(unit.city, "")
        yield Told("a district's line without its city", bare, (unit.name, "2024年1月8日"), f"2024/{unit.city}/a.docx")
    yield Told("published by its government", unit.name, ("发布机构：云川省人民政府",))
    yield Told("in the folder of another place", unit.name, path="别处/合肥市/蜀山区/区财政局/a.docx")
    for former in unit.former_names:
        yield Told("former name", former.name, year=former.last or former.first or YEAR)
    for name in unit.short_names:
        if describe(name).places and register.units.find(name, unit.province, unit.city) is unit:
            yield Told("registered short name", name)
    for short in short_organs().get(organ, ()) if unit.kind != "vertical" else ():
        yield Told("abbreviated", place + short)
        if unit.level in ("province", "prefecture", "county"):
            last = (unit.county or unit.city or unit.province or "")[-1]
            yield Told(
                "abbreviated, by its folder", last + short, path=f"{folder}/{last}直/{last}{short}/年报最终版3.docx"
            )
    if unit.kind == "government":
        yield Told("its place alone", place if unit.level != "township" else unit.name.removesuffix("人民政府"))
    if unit.level == "township" and unit.kind == "government":
        town = unit.name.removeprefix(unit.city or "").removeprefix(unit.county or "")
        yield Told("a township by its folder", town, path=f"{folder}/乡镇街道/{town}/a.docx")


def test_every_unit_by_every_way_that_tells_enough(register: Register) -> None:
    counted: Counter[str] = Counter()
    failures = []
    for unit in register.units.units.values():
        for told in ways(unit, register):
            if not unit.exists(told.year):
                continue
            found = linked(register, told)
            got = found.agency.id if found.agency else None
            outcome = "waiting" if found.uncertain or got is None else "right" if got == unit.id else "wrong"
            counted[outcome] += 1
            if outcome != "right":
                failures.append((outcome, told.way, told.name, told.path, found.agency and found.agency.name))
    assert counted["wrong"] == 0, failures
    assert counted["right"] > 300
    assert counted["right"] / counted.total() >= 0.995, failures


def test_what_tells_too_little_waits_and_what_is_meant_is_proposed(register: Register) -> None:
    """A name without its place, in no folder: several units bear it."""
    several = 0
    for unit in register.units.units.values():
        organ = organ_of(unit, unit.name)
        bearing = [one for one in register.matcher.index.same(organ) if one.exists(YEAR)]
        if unit.kind != "department" or len(bearing) < 2 or not unit.exists(YEAR) or describe(organ).relative:
            continue
        several += 1
        found = linked(register, Told("organ alone", organ))
        assert found.uncertain or found.agency is None, unit.name
        assert found.candidates
    assert several > 10


def test_the_office_is_not_its_government(register: Register) -> None:
    offices = [unit for unit in register.units.units.values() if unit.kind == "office"]
    assert offices
    for office in offices:
        government = register.units.units[office.parent or ""]
        assert linked(register, Told("office", office.name)).agency.id == office.id  # type: ignore[union-attr]
        compiled = Told("compiled", government.name, (f"本报告由{office.name}编制。",))
        assert linked(register, compiled).agency.id == government.id  # type: ignore[union-attr]


def test_a_successor_has_the_reports_that_still_bear_the_old_sign() -> None:
    old = Unit(
        "old", "宿州市安全生产监督管理局", "prefecture", "department", "安徽省", "宿州市", until=2018, successor="new"
    )
    new = Unit("new", "宿州市应急管理局", "prefecture", "department", "安徽省", "宿州市", since=2019)
    merged = Register(Units.of((old, new)))
    for name in (old.name, "宿州市安监局"):
        assert linked(merged, Told("before", name, year=2018)).agency.id == "old"  # type: ignore[union-attr]
        assert linked(merged, Told("after", name, year=2020)).agency.id == "new"  # type: ignore[union-attr]
    # Without its successor registered, a merged body is proposed to the organ that took over, and waits.
    alone = Register(Units.of((replace(new, since=None),)))
    waiting = linked(alone, Told("unregistered", old.name))
    assert waiting.uncertain
    assert [one.unit.id for one in waiting.candidates] == ["new"]


def test_the_files_of_the_sample(sample: Path, register: Register) -> None:
    """The files themselves, one in three, by what is read of them alone."""
    import json

    right = unregistered = 0
    lines = (sample / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truths = [truth for truth in map(json.loads, lines) if truth.get("file")]
    for truth in truths[::3]:
        found = read_reports(sample / truth["file"])[0]
        link = author_links.link(register, author_links.said_by(found, False), found.agency)
        unit = register.units.find(truth["agency"], truth["province"], truth.get("city"), truth["year"])
        if unit is None:
            unregistered += 1
            assert link.agency is None or link.agency.id not in register.units.units
            continue
        assert link.agency is not None
        assert (link.agency.id, link.uncertain) == (unit.id, False), truth["file"]
        right += 1
    assert right >= 10


CANNOT_BE_TOLD = {
    # The level of a zone is its own rank, which its name does not tell: of two of one kind, the sheet puts one at the
    # city's level and one at the county's.
    *("苏银产业园管理委员会", "银川经济技术开发区管理委员会", "南宁经济技术开发区管理委员会"),
    *("益阳高新区管委会办公室", "榆林高新区管委会党政办公室", "西宁经济技术开发区管理委员会"),
    # A township's sign stands behind the zone's in brackets.
    "南通外向型农业综合开发区(苴镇街道)",
    # A district's, called after its city.
    "西安市西大街发展服务中心",
}


def published() -> list[dict[str, str]]:
    shared = PROJECT.parent / "shared" / "data" / "real-figures.csv"
    path = shared if shared.is_file() else DATA / "real" / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list({(row["agency"], row["province"]): row for row in csv.DictReader(file)}.values())


def test_the_authors_of_published_figures_resolve_to_province_and_level() -> None:
    wrong = {}
    for row in published():
        builder = BlockBuilder()
        builder.paragraph(f"{row['agency']}{row['year']}年政府信息公开工作年度报告")
        builder.paragraph(PROSE)
        document = Document("a.html", "html", "0" * 64, builder.blocks, metadata={"url": row["url"]})
        found = resolve(read_metadata(document, document.blocks), document)
        if (found.province, found.level) != (row["province"], row["level"]):
            wrong[row["agency"]] = (found.province, found.level, row["province"], row["level"])
    assert set(wrong) <= CANNOT_BE_TOLD, {name: wrong[name] for name in set(wrong) - CANNOT_BE_TOLD}
    assert not {name for name, told in wrong.items() if told[0] not in (None, told[2])}
