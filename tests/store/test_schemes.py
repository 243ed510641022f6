"""Schemes of composite indices: begun, changed, deleted and undone by further entries; nothing wrong is saved."""

from __future__ import annotations

import pytest

from gongkai.store.saved_groups import SavedGroups
from gongkai.store.schemes import SchemeError, Schemes, weighable
from gongkai.store.workspace import Workspace

CARRIED, REVIEW, SUITS = "applications.carried_out_share", "review.corrected_share", "litigation.corrected_share"


def test_a_scheme_is_changed_and_undone_step_by_step(office: Workspace) -> None:
    schemes = Schemes(office)
    assert schemes.standing() == []
    number = schemes.save("office", " 依申请  综合 ", {REVIEW: 60, CARRIED: 20, SUITS: 0}, "甲", "年度评价")
    (begun,) = schemes.standing("office")
    assert (begun.id, begun.name, begun.owner) == (number, "依申请 综合", "甲")
    assert begun.weights == {CARRIED: 20, REVIEW: 60}
    assert begun.shares == {CARRIED: 0.25, REVIEW: 0.75}
    assert schemes.save("office", "依申请", {REVIEW: 1, SUITS: 1}, "乙", "改权重", number) == number
    schemes.delete(number, "丙", "不用了")
    assert schemes.find(number) is None
    assert [each.name for each in schemes.deleted("office")] == ["依申请"]
    steps = schemes.history(number)
    assert [(step.event, step.actor, step.undoable) for step in steps] == [
        ("saved", "甲", False),
        ("saved", "乙", False),
        ("deleted", "丙", True),
    ]
    schemes.undo(number, steps[2].id, "甲", "误删")
    found = schemes.find(number)
    assert found is not None
    assert (found.weights, found.changed_by) == ({REVIEW: 1, SUITS: 1}, "甲")
    schemes.undo(number, steps[1].id, "甲", "还原")
    assert schemes.standing()[0].weights == begun.weights


def test_what_is_wrong_is_refused(office: Workspace) -> None:
    schemes = Schemes(office)
    good = {REVIEW: 1.0, CARRIED: 1.0}
    number = schemes.save("office", "一号", good, "甲", "评价")
    for weights in (
        {},
        {REVIEW: 1.0},
        {REVIEW: 1.0, CARRIED: 0.0},
        {REVIEW: -1.0, CARRIED: 1.0},
        {REVIEW: float("nan"), CARRIED: 1.0},
        {"applications.granted_share": 1.0, REVIEW: 1.0},
        {"no.such": 1.0, REVIEW: 1.0},
    ):
        with pytest.raises(SchemeError, match="weights"):
            schemes.save("office", "二号", weights, "甲", "评价")
    with pytest.raises(SchemeError, match="already"):
        schemes.save("office", "一号", good, "甲", "评价")
    with pytest.raises(SchemeError, match="no such scheme"):
        schemes.save("sample", "三号", good, "甲", "评价", number)
    with pytest.raises(SchemeError, match="name of who"):
        schemes.save("office", "四号", good, "甲", " ")
    assert len(schemes.standing()) == 1


def test_only_indicators_with_a_better_side_are_weighed() -> None:
    assert {CARRIED, REVIEW, SUITS} <= set(weighable())
    assert "applications.granted_share" not in weighable()


def test_schemes_and_groups_do_not_mix(office: Workspace) -> None:
    scheme = Schemes(office).save("office", "同名", {REVIEW: 1.0, CARRIED: 1.0}, "甲", "评价")
    group = SavedGroups(office).save("office", "同名", ["a"], "甲", "比较")
    SavedGroups(office).delete(group, "甲", "不用了")
    assert Schemes(office).find(scheme) is not None
