"""The figures: a missing value is a gap and never 0, lines are cut at breaks, names from documents are no markup."""

import pandas as pd
import pytest

from gongkai.catalogue.breaks import Break, all_breaks, breaks_of
from gongkai.charts.bars import compared_bars, composition, ranked_bars, stacked_columns
from gongkai.charts.spread import coverage_heat, distribution
from gongkai.charts.theme import clipped
from gongkai.charts.trend import Mark, trend

CUT = Break(2021, ("review",), "broken", "新格式", "new form", "原因", "reason")
BRIDGE = Break(2021, ("review",), "bridged", "新格式", "new form", "原因", "reason")


def units(**columns: list[object]) -> pd.DataFrame:
    """Invented units with values."""
    frame = pd.DataFrame({"agency_id": ["a", "b", "c"], "name": ["甲局", "<b>乙</b>&局", "丙局"], **columns})
    return frame.assign(approximate=[False, True, False])


def test_a_line_is_not_drawn_between_years_of_other_units() -> None:
    frame = line({2020: 1.0, 2021: 2.0, 2022: 3.0}).assign(joined=[False, False, True])
    assert list(trend(frame, [2020, 2021, 2022], [], "件", "zh-CN").data[0].y) == [None, 1.0, None, 2.0, 3.0]


def test_a_missing_unit_has_no_bar() -> None:
    chart = ranked_bars(units(value=[5.0, None, 0.0]), "件", "zh-CN", marked="a")
    assert list(chart.data[0].x) == [5.0, 0.0]
    assert list(chart.data[0].y) == ["a", "c"]


def test_names_are_escaped_and_clicks_carry_the_agency() -> None:
    chart = ranked_bars(units(value=[5.0, 4.0, 3.0]), "件", "zh-CN")
    assert "&lt;b&gt;乙&lt;/b&gt;&amp;局" in chart.data[0].hovertext[1]
    assert "约" in chart.data[0].text[1]
    assert [list(row) for row in chart.data[0].customdata] == [["a"], ["b"], ["c"]]


def line(rows: dict[int, float | None]) -> pd.DataFrame:
    """One series by year."""
    return pd.DataFrame({"series": "全部", "year": list(rows), "value": list(rows.values())})


def test_a_missing_year_is_a_gap() -> None:
    chart = trend(line({2019: 1.0, 2020: None, 2022: 3.0}), [2019, 2020, 2021, 2022], [], "件", "zh-CN")
    assert list(chart.data[0].y) == [1.0, None, None, 3.0]
    assert chart.data[0].connectgaps is False


def test_a_line_is_cut_where_the_form_changed() -> None:
    frame = line({2020: 1.0, 2021: 2.0})
    assert list(trend(frame, [2020, 2021], [CUT], "件", "zh-CN").data[0].y) == [1.0, None, 2.0]
    assert list(trend(frame, [2020, 2021], [BRIDGE], "件", "zh-CN").data[0].y) == [1.0, 2.0]
    for each in (CUT, BRIDGE):
        chart = trend(frame, [2020, 2021], [each], "件", "en")
        assert chart.layout.shapes[0].x0 == 2020.5
        assert chart.layout.annotations[0].text == "new form"


def test_shares_of_nothing_are_not_drawn() -> None:
    frame = pd.DataFrame({"group": ["甲", "甲"], "part": ["x", "y"], "value": [0.0, 0.0]})
    chart = composition(frame, {"x": "一", "y": "二"}, "件", "zh-CN")
    assert [trace.x[0] for trace in chart.data] == [None, None]


def test_shares_add_up() -> None:
    frame = pd.DataFrame({"group": ["甲", "甲"], "part": ["x", "y"], "value": [1.0, 3.0]})
    chart = composition(frame, {"x": "一", "y": "二"}, "件", "zh-CN")
    assert [trace.x[0] for trace in chart.data] == [25.0, 75.0]


