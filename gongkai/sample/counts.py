"""The figures of the statutory tables, year by year, for a unit that reports for itself, and sums for governments.

Assumptions, all invented but of the size that real reports show: a unit's lasting size is log-normal; applications fell
in 2020 and have grown since; most applicants are natural persons; since 2024 refusals go through reconsideration
first, so direct suits all but vanish. Amounts are kept in whole yuan, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from gongkai.catalogue.form_layout import Key as Key
from gongkai.catalogue.forms import forms
from gongkai.catalogue.metrics import APPLICANTS
from gongkai.sample.chance import binomial, lognormal, poisson, share, stream
from gongkai.sample.unit import Unit

Table = dict[Key, int]
"""The figures of one report's tables; amounts of money in yuan."""

MONEY = frozenset({"fees.amount", "procurement.amount", "applications.fees_charged", "organisation.budget"})
"""The amounts of money of the tables."""

FIRST_YEAR = 2019
LAST_YEAR = 2030
"""The simulation always starts in the form's first year, so that a choice of years changes no figure."""

TREND = {2019: 1.0, 2020: 0.86, 2021: 1.04, 2022: 1.1, 2023: 1.27, 2024: 1.42, 2025: 1.48}
ACTIVITY = {2020: 0.82, 2022: 0.9}
"""Licences, penalties and fees in the years of the epidemic, relative to an ordinary year."""
REFUSALS_TO_REVIEW_FIRST = 2024

_LEVEL = {"province": 4.0, "prefecture": 1.6, "county": 0.55, "township": 0.2}
_APPLICATIONS = {"government": 12.0, "office": 26.0, "department": 13.0}
_DOCUMENTS = {"government": 1.0, "office": 8.0, "department": 1.6}
_DECISIONS = {"licensing": 2600.0, "penalties": 900.0, "coercion": 400.0, "other_services": 700.0}
_APPLICANT_WEIGHTS = dict(zip(APPLICANTS[:-1], (88.0, 7.0, 0.5, 0.6, 2.6, 1.3), strict=True))
_OUTCOMES = {
    "granted": 36.0,
    "partial": 7.0,
    "denied.state_secret": 0.05,
    "denied.prohibited_by_law": 0.5,
    "denied.safety_stability": 0.1,
    "denied.third_party_rights": 1.4,
    "denied.internal_affairs": 1.2,
    "denied.process_information": 2.2,
    "denied.enforcement_file": 2.4,
    "denied.administrative_query": 1.6,
    "unavailable.not_held": 26.0,
    "unavailable.needs_creation": 3.2,
    "unavailable.unclear": 1.4,
    "not_processed.petition": 4.2,
    "not_processed.duplicate": 2.0,
    "not_processed.publication": 0.2,
    "not_processed.excessive": 0.05,
    "not_processed.confirmation": 0.4,
    "other.no_correction": 3.4,
    "other.unpaid_fee": 0.1,
    "other.other": 3.0,
}
_REVIEW_BLOCKS = {"review": 0.05, "litigation.direct": 0.018, "litigation.after_review": 0.014}
_REVIEW_OUTCOMES = {"upheld": 0.62, "corrected": 0.16, "other": 0.22}


def regime_of(year: int) -> str:
    """The national form that the reports on `year` use."""
    return next(form.regime for form in forms().values() if year in form.years)


class Simulations:
    """The years of all units that report for themselves; owns what goes from year to year, and from a merged unit to
    its successor."""

    def __init__(self, units: Iterable[Unit], seed: int) -> None:
        self._units = [unit for unit in units if unit.scope == "organ"]
        self._seed = seed
        self._running: dict[str, _Simulation] = {}

    def year(self, year: int) -> dict[str, Table]:
        """The tables of one year, by unit; the years are asked for one after another from FIRST_YEAR on."""
        for unit in self._units:
            if unit.exists(year) and unit.name not in self._running:
                self._running[unit.name] = _Simulation(unit, self._seed)
        for unit in self._units:
            # A merged unit's successor covers the whole year, and carries what the other had not closed.
            if unit.until == year - 1 and unit.successor and unit.name in self._running:
                self._running[unit.successor].absorb(self._running.pop(unit.name))
        return {unit.name: self._running[unit.name].year(year) for unit in self._units if unit.exists(year)}


