"""Where a series breaks (data/breaks.csv): the forms of 2014, 2019, 2021 and the law of 2024 count different things."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_COLUMNS = ("year", "metrics", "effect", "label_zh", "label_en", "reason_zh", "reason_en")
EFFECTS = frozenset({"broken", "bridged"})


@dataclass(frozen=True, slots=True)
class Break:
    """From `year` on the metrics whose codes start with one of `prefixes` are counted differently.

    `effect`: broken (the line is cut) or bridged (marked, but comparable, for the reason given).
    """

    year: int
    prefixes: tuple[str, ...]
    effect: str
    label_zh: str
    label_en: str
    reason_zh: str
    reason_en: str

    @property
    def cuts(self) -> bool:
        """Whether a line may not run across."""
        return self.effect == "broken"

    def concerns(self, code: str) -> bool:
        """Whether the metric `code` is counted differently from this year on."""
        return any(code == prefix or code.startswith(prefix + ".") for prefix in self.prefixes)

    def label(self, language: str) -> str:
        """What stands at the mark."""
        return self.label_en if language == "en" else self.label_zh

    def reason(self, language: str) -> str:
        """Why, in a sentence."""
        return self.reason_en if language == "en" else self.reason_zh


@cache
def all_breaks() -> tuple[Break, ...]:
    """The breaks in the order of the file; raise CatalogueError naming file, line and field."""
    path = DATA / "breaks.csv"
    codes = metrics()
    found = []
    for line, row in rows(path, _COLUMNS):
        prefixes = tuple(row["metrics"].split())
        for prefix in prefixes:
            if not any(code == prefix or code.startswith(prefix + ".") for code in codes):
                raise CatalogueError(f"{path.name}, line {line}, metrics: no metric is or starts with {prefix!r}")
        if not row["year"].isdigit():
            raise CatalogueError(f"{path.name}, line {line}, year: {row['year']!r} is no year")
        effect = choice(path, line, "effect", row["effect"], EFFECTS)
        words = [row[name] for name in _COLUMNS[3:]]
        if not all(words):
            raise CatalogueError(f"{path.name}, line {line}: labels and reasons are needed in both languages")
        found.append(Break(int(row["year"]), prefixes, effect, *words))
    return tuple(found)


def breaks_of(codes: tuple[str, ...], years: list[int]) -> list[Break]:
    """The breaks that concern any of `codes` inside `years` (not before the first year), one per year.

    Where several entries of one year concern them, one that cuts goes before one that is bridged.
    """
    inside = [each for each in all_breaks() if years and years[0] < each.year <= years[-1]]
    chosen: dict[int, Break] = {}
    for each in inside:
        if any(each.concerns(code) for code in codes) and (each.year not in chosen or each.cuts):
            chosen[each.year] = each
    return [chosen[year] for year in sorted(chosen)]
