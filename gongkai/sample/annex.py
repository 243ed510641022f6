"""The figures of the years before the forms of 2019: of sentences, and of the annex of 2014.

The annex's identities hold: applications are the sum of their channels, answers of their kinds, and so on.
"""

from __future__ import annotations

from functools import cache
from random import Random

from gongkai.catalogue.forms import forms
from gongkai.sample.activity import Values, activity
from gongkai.sample.chance import poisson, share, stream
from gongkai.sample.counts import FIRST_YEAR, Table, usual_applications
from gongkai.sample.unit import Unit

FIRST_ANNEX_YEAR = 2014
_TREND = {2014: 0.48, 2015: 0.58, 2016: 0.7, 2017: 0.82, 2018: 0.93}
"""Applications, relative to 2019."""
_ANSWERS = {
    "already_public": 30.0, "agreed": 32.0, "partly_agreed": 6.0, "refused": 9.0, "not_this_agency": 9.0,
    "does_not_exist": 8.0, "asked_to_amend": 4.0, "other_route": 2.0,
}  # fmt: skip
_REFUSALS = {
    "state_secret": 0.3, "trade_secret": 1.0, "privacy": 2.0, "security": 0.4, "not_government_information": 3.0,
    "other": 2.0,
}  # fmt: skip
_CHANNELS = {"in_person": 20.0, "fax": 2.0, "online": 55.0, "letter": 23.0}
_LEVEL = {"province": 300.0, "prefecture": 90.0, "county": 25.0, "township": 2.0}


def is_annex_year(year: int) -> bool:
    """Whether the reports on `year` have the annex instead of the forms' tables."""
    return year < FIRST_YEAR


def annex_values(unit: Unit, year: int, seed: int) -> Values:
    """What a unit that reports for itself did in a year of the annex, at its usual size; amounts in yuan."""
    usual = usual_applications(unit, seed) * _TREND.get(year, min(_TREND.values()))
    return figures(unit, year, stream(seed, unit.name, "figures", year), seed, usual)


def table_of_annex(values: Values) -> Table:
    """The annex of `values`; amounts in yuan."""
    return {(metric, "all"): round(values[metric]) for metric in annex_metrics()}


def figures(unit: Unit, year: int, chance: Random, seed: int, applications: float | None = None) -> Values:
    """What a unit did in a year before the forms of 2019, or in half a year: all that sentences and the annex state.

    `applications`: how many are to be expected (null: any number that fits its level).
    """
    found = activity(unit, year, seed)
    for code in ("gazette", "weibo", "wechat"):
        found.setdefault(f"disclosure.{code}", 0.0)
    found["disclosure.new_media"] = found["disclosure.weibo"] + found["disclosure.wechat"]
    found["disclosure.normative_documents"] = float(poisson(chance, 3))
    found["normative_documents.issued"] = found["disclosure.normative_documents"] + chance.choice((0, 0, 0, 1))
    if applications is None:
        applications = _LEVEL[unit.level] * chance.choice((0.02, 0.3, 1.0))
    new = poisson(chance, applications)
    found["applications.new"] = float(new)
    found |= {f"applications.channel.{name}": float(n) for name, n in share(chance, new, _CHANNELS).items()}
    closed = max(0, new - chance.choice((0, 0, 1, 2)))
    extended = chance.randint(0, closed // 8)
    found["applications.closed"] = found["applications.answered"] = float(closed)
    found["applications.closed_extended"] = float(extended)
    found["applications.closed_on_time"] = float(closed - extended)
    answers = share(chance, closed, _ANSWERS)
    found |= {f"applications.answered.{name}": float(n) for name, n in answers.items()}
    for name, count in share(chance, answers["refused"], _REFUSALS).items():
        found[f"applications.answered.refused.{name}"] = float(count)
    for block, mean in (("review", 0.05), ("litigation", 0.03)):
        outcomes = share(chance, poisson(chance, closed * mean), {"upheld": 6.0, "corrected": 2.0, "other": 2.0})
        found |= {f"{block}.{name}": float(count) for name, count in outcomes.items()}
        found[f"{block}.total"] = float(sum(outcomes.values()))
    for code in ("press_conferences", "interviews"):
        total = found.setdefault(f"responses.{code}", 0.0)
        found[f"responses.{code}_by_leaders"] = float(chance.randint(0, int(total)))
    for code in ("responses.hot_topics", "interpretation.total", "complaints.total", "organisation.reading_points"):
        found.setdefault(code, 0.0)
    found["responses.social_media"] = float(poisson(chance, 4))
    found["responses.other"] = float(poisson(chance, 2))
    found["organisation.offices"] = 1.0
    full_time = min(found["organisation.staff"], float(chance.randint(0, 3)))
    found["organisation.staff_full_time"] = full_time
    found["organisation.staff_part_time"] = found["organisation.staff"] - full_time
    found["organisation.budget"] = chance.choice((0.0, 0.0, 20_000.0, 55_000.0, 128_000.0))
    for code in ("meetings", "trainings", "trainees"):
        found.setdefault(f"organisation.{code}", 0.0)
    # Before the charges of 2021 copying cost a few yuan.
    cases = poisson(chance, 0.3)
    found["applications.fees_cases"] = float(cases)
    found["applications.fees_charged"] = float(sum(chance.choice((20, 45, 80, 310)) for _ in range(cases)))
    return found


@cache
def annex_metrics() -> tuple[str, ...]:
    """The metrics of the annex from its first row to its last."""
    table = forms()["2014"].table("annex")
    return tuple(row.key for row in table.rows) if table else ()
