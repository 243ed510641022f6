"""The metrics that reports state (data/metrics.csv): codes, labels, units, and the forms that print them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

APPLICANTS = (
    "natural_person",
    "company",
    "research_institution",
    "public_interest_organisation",
    "legal_services",
    "other_organisation",
    "all",
)
"""The columns of the application table, in the form's order; `all` is 总计."""

REGIMES = frozenset({"2014", "2019", "2021"})
GROUPS = frozenset({"disclosure", "applications", "review", "hotline", "organisation"})
UNITS = frozenset({"件", "项", "条", "个", "次", "期", "篇", "人", "人次", "万元", "%"})
KINDS = frozenset({"flow", "stock", "amount", "rate"})

_COLUMNS = ("code", "group", "label_zh", "label_en", "unit", "kind", "regimes", "where", "derived_in")


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that reports count. `regimes`: forms that print it; `narrative`: sentences may state it;
    `derived_in`: forms in which it is a sum that the store derives and the form does not print."""

    code: str
    group: str
    label_zh: str
    label_en: str
    unit: str
    kind: str
    regimes: frozenset[str]
    narrative: bool
    where: str
    derived_in: frozenset[str]

    def label(self, language: str) -> str:
        """The metric's name in `language` ("zh" or "en")."""
        return self.label_en if language == "en" else self.label_zh


@cache
def metrics() -> dict[str, Metric]:
    """All metrics by code, in the order of the file. Raise CatalogueError naming file, line and field."""
    path = DATA / "metrics.csv"
    found: dict[str, Metric] = {}
    for line, row in rows(path, _COLUMNS):
        if row["code"] in found:
            raise CatalogueError(f"{path.name}, line {line}, code: {row['code']} stands twice")
        named = row["regimes"].split()
        for regime in (*named, *row["derived_in"].split()):
            choice(path, line, "regimes", regime, REGIMES | {"narrative"})
        found[row["code"]] = Metric(
            code=row["code"],
            group=choice(path, line, "group", row["group"], GROUPS),
            label_zh=row["label_zh"],
            label_en=row["label_en"],
            unit=choice(path, line, "unit", row["unit"], UNITS),
            kind=choice(path, line, "kind", row["kind"], KINDS),
            regimes=frozenset(named) - {"narrative"},
            narrative="narrative" in named,
            where=row["where"],
            derived_in=frozenset(row["derived_in"].split()),
        )
    return found
