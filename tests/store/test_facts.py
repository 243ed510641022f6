"""What stands: publish and the decisions' overlay against a plain model in Python, on random reports."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_reader import report

from gongkai.agencies.naming import agency_id
from gongkai.catalogue.derivations import derivations
from gongkai.records import CONFIDENT, Evidence, Figure, Method, Report, Status
from gongkai.store import generations, overlay
from gongkai.store.decisions import Effect, Target
from gongkai.store.publish import settle, sql
from gongkai.store.rows import Agency, Arrival, Batch, Place

AGENCIES = ("淮安市财政局", "淮安市教育局")
METRICS = ("applications.new", "applications.carried_in", "applications.handled", "applications.other.other")
OTHERS = ("applications.other.no_correction", "applications.other.unpaid_fee", "applications.other")

_figures = st.builds(
    lambda metric, value, status, method, scope, approximate, confidence: Figure(
        metric=metric,
        value=float(value) if status == Status.REPORTED else None,
        method=method,
        evidence=Evidence("x"),
        status=status,
        scope=scope,
        approximate=approximate,
        confidence=confidence,
    ),
    st.sampled_from(METRICS + OTHERS),
    st.integers(0, 9),
    st.sampled_from([Status.REPORTED, Status.REPORTED, Status.REPORTED, Status.BLANK, Status.NOT_APPLICABLE]),
    st.sampled_from([Method.TABLE, Method.NARRATIVE]),
    st.sampled_from([None, None, None, "whole"]),
    st.sampled_from([False, False, True]),
    st.sampled_from([1.0, 1.0, 0.9, CONFIDENT, 0.5]),
)

_reports = st.lists(
    st.builds(
        dict,
        agency=st.sampled_from((*AGENCIES, None)),
        year=st.sampled_from((2022, 2023, None)),
        period=st.sampled_from(("year", "year", "year", "h1")),
        kind=st.sampled_from(("annual_report", "annual_report", "summary", "self_check")),
        stage=st.sampled_from((None, "draft", "approved", "published", "corrected")),
        scope=st.sampled_from(("organ", "organ", "whole", None)),
        regime=st.sampled_from(("2021", "2021", "2019", None)),
        secondary_source=st.sampled_from((False, False, False, True)),
        figures_=st.lists(_figures, max_size=8),
    ),
    min_size=1,
    max_size=8,
).map(
    lambda entries: [
        replace(
            report(f"{number:064x}", **{k: v for k, v in entry.items() if k != "figures_"}),
            figures=tuple(entry["figures_"]),
        )
        for number, entry in enumerate(entries)
    ]
)

_effects = st.dictionaries(
    st.integers(0, 7),
    st.builds(
        Effect,
        fields=st.fixed_dictionaries(
            {},
            optional={
                "agency": st.sampled_from(AGENCIES),
                "year": st.sampled_from((2022, 2023, 2024)),
                "period": st.just("year"),
                "kind": st.sampled_from(("annual_report", "summary")),
                "stage": st.sampled_from(("draft", "published", None)),
                "scope": st.sampled_from(("organ", "whole", None)),
                "secondary_source": st.booleans(),
            },
        ),
        withdrawn=st.booleans(),
    ),
    max_size=4,
)


def _arrivals(reports: Iterable[Report]) -> list[Arrival]:
    def known(name: str | None) -> Agency | None:
        place = Place("江苏省", "淮安市", None, "prefecture", "department")
        return Agency(agency_id(name, "江苏省"), name, place) if name else None

    return [Arrival(one, "office", "txt", known(one.agency), "1") for one in reports]


def _store(*portions: list[Report]) -> duckdb.DuckDBPyConnection:
    """A store in memory into which the portions went one after another, each settled."""
    connection = generations.attach(None, read_only=False)
    for portion in portions:
        batch = Batch(1)
        for arrival in _arrivals(portion):
            batch.add(arrival)
        batch.store(connection)
        settle(connection)
    connection.execute(sql("views"))
    return connection


def _contents(connection: duckdb.DuckDBPyConnection) -> tuple[list[Any], list[Any]]:
    standing = (
        "SELECT report_id, agency_id, year, scope, kind, stage, standing, standing_reason FROM report ORDER BY ALL"
    )
    facts = "SELECT * FROM fact ORDER BY ALL"
    return connection.execute(standing).fetchall(), connection.execute(facts).fetchall()


def _model(reports: list[Report]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The facts, by plain reading of the rules: {(agency, year, scope, metric): (value, status, basis)}."""
    comparable = [
        one for one in reports if one.agency and one.year and one.period == "year" and not one.secondary_source
    ]
    rank = {"corrected": 0, "published": 1, "approved": 2}

    def version(one: Report) -> tuple[Any, ...]:
        same = {two.scope for two in comparable if (two.agency, two.year, two.kind) == (one.agency, one.year, one.kind)}
        stated = same - {None}
        return (one.agency, one.year, str(one.scope or (min(stated) if len(stated) == 1 else None)), one.kind)

    current = [
        min(versions, key=lambda one: (rank.get(one.stage or "", 3), one.sha256))
        for _, versions in groupby(sorted(comparable, key=version), key=version)
    ]
    kinds = {"annual_report": 0, "summary": 1, "self_check": 2}
    strengths = {Method.TABLE: 0, Method.NARRATIVE: 2}
    ids = {arrival.report.sha256: arrival.id for arrival in _arrivals(reports)}
    best: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for one in current:
        for position, figure in enumerate(one.figures):
            if figure.confidence < CONFIDENT:
                continue
            key = (one.agency, one.year, figure.scope or one.scope, figure.metric)
            aside = figure.scope is not None and figure.scope != one.scope
            order = (
                *(figure.status != Status.REPORTED, kinds[one.kind], strengths[figure.method], aside),
                *(figure.approximate, -figure.confidence, ids[one.sha256], position),
            )
            entry = (order, figure.value, str(figure.status), str(figure.method), one)
            if key not in best or order < best[key][0]:
                best[key] = entry
    found = {key: entry[1:4] for key, entry in best.items()}
    for derivation in derivations():
        for place in {key[:3] for key in best}:
            parts = [best.get((*place, part)) for part in derivation.parts]
            if any(part is None or part[2] != "reported" or part[4] is not parts[0][4] for part in parts):  # type: ignore[index]
                continue
            source = parts[0][4]  # type: ignore[index]
            if source.regime not in derivation.regimes:
                continue
            # As strong as its weakest part, and after a statement of that strength.
            orders = [part[0] for part in parts]  # type: ignore[index]
            strength = (False, kinds[source.kind], max(order[2] for order in orders) + 1)
            stated = best.get((*place, derivation.total))
            if stated is None or strength < stated[0][:3]:
                total = sum(part[1] for part in parts)  # type: ignore[index]
                found[(*place, derivation.total)] = (total, "reported", "derived")
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_reports)
def test_facts_follow_the_rules(reports: list[Report]) -> None:
    connection = _store(reports)
    names = {agency_id(name, "江苏省"): name for name in AGENCIES}
    facts = {
        (names[id_], year, scope, metric): (value, status, basis)
        for id_, year, scope, metric, value, status, basis in connection.execute(
            "SELECT agency_id, year, scope, metric, value, status, basis FROM fact"
        ).fetchall()
    }
    assert facts == _model(reports)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_reports, st.integers(0, 8))
