"""The figures of two versions: what is stated elsewhere with the same value is no change."""

from __future__ import annotations

import random

import pytest

from gongkai.checks.version_figures import Change, FigureChange, Statement, compare_figures, statements
from gongkai.records import Evidence, Figure, Method, Status

NEW = "applications.new"


def table(value: float | None, metric: str = NEW, **more: object) -> Statement:
    return Statement(metric, "all", value, **({"status": "reported" if value is not None else "blank"} | more))  # type: ignore[arg-type]


def said(value: float, metric: str = NEW, **more: object) -> Statement:
    return Statement(metric, "all", value, method="narrative", **more)  # type: ignore[arg-type]


def short(found: list[FigureChange]) -> list[tuple[str, float | None, float | None]]:
    return [
        (str(each.change), each.before.value if each.before else None, each.after.value if each.after else None)
        for each in found
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([table(18)], [table(18)], []),
        ([table(18)], [table(19)], [("value", 18, 19)]),
        ([table(18)], [said(18)], []),
        ([table(18), said(18)], [table(18)], []),
        ([table(18)], [said(20)], [("value", 18, 20)]),
        # The sentence was right already, the table was mended; and the other way round.
        ([table(18), said(19)], [table(19), said(19)], [("value", 18, 19)]),
        ([table(18), said(18)], [table(18), said(19)], [("value", 18, 19)]),
        ([table(18), said(18)], [table(19), said(19)], [("value", 18, 19), ("value", 18, 19)]),
        ([said(18), said(20)], [said(18)], [("vanished", 20, None)]),
        ([said(18)], [said(18), table(19)], [("value", 18, 19)]),
        ([], [table(0)], [("appeared", None, 0)]),
        ([table(0)], [], [("vanished", 0, None)]),
        ([table(None)], [table(0)], [("status", None, 0)]),
        ([table(0)], [table(None, status="not_applicable")], [("status", 0, None)]),
        ([table(None)], [table(None, status="not_applicable")], [("status", None, None)]),
        ([table(None, status="absent")], [], []),
        ([table(18), table(18)], [table(18)], []),
        ([table(0.1 + 0.2)], [table(0.3)], []),
    ],
)
def test_a_figure_of_two_versions(
    before: list[Statement], after: list[Statement], expected: list[tuple[str, float | None, float | None]]
) -> None:
    assert short(compare_figures(before, after)) == expected


def test_the_own_scope_is_the_same_whether_named_or_not() -> None:
    named = [table(18, scope="organ")]
    assert not compare_figures(named, [table(18)], scope_before=None, scope_after="organ")
    assert not compare_figures([table(18)], named, scope_before="organ", scope_after="organ")
    other = compare_figures(
        [table(18)], [table(18), said(95, scope="whole")], scope_before="organ", scope_after="organ"
    )
    assert [(each.change, each.scope) for each in other] == [(Change.APPEARED, "whole")]


def test_a_change_that_rests_on_a_doubt_says_so() -> None:
    (sure,) = compare_figures([table(1)], [table(2)])
    (unsure,) = compare_figures([table(1)], [table(2, confidence=0.5)])
    (unread,) = compare_figures([table(1)], [table(None, status="unreadable")])
    assert (sure.doubtful, unsure.doubtful, unread.doubtful) == (False, True, True)


def test_changes_come_in_the_order_of_the_catalogue() -> None:
    before = [table(1, "b"), table(1, "a"), table(1, "unknown")]
    found = compare_figures(before, [], order={"b": 0, "a": 1})
    assert [each.metric for each in found] == ["b", "a", "unknown"]


def test_figures_of_a_report_become_statements() -> None:
    place = Evidence("18")
    figures = [
        Figure(NEW, 18.0, Method.TABLE, place),
        Figure(NEW, None, Method.TABLE, place, "company", Status.BLANK, scope="organ", confidence=0.4),
    ]
    assert statements(figures) == [
        Statement(NEW, "all", 18.0, "reported", "table", None, 1.0, "0"),
        Statement(NEW, "company", None, "blank", "table", "organ", 0.4, "1"),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_swapped_versions_have_the_same_changes_the_other_way(seed: int) -> None:
    chance = random.Random(seed)

    def version() -> list[Statement]:
        return [
            Statement(
                chance.choice("ab"),
                "all",
                value := chance.choice([None, 0.0, 1.0, 2.0]),
                "blank" if value is None else "reported",
                chance.choice(["table", "narrative"]),
            )
            for _ in range(6)
        ]

    before, after = version(), version()
    assert not compare_figures(before, before)
    there, back = compare_figures(before, after), compare_figures(after, before)
    turned = {"appeared": "vanished", "vanished": "appeared"}
    assert sorted((each.metric, turned.get(each.change, str(each.change))) for each in there) == sorted(
        (each.metric, str(each.change)) for each in back
    )
    chance.shuffle(before)
    assert sorted(map(str, short(compare_figures(before, before[::-1])))) == []
