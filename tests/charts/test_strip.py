"""The strip of states: one colour a state, words in the hover, nothing where a unit was not due."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from gongkai.charts.strip import COLOURS, NAMED, STATES, state_strip


def rows(*entries: tuple[str, int, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(list(entries), columns=["agency_id", "year", "state"])
    return frame.assign(agency=[f"<b>{key}</b>局" for key in frame["agency_id"]])


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "已备案"), ("en", "Filed")])
def test_the_hover_says_unit_year_and_state(language: str, word: str) -> None:
    chart = state_strip(rows(("a", 2023, "missing"), ("a", 2024, "filed"), ("b", 2024, "returned")), language)
    heat = chart.data[0]
    assert [list(line) for line in heat.z] == [[STATES.index("missing"), STATES.index("filed")], [None, 2]]
    assert heat.hovertext[0][1] == f"<b>&lt;b&gt;a&lt;/b&gt;局</b><br>2024: {word}"
    assert heat.hovertext[1][0] == ""
    assert [list(line) for line in heat.customdata] == [["a", "a"], ["b", "b"]]


def test_a_state_has_its_colour_whichever_are_there() -> None:
    heat = state_strip(rows(("a", 2024, "filed")), "zh-CN").data[0]
    scale = [
        (low, high, colour)
        for (low, colour), (high, _) in zip(heat.colorscale[::2], heat.colorscale[1::2], strict=True)
    ]
    for code, state in enumerate(STATES):
        place = (code - heat.zmin) / (heat.zmax - heat.zmin)
        assert [colour for low, high, colour in scale if low < place < high] == [COLOURS[state]]


def test_the_legend_and_the_signs_name_what_is_there() -> None:
    chart = state_strip(rows(("a", 2023, "missing"), ("b", 2024, "waiting")), "zh-CN")
    assert [trace.name for trace in chart.data if trace.showlegend is not False and trace.type == "scatter"] == [
        "未 未报",
        "待 待审",
    ]
    signs = [
        (list(trace.x), list(trace.y), list(trace.text))
        for trace in chart.data
        if trace.type == "scatter" and trace.mode == "text"
    ]
    assert signs == [(["2023"], ["a"], ["未"]), (["2024"], ["b"], ["待"])]


def test_unknown_states_and_years_that_were_not_due_stay_empty() -> None:
    chart = state_strip(rows(("a", 2023, None), ("a", 2024, "nonsense")), "en", [2022, 2023, 2024])
    assert [list(line) for line in chart.data[0].z] == [[None, None, None]]
    assert state_strip(rows(), "en").data


def test_many_units_have_low_rows_without_names_and_are_drawn_at_once() -> None:
    years = range(2014, 2026)
    few = state_strip(rows(*((f"u{unit}", 2024, "filed") for unit in range(60))), "zh-CN")
    assert NAMED >= 60
    assert few.layout.yaxis.showticklabels
    start = time.process_time()
    many = state_strip(rows(*((f"u{unit}", year, STATES[unit % 7]) for unit in range(3000) for year in years)), "zh-CN")
    assert time.process_time() - start < 3
    assert not many.layout.yaxis.showticklabels
    assert many.layout.height < 10_000
    assert not [trace for trace in many.data if trace.type == "scatter" and trace.mode == "text"]
    assert len(many.data[0].z) == 3000
