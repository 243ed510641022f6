"""Rates and shares (data/indicators.csv), and measures: whatever can be compared, a metric or an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.catalogue.metrics import GROUPS, metrics
from gongkai.catalogue.names import full_name
from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_COLUMNS = (
    "code",
    "group",
    "label_zh",
    "label_en",
    "numerator",
    "denominator",
    "unit",
    "definition_zh",
    "definition_en",
    "model",
    "direction",
    "ranking",
    "fewest",
    "caveat_zh",
    "caveat_en",
)
PROCESS = "process"
"""The group of indicators on the work itself, not on figures (queries/ranking_process.sql counts their parts)."""
_PARTS = frozenset(
    f"{PROCESS}.{name}"
    for name in ("due", "on_time", "due_in_law", "published_on_time", "decided", "first_pass", "published", "wrong")
)
_MODELS = frozenset({"share", "rate"})
_DIRECTIONS = frozenset({"higher", "lower", "neither"})
_RANKINGS = frozenset({"default", "asked"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an indicator may be judged. `model`: share (a part of the denominator's cases) or rate (events beside them,
    which may be more). `direction`: what is better, higher, lower or neither. `ranking`: default, or asked (it only
    describes: ranked on a person's explicit word, the caveat shown). `fewest`: a smaller denominator is too few."""

    model: str
    direction: str
    ranking: str
    fewest: int
    caveat_zh: str
    caveat_en: str

    @property
    def higher_is_better(self) -> bool | None:
        """Null where neither is better."""
        return None if self.direction == "neither" else self.direction == "higher"

    def caveat(self, language: str) -> str:
        """What must not be concluded, in `language` ("en", or Chinese)."""
        return self.caveat_en if language == "en" else self.caveat_zh


@dataclass(frozen=True, slots=True)
class Measure:
    """What pages compare. A metric counts itself (`numerator` is its code, no `denominator`); an indicator divides the
    sum of its numerators by the sum of its denominators, and only where every one of them is reported. `judgement` says
    whether and how units may be ranked by it; a metric's is null: bare counts are never ranked."""

    code: str
    group: str
    label_zh: str
    label_en: str
    unit: str
    kind: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    definition_zh: str
    definition_en: str
    judgement: Judgement | None = None

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that it rests on."""
        return tuple(dict.fromkeys((*self.numerator, *self.denominator)))

    @property
    def is_rate(self) -> bool:
        """Whether it is a rate: of rates there is no sum over units, only a pooled rate or a median."""
        return self.kind == "rate"

    @property
    def pooled(self) -> bool:
        """Whether a value for several units together can be computed: of a stated rate (no denominator) it cannot."""
        return not self.is_rate or bool(self.denominator)

    def label(self, language: str) -> str:
        """Its name in `language` ("en", or Chinese)."""
        return self.label_en if language == "en" else self.label_zh

    def definition(self, language: str) -> str:
        """How it is counted, in `language` ("en", or Chinese)."""
        return self.definition_en if language == "en" else self.definition_zh


@cache
def indicators() -> dict[str, Measure]:
    """All indicators by code, in the order of the file. Raise CatalogueError naming file, line and field."""
    path = DATA / "indicators.csv"
    known = metrics()
    found: dict[str, Measure] = {}
    for line, row in rows(path, _COLUMNS):
        code = row["code"]
        if code in found or code in known:
            raise CatalogueError(f"{path.name}, line {line}, code: {code} is taken")
        for name in ("numerator", "denominator"):
            parts = row[name].split()
            if not parts:
                raise CatalogueError(f"{path.name}, line {line}, {name}: is empty")
            for part in parts:
                choice(path, line, name, part, _PARTS if row["group"] == PROCESS else frozenset(known))
        for name in ("label_zh", "label_en", "definition_zh", "definition_en", "caveat_zh", "caveat_en"):
            if not row[name]:
                raise CatalogueError(f"{path.name}, line {line}, {name}: is empty")
        found[code] = Measure(
            code=code,
            group=choice(path, line, "group", row["group"], GROUPS | {PROCESS}),
            label_zh=row["label_zh"],
            label_en=row["label_en"],
            unit=choice(path, line, "unit", row["unit"], frozenset({"%"})),
            kind="rate",
            numerator=tuple(row["numerator"].split()),
            denominator=tuple(row["denominator"].split()),
            definition_zh=row["definition_zh"],
            definition_en=row["definition_en"],
            judgement=_judgement(path, line, row),
        )
    return found


def _judgement(path: Path, line: int, row: dict[str, str]) -> Judgement:
    if not row["fewest"].isdecimal() or int(row["fewest"]) < 1:
        raise CatalogueError(f"{path.name}, line {line}, fewest: {row['fewest']!r} is no whole number from 1 on")
    return Judgement(
        model=choice(path, line, "model", row["model"], _MODELS),
        direction=choice(path, line, "direction", row["direction"], _DIRECTIONS),
        ranking=choice(path, line, "ranking", row["ranking"], _RANKINGS),
        fewest=int(row["fewest"]),
        caveat_zh=row["caveat_zh"],
        caveat_en=row["caveat_en"],
    )


@cache
def measures() -> dict[str, Measure]:
    """Every metric and every indicator as a measure, by code: the metrics in their order, then the indicators."""
    found = {
        metric.code: Measure(
            code=metric.code,
            group=metric.group,
            label_zh=full_name(metric.code, "zh"),
            label_en=full_name(metric.code, "en"),
            unit=metric.unit,
            kind=metric.kind,
            numerator=(metric.code,),
            denominator=(),
            definition_zh=f"{metric.where}：{metric.label_zh}",
            definition_en=f"{metric.label_en} ({metric.where})",
        )
        for metric in metrics().values()
    }
    return {**found, **indicators()}