def test_the_order_of_arrival_does_not_matter(reports: list[Report], cut: int) -> None:
    assert _contents(_store(reports)) == _contents(_store(reports[cut:], reports[:cut], reports[:1]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_reports, _effects)
def test_the_overlay_is_the_same_as_a_rebuild(reports: list[Report], decided: dict[int, Effect]) -> None:
    decided = {number: effect for number, effect in decided.items() if number < len(reports)}
    connection = _store(reports)
    overlay.lay(connection, {Target("office", reports[number].sha256, 0): one for number, one in decided.items()})
    changed = [
        replace(one, **decided[number].fields) if number in decided else one for number, one in enumerate(reports)
    ]
    withdrawn = {reports[number].sha256 for number, effect in decided.items() if effect.withdrawn}
    rebuilt = _store([one for one in changed if one.sha256 not in withdrawn] or [report("f" * 64, agency=None)])
    standing, facts = _contents(connection)
    expected_standing, expected_facts = _contents(rebuilt)
    assert facts == expected_facts
    assert [row for row in standing if row[6] != "withdrawn"] == [
        row for row in expected_standing if row[1] is not None or withdrawn != {one.sha256 for one in reports}
    ]


def test_a_sentence_on_another_scope_makes_its_own_fact() -> None:
    figures = (
        Figure("applications.new", 17.0, Method.NARRATIVE, Evidence("17件")),
        Figure("applications.new", 95.0, Method.NARRATIVE, Evidence("95件"), scope="whole"),
    )
    connection = _store([replace(report("a" * 64), figures=figures)])
    facts = connection.execute("SELECT scope, value FROM fact ORDER BY value").fetchall()
    assert facts == [("organ", 17.0), ("whole", 95.0)]


def test_a_version_without_a_scope_is_one_of_the_report_that_states_it() -> None:
    draft = replace(report("a" * 64), stage="draft", scope="organ")
    published = replace(report("b" * 64), stage="published", scope=None)

    def standings(*reports: Report) -> list[str]:
        return [row[6] for row in _contents(_store(list(reports)))[0]]

    assert sorted(standings(draft, published)) == ["current", "superseded"]
    other = replace(report("c" * 64), stage="published", scope="whole")
    assert standings(draft, published, other) == ["current"] * 3, "of which of the two it is a version cannot be told"


def test_missing_is_known_as_missing() -> None:
    figures = tuple(
        Figure(metric, None, Method.TABLE, Evidence("/"), status=status)
        for metric, status in (("applications.new", Status.BLANK), ("fees.amount", Status.NOT_APPLICABLE))
    )
    connection = _store([replace(report("a" * 64), figures=figures)])
    facts = connection.execute("SELECT metric, value, status FROM fact ORDER BY metric").fetchall()
    assert facts == [("applications.new", None, "blank"), ("fees.amount", None, "not_applicable")]


def test_a_few_new_reports_leave_other_facts_alone() -> None:
    """Below FULL_SHARE only the touched agency-years are built again; the result is the same."""
    many = [report(f"{n:064x}", agency=f"淮安市第{n}中学", figures={"applications.new": n}) for n in range(60)]
    late = report("e" * 64, agency="淮安市第7中学", stage="corrected", figures={"applications.new": 700})
    assert _contents(_store(many, [late])) == _contents(_store([*many, late]))


def test_figures_are_found_by_their_id() -> None:
    connection = _store([report("a" * 64, figures={"applications.new": 1, "applications.carried_in": 2})])
    joined = connection.execute(
        "SELECT fact.metric, evidence.quote FROM fact JOIN evidence USING (report_id, figure_id) ORDER BY ALL"
    ).fetchall()
    assert joined == [("applications.carried_in", "2"), ("applications.new", "1")]
    assert connection.execute("SELECT count(*) FROM fact WHERE basis = 'derived' AND figure_id IS NULL").fetchall() == [
        (1,)
    ]