def usual_applications(unit: Unit, seed: int) -> float:
    """How many applications such a unit gets in an ordinary year."""
    return _Simulation(unit, seed).applications


def added_up(children: Iterable[Table]) -> Table:
    """A government's tables: those of its direct children added up."""
    total: Table = {}
    for table in children:
        for key, value in table.items():
            total[key] = total.get(key, 0) + value
    return total


class _Simulation:
    """One unit's years; owns what lasts from year to year: stocks, cases not yet closed, the unit's own habits."""

    def __init__(self, unit: Unit, seed: int) -> None:
        self.unit, self.seed = unit, seed
        chance = stream(seed, unit.name, "habits")
        factors = unit.profile.factors if unit.profile else {}
        self.factor = {name: factors.get(name, 0.0) for name in ("licensing", "penalties", "coercion", "fees")}
        self.factor["other_services"] = 0.5 * self.factor["licensing"]
        if unit.level == "township":
            self.factor.update(licensing=0.3, penalties=0.05, other_services=0.6)
        self.level = _LEVEL[unit.level]
        self.size = lognormal(chance, 0.45)
        self.drift = chance.gauss(0.01, 0.04)
        self.applications = _APPLICATIONS[unit.like] * self.level * self.size * factors.get("applications", 1.0)
        self.documents = _DOCUMENTS[unit.like] * self.level * factors.get("documents", 1.0)
        # Government rules are made by provinces and by cities with districts; their offices carry them.
        self.makes_rules = unit.kind == "office" and unit.level in ("province", "prefecture")
        self.outcomes = {name: weight * lognormal(chance, 0.35) for name, weight in _OUTCOMES.items()}
        self.applicants = {name: weight * lognormal(chance, 0.3) for name, weight in _APPLICANT_WEIGHTS.items()}
        self.unfinished = chance.uniform(0.03, 0.09)
        self.disputed = {name: rate * lognormal(chance, 0.5) for name, rate in _REVIEW_BLOCKS.items()}
        self.open = {name: poisson(chance, self.applications * w / 1800) for name, w in self.applicants.items()}
        self.pending = {name: poisson(chance, self.applications * rate * 0.2) for name, rate in self.disputed.items()}
        self.in_force = {
            "rules": chance.randint(18, 46) if self.makes_rules else 0,
            "normative_documents": poisson(chance, self.documents * 6),
        }
        self.items = {name: poisson(chance, 12 * self.factor[name]) for name in (*_DECISIONS, "fees")}

        if unit.since:
            # A new unit has nothing from the year before.
            self.open, self.pending = dict.fromkeys(self.open, 0), dict.fromkeys(self.pending, 0)
            self.in_force, self.items = dict.fromkeys(self.in_force, 0), dict.fromkeys(self.items, 0)

    def absorb(self, other: _Simulation) -> None:
        """Take over what a merged unit did: its tasks, its stocks, its open cases."""
        for mine, its in (
            (self.open, other.open), (self.pending, other.pending), (self.in_force, other.in_force),
            (self.items, other.items),
        ):  # fmt: skip
            for name in mine:
                mine[name] += its[name]
        self.applications += other.applications
        self.documents += other.documents
        for name, factor in other.factor.items():
            self.factor[name] += factor * other.size / self.size

    def year(self, year: int) -> Table:
        """The tables of the next year."""
        chance = stream(self.seed, self.unit.name, year)
        table: Table = {}
        self._disclosure(chance, year, table)
        closed = self._applications(chance, year, table)
        self._review(chance, year, closed, table)
        return table

    def _disclosure(self, chance: Random, year: int, table: Table) -> None:
        old = regime_of(year) == "2019"
        for name in ("rules", "normative_documents"):
            mean = 1.2 if name == "rules" and self.makes_rules else 0.0 if name == "rules" else self.documents
            issued = poisson(chance, mean)
            # Every few years the documents in force are gone through, and many are repealed at once.
            repealed = binomial(chance, self.in_force[name], 0.14 if year in (2021, 2023) else 0.04)
            self.in_force[name] += issued - repealed
            values = (issued, issued, self.in_force[name]) if old else (issued, repealed, self.in_force[name])
            codes = ("made", "newly_disclosed", "total_disclosed") if old else ("issued", "repealed", "in_force")
            table.update({(f"{name}.{code}", "all"): value for code, value in zip(codes, values, strict=True)})
        busy = ACTIVITY.get(year, 1.0) * (1 + self.drift) ** (year - FIRST_YEAR)
        for name, base in _DECISIONS.items():
            count = poisson(chance, base * self.level * self.size * self.factor[name] * busy * lognormal(chance, 0.12))
            if old or name != "other_services":
                table[f"{name}.decisions", "all"] = count
        fees = round(self.factor["fees"] * self.level * self.size * busy * lognormal(chance, 0.2) * 3_000_000)
        if not old:
            table["fees.amount", "all"] = fees if chance.random() < 0.4 else fees // 100 * 100
            return
        for name in (*_DECISIONS, "fees"):
            change = max(-self.items[name], chance.choice((0, 0, 0, 1, 2, -1, -2))) if self.items[name] else 0
            table[f"{name}.items_previous_year", "all"] = self.items[name]
            table[f"{name}.items_change", "all"] = change
            self.items[name] += change
        projects = poisson(chance, 9 * self.level * self.size)
        table["procurement.projects", "all"] = projects
        table["procurement.amount", "all"] = sum(round(lognormal(chance, 1.0) * 420_000) for _ in range(projects))

    def _applications(self, chance: Random, year: int, table: Table) -> int:
        """Fill table 3 and return the number of applications closed."""
        trend = TREND.get(year, TREND[max(TREND)]) * (1 + self.drift) ** (year - FIRST_YEAR)
        arriving = share(chance, poisson(chance, self.applications * trend * lognormal(chance, 0.16)), self.applicants)
        old = regime_of(year) == "2019"
        for applicant, new in arriving.items():
            carried_in = self.open[applicant]
            carried_out = binomial(chance, new + carried_in, self.unfinished)
            closed = new + carried_in - carried_out
            self.open[applicant] = carried_out
            dealt = share(chance, closed, self.outcomes)
            if old:
                dealt["other"] = sum(dealt.pop(name) for name in list(dealt) if name.startswith("other."))
            rows = {"new": new, "carried_in": carried_in, **dealt, "closed": closed, "carried_out": carried_out}
            for name, value in rows.items():
                table[f"applications.{name}", applicant] = value
                everybody = (f"applications.{name}", "all")
                table[everybody] = table.get(everybody, 0) + value
        return table["applications.closed", "all"]

    def _review(self, chance: Random, year: int, closed: int, table: Table) -> None:
        for block in _REVIEW_BLOCKS:
            rate = self.disputed[block]
            if year >= REFUSALS_TO_REVIEW_FIRST:
                rate *= {"review": 1.6, "litigation.direct": 0.15, "litigation.after_review": 1.2}[block]
            total = self.pending[block] + poisson(chance, closed * rate)
            pending = binomial(chance, total, 0.22)
            decided = share(chance, total - pending, _REVIEW_OUTCOMES)
            self.pending[block] = pending
            for name, value in {**decided, "pending": pending, "total": total}.items():
                table[f"{block}.{name}", "all"] = value
