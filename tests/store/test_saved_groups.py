"""Saved groups: begun, changed, deleted and undone by further entries, each signed; nothing wrong is saved."""

from __future__ import annotations

import pytest

from gongkai.store.journal import JournalError
from gongkai.store.saved_groups import GroupError, SavedGroups
from gongkai.store.workspace import Workspace


def test_a_group_is_changed_and_undone_step_by_step(office: Workspace) -> None:
    groups = SavedGroups(office)
    assert groups.standing() == []
    number = groups.save("office", " 长三角  各市 ", ["b", "a", "b"], "甲", "比较")
    (begun,) = groups.standing("office")
    assert (begun.id, begun.name, begun.units, begun.owner) == (number, "长三角 各市", ("a", "b"), "甲")
    assert groups.save("office", "长三角", ["a"], "乙", "改名", number) == number
    groups.delete(number, "丙", "不用了")
    assert groups.find(number) is None
    steps = groups.history(number)
    assert [(step.event, step.actor, step.undoable) for step in steps] == [
        ("saved", "甲", False),
        ("saved", "乙", False),
        ("deleted", "丙", True),
    ]
    groups.undo(number, steps[2].id, "甲", "误删")
    found = groups.find(number)
    assert found is not None
    assert (found.name, found.units, found.changed_by) == ("长三角", ("a",), "甲")
    groups.undo(number, steps[1].id, "甲", "还原")
    assert groups.find(number) == groups.standing()[0]
    assert groups.standing()[0].units == ("a", "b")
    groups.undo(number, steps[0].id, "甲", "撤销")
    assert groups.standing() == []


def test_what_is_wrong_is_refused(office: Workspace) -> None:
    groups = SavedGroups(office)
    number = groups.save("office", "一组", ["a"], "甲", "比较")
    for name, units, message in (("", ["a"], "name"), ("长" * 41, ["a"], "name"), ("二组", [], "units")):
        with pytest.raises(GroupError, match=message):
            groups.save("office", name, units, "甲", "比较")
    with pytest.raises(GroupError, match="already"):
        groups.save("office", "一组", ["b"], "甲", "比较")
    assert groups.save("sample", "一组", ["b"], "甲", "另一数据集") != number
    with pytest.raises(GroupError, match="no such group"):
        groups.save("sample", "三组", ["b"], "甲", "比较", number)
    with pytest.raises(GroupError, match="no such group"):
        groups.delete(99, "甲", "比较")
    with pytest.raises(GroupError, match="undone"):
        groups.undo(number, 99, "甲", "比较")
    with pytest.raises((GroupError, JournalError), match="name of who"):
        groups.save("office", "四组", ["a"], " ", "比较")


def test_a_deleted_name_is_free_again_and_undoing_makes_no_twins(office: Workspace) -> None:
    groups = SavedGroups(office)
    first = groups.save("office", "一组", ["a"], "甲", "比较")
    groups.delete(first, "甲", "不用了")
    groups.save("office", "一组", ["b"], "甲", "比较")
    with pytest.raises(GroupError, match="already"):
        groups.undo(first, groups.history(first)[-1].id, "甲", "误删")
