"""Flow and drivers: streams add up, streams of 0 are left out, names are no markup."""

from __future__ import annotations

import pandas as pd

from gongkai.charts.drivers import drivers
from gongkai.charts.flow import application_flow

WORDS = {
    "natural_person": "自然人",
    "company": "<b>企业",
    "new": "新收",
    "granted": "公开",
    "kept": "结转",
    "denied": "不予",
}


def test_streams_are_those_of_the_figures() -> None:
    frame = pd.DataFrame(
        [
            ("new", "natural_person", 7), ("new", "company", 0), ("in", "natural_person", 1), ("in", "company", 2),
            ("granted", "natural_person", 6), ("granted", "company", 2), ("kept", "natural_person", 2),
            ("kept", "company", 0), ("denied", "natural_person", 0), ("denied", "company", 0),
        ],
        columns=["metric", "applicant", "value"],
    )  # fmt: skip
    chart = application_flow(frame, ("new", "in"), ("granted", "denied", "kept"), WORDS, "应办理", "件", "zh-CN")
    (sankey,) = chart.data
    assert list(sankey.node.label) == ["自然人 8", "&lt;b&gt;企业 2", "应办理 10", "公开 8", "结转 2"]
    assert list(zip(sankey.link.source, sankey.link.target, sankey.link.value, strict=True)) == [
        (0, 2, 8), (1, 2, 2), (2, 3, 6), (2, 3, 2), (2, 4, 2),
    ]  # fmt: skip


def test_bars_go_to_either_side() -> None:
    frame = pd.DataFrame(
        {"key": ["a", "b"], "name": ["甲", "<乙>"], "change": [3.0, -2.0], "text": ["+3", "-2"], "hover": ["", ""]}
    )
    (bars,) = drivers(frame, "件", "zh-CN").data
    assert list(bars.x) == [3.0, -2.0]
    assert bars.marker.color[0] != bars.marker.color[1]
    assert "&lt;乙&gt;" in bars.hovertext[1]
