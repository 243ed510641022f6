"""Rates and shares (data/indicators.csv, data/stated_rates.csv), and measures: whatever can be compared, a metric or an
indicator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.catalogue.form_cells import form_cells
from gongkai.catalogue.metrics import APPLICANTS, GROUPS, REGIMES, metrics
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
_STATED_COLUMNS = ("code", "direction", "caveat_zh", "caveat_en")
PROCESS = "process"
"""The group of indicators on the work itself, not on figures (queries/ranking_process.sql counts their parts)."""
_PARTS = frozenset(
    f"{PROCESS}.{name}"
    for name in ("due", "on_time", "due_in_law", "published_on_time", "decided", "first_pass", "published", "wrong")
)
POPULATION = "register.population"
"""A denominator that no report states: the people of the unit's territory in thousands, from the register, as of years
at most five from the one that it was counted in (queries/_measure_value.sql). Per cent of thousands is per 100,000."""
PER_PEOPLE = "件/10万人"
"""The unit of what is divided by people."""
_UNITS = frozenset({"%", PER_PEOPLE})
_MODELS = frozenset({"share", "rate"})
STATED = "stated"
"""The model of a rate that reports state without its cases: values in order, with nothing to say on chance."""
_DIRECTIONS = frozenset({"higher", "lower", "neither"})
_RANKINGS = frozenset({"default", "asked"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an indicator may be judged. `model`: share (a part of the denominator's cases), rate (events beside them,
    which may be more) or STATED. `direction`: what is better, higher, lower or neither. `ranking`: default, or asked:
    it only describes, and is ranked on a person's explicit word, the caveat shown. `fewest`: a smaller denominator is
    too few; of a stated rate, which has none, 1."""

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
    sum of its numerators by the sum of its denominators, and only where every one of them is reported. A part is a
    metric's code (all applicants), or a code and a kind of applicant: applications.new/natural_person. `judgement` says
    whether and how units may be ranked by it; a metric's is null (bare counts are never ranked) unless STATED."""

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
    def parts(self) -> tuple[str, ...]:
        """What it is made of, each part once."""
        return tuple(dict.fromkeys((*self.numerator, *self.denominator)))

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that it rests on: the parts without their applicants, and without what is no metric."""
        found = (part_of(part)[0] for part in self.parts)
        return tuple(dict.fromkeys(code for code in found if code != POPULATION))

    @property
    def regimes(self) -> frozenset[str]:
        """The forms that ask for all of its parts, or print what they are the sum of."""
        found = REGIMES
        for part in self.parts:
            found &= _regimes(part)
        return found

    @property
    def narrative(self) -> bool:
        """Whether sentences may state every part, in reports on any form."""
        return all(_narrative(part) for part in self.parts)

    def asked_in(self, regime: str) -> bool:
        """Whether reports on a form have every part, in its tables or in sentences."""
        return all(regime in _regimes(part) or _narrative(part) for part in self.parts)

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


def part_of(part: str) -> tuple[str, str]:
    """A part's metric (or POPULATION) and applicant."""
    code, _, applicant = part.partition("/")
    return code, applicant or "all"


def _regimes(part: str) -> frozenset[str]:
    code, applicant = part_of(part)
    if code == POPULATION or code.startswith(f"{PROCESS}."):
        return REGIMES
    metric = metrics()[code]
    asked = metric.regimes | metric.derived_in
    if applicant == "all":
        return asked
    # Not every form tells applicants apart.
    return frozenset(
        regime
        for regime in asked
        if any((cell.metric, cell.applicant) == (code, applicant) for cell in form_cells(regime))
    )


def _narrative(part: str) -> bool:
    code, applicant = part_of(part)
    known = metrics().get(code)
    return known is None or (known.narrative and applicant == "all")


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
                _check_part(path, line, name, part, row["group"])
        for name in ("label_zh", "label_en", "definition_zh", "definition_en", "caveat_zh", "caveat_en"):
            if not row[name]:
                raise CatalogueError(f"{path.name}, line {line}, {name}: is empty")
        if (POPULATION in row["denominator"].split()) != (row["unit"] == PER_PEOPLE):
            raise CatalogueError(f"{path.name}, line {line}, unit: {PER_PEOPLE} and {POPULATION} go together")
        found[code] = Measure(
            code=code,
            group=choice(path, line, "group", row["group"], GROUPS | {PROCESS}),
            label_zh=row["label_zh"],
            label_en=row["label_en"],
            unit=choice(path, line, "unit", row["unit"], _UNITS),
            kind="rate",
            numerator=tuple(row["numerator"].split()),
            denominator=tuple(row["denominator"].split()),
            definition_zh=row["definition_zh"],
            definition_en=row["definition_en"],
            judgement=_judgement(path, line, row),
        )
    return found


def _check_part(path: Path, line: int, name: str, part: str, group: str) -> None:
    """Hold that a part is known. Raise CatalogueError."""
    if group == PROCESS:
        choice(path, line, name, part, _PARTS)
        return
    code, applicant = part_of(part)
    if code == POPULATION and name == "denominator" and part == code:
        return
    choice(path, line, name, code, frozenset(metrics()))
    choice(path, line, name, applicant, frozenset(APPLICANTS))


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
def rankable() -> dict[str, Measure]:
    """All that units may be ranked by: the indicators, then the rates that reports state without their cases."""
    stated = {code: measure for code, measure in measures().items() if measure.judgement and not measure.denominator}
    return {**indicators(), **stated}


def _stated_rates() -> dict[str, Judgement]:
    """How the rates of data/stated_rates.csv may be ranked. Raise CatalogueError naming file, line and field."""
    path = DATA / "stated_rates.csv"
    rates = frozenset(metric.code for metric in metrics().values() if metric.kind == "rate")
    found: dict[str, Judgement] = {}
    for line, row in rows(path, _STATED_COLUMNS):
        code = choice(path, line, "code", row["code"], rates - set(found))
        direction = choice(path, line, "direction", row["direction"], frozenset({"higher", "lower"}))
        for name in ("caveat_zh", "caveat_en"):
            if not row[name]:
                raise CatalogueError(f"{path.name}, line {line}, {name}: is empty")
        found[code] = Judgement(STATED, direction, "asked", 1, row["caveat_zh"], row["caveat_en"])
    return found


@cache
def measures() -> dict[str, Measure]:
    """Every metric and every indicator as a measure, by code: the metrics in their order, then the indicators."""
    stated = _stated_rates()
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
            judgement=stated.get(metric.code),
        )
        for metric in metrics().values()
    }
    return {**found, **indicators()}