def test_coverage_without_a_report_stays_empty() -> None:
    frame = pd.DataFrame({"row": ["甲"], "year": [2020], "count": [2]})
    chart = coverage_heat(frame, [2019, 2020], "zh-CN", "{count} 家")
    assert [list(row) for row in chart.data[0].z] == [[None, 2.0]]
    assert chart.data[0].hovertext[0][1].endswith("2 家")


def test_distribution_marks_the_chosen_unit() -> None:
    chart = distribution(units(value=[5.0, 4.0, None], detail=["", "已更正", ""]), "%", "zh-CN", marked="b")
    assert [list(trace.x) for trace in chart.data] == [[5.0], [4.0]]
    assert chart.data[1].hovertext[0].endswith("<br>已更正")


def test_the_rest_draws_empty_frames() -> None:
    empty = pd.DataFrame({"agency_id": [], "name": [], "value": [], "approximate": [], "detail": []})
    assert ranked_bars(empty, "件", "en") is not None
    assert compared_bars(empty, "件", "en") is not None
    assert distribution(empty, "件", "en") is not None
    assert trend(pd.DataFrame({"series": [], "year": [], "value": []}), [], [], "件", "en") is not None
    assert stacked_columns(pd.DataFrame({"year": [], "part": [], "value": []}), {"x": "一"}, [], "en") is not None


@pytest.mark.parametrize(("text", "words"), [("甲乙丙", "甲乙丙"), ("甲乙丙丁", "甲乙…"), ("abcdef", "abcdef")])
def test_clipping_counts_width(text: str, words: str) -> None:
    assert clipped(text, 3) == words


def test_breaks_concern_what_they_name() -> None:
    years = list(range(2018, 2026))
    assert [(each.year, each.cuts) for each in breaks_of(("review.total",), years)] == [(2019, True), (2024, True)]
    assert [(each.year, each.cuts) for each in breaks_of(("applications.new",), years)] == [(2019, True), (2021, False)]
    assert [(each.year, each.cuts) for each in breaks_of(("normative_documents.in_force",), years)] == [
        (2019, True),
        (2021, True),
    ]
    assert breaks_of(("hotline.cases",), years) == []
    assert breaks_of(("review.total",), [2021, 2022]) == []
    assert all(each.label("en") and each.reason("zh") for each in all_breaks())


def test_a_rename_is_a_mark_over_which_the_line_goes_on() -> None:
    frame = pd.DataFrame({"series": "新收", "year": [2021, 2022, 2024], "value": [1.0, 2.0, 3.0]})
    mark = Mark(2023, "更名", "2023 年起由“<甲>”更名为“乙”")
    chart = trend(frame, [2021, 2022, 2023, 2024], [], "件", "zh-CN", marks=[mark])
    (line,) = chart.data
    assert list(line.y) == [1.0, 2.0, None, 3.0]
    assert list(line.marker.symbol) == ["circle", "circle", "circle", "diamond"]
    assert "“&lt;甲&gt;”更名" in line.hovertext[3]
    assert "更名" not in line.hovertext[1]
    assert [(note.x, note.text) for note in chart.layout.annotations] == [(2022.5, "更名")]
    assert [shape.line.dash for shape in chart.layout.shapes] == ["dot"]


def test_a_mark_of_one_line_leaves_the_others_alone_and_outside_the_years_none() -> None:
    frame = pd.DataFrame({"series": ["甲", "甲", "乙", "乙"], "year": [2022, 2023] * 2, "value": [1.0, 2, 3, 4]})
    marks = [Mark(2023, "更名", "改", "甲"), Mark(2022, "更名", "早", "乙"), Mark(2024, "更名", "晚", "乙")]
    chart = trend(frame, [2022, 2023], [], "件", "zh-CN", marks=marks)
    first, second = chart.data
    assert list(first.marker.symbol) == ["circle", "diamond"]
    assert second.marker.symbol == "circle"
    assert not chart.layout.annotations
