"""The views of a ranking: funnel, intervals in order, ranks over years, bands, and the table with everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import POPULATION, Measure
from gongkai.charts.bump import bump
from gongkai.charts.caterpillar import NAMED, caterpillar
from gongkai.charts.funnel import Curve, funnel
from gongkai.charts.theme import AMBER, BLUE, GREY, MAUVE, PALE_BLUE, TEAL, VERMILION
from gongkai.statistics.funnel import INNER
from gongkai.ui.address import choose_one, choose_several, unique_words
from gongkai.ui.cells import records
from gongkai.ui.chart import unit_chart
from gongkai.ui.filters import Filters
from gongkai.ui.kept import kept
from gongkai.ui.measures import asked, label
from gongkai.ui.messages import language, plain, t
from gongkai.ui.ranking_data import Ranking, limits
from gongkai.ui.ranking_words import hover, peers_name, share, texts
from gongkai.ui.table import export_button, table

COLOURS = {
    "within": PALE_BLUE,
    "good": TEAL,
    "watch": AMBER,
    "attention": VERMILION,
    "apart": MAUVE,
    "far": BLUE,
    "few": GREY,
}
_LINES = 8
_ALL = "all"
_BANDS = ("good", "usual", "attention", "few")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is looked at: `made` the year's ranking, `before` the year before (null where there is none), `years` gives
    those of all years when asked."""

    filters: Filters
    measure: Measure
    peers: str
    year: int
    made: Ranking
    before: Ranking | None
    years: Callable[[], dict[int, Ranking]]

    @property
    def texts(self) -> pd.DataFrame:
        """What is said of each unit of `made`."""
        return texts(self.made, self.measure)

    @property
    def title(self) -> str:
        """Indicator, peers and year, for alt texts and files."""
        return t("ranking.title", name=label(self.measure), peers=peers_name(self.peers), year=self.year)


def show_funnel(shown: Shown) -> None:
    """Value against size, with the limits of chance."""
    figure = kept("ranking_funnel", shown.made.key, lambda: _funnel(shown))
    if figure is None:
        st.caption(t("common.chart.empty"))
    else:
        unit_chart(figure, "ranking_funnel", shown.title, t("ranking.note_funnel"))


def _funnel(shown: Shown) -> go.Figure | None:
    drawn = shown.made.units[shown.made.units["status"].isin(["ranked", "few"])]
    if drawn.empty:
        return None
    curves = [
        Curve(t(f"ranking.limit_{round(level * 1000)}"), *found, dash="dash" if level == INNER else "dot")
        for level, found in limits(shown.measure, shown.made).items()
    ]
    return funnel(
        drawn.assign(size=drawn["denominator"], hover=shown.texts["hover"]),
        shown.made.target,
        curves,
        shown.measure.unit,
        language(),
        COLOURS,
        {place: t(f"ranking.place_{place}") for place in COLOURS},
        t("ranking.size", name=_cases(shown.measure)),
    )


def show_caterpillar(shown: Shown) -> None:
    """Estimates with intervals, in the order of the ranks."""
    count = len(shown.made.of("ranked"))
    if not count:
        st.caption(t("common.chart.empty"))
        return
    part = _ALL
    if count > NAMED:
        part = choose_one(
            "ranking",
            "part",
            t("ranking.part"),
            [_ALL, "first", "last"],
            _ALL,
            lambda name: t(f"ranking.part_{name}", count=NAMED),
        )
    figure = kept("ranking_caterpillar", (*shown.made.key, part), lambda: _caterpillar(shown, part))
    unit_chart(figure, "ranking_caterpillar", shown.title, t("ranking.note_caterpillar"))


def _caterpillar(shown: Shown, part: str) -> go.Figure:
    ranked = shown.made.of("ranked")
    ranked = {_ALL: ranked, "first": ranked.head(NAMED), "last": ranked.tail(NAMED)}[part]
    points = ranked.assign(hover=shown.texts["hover"])
    target = t("ranking.target", value=share(shown.made.target, shown.measure))
    return caterpillar(points, shown.made.target, shown.measure.unit, language(), COLOURS, target)


def show_years(shown: Shown) -> None:
    """Ranks over the years, of the units that were chosen, else of the first in the year looked at."""
    offered = kept("ranking_offered", shown.made.key, lambda: _offered(shown.made))
    chosen = choose_several(
        "ranking", "units", t("ranking.units"), list(offered), _LINES, offered.__getitem__, t("ranking.units_hint")
    )
    wanted = chosen or list(shown.made.of("ranked")["agency_id"].head(_LINES))
    with st.spinner(t("ranking.counting")):
        figure = kept("ranking_years", (*shown.made.key, tuple(wanted)), lambda: _years(shown, wanted))
    if figure is None:
        st.caption(t("common.chart.empty"))
    else:
        unit_chart(figure, "ranking_years", shown.title, t("ranking.note_years"))


def _offered(made: Ranking) -> dict[str, str]:
    """The names of all units of a ranking, by id."""
    names = dict(zip(made.units["agency_id"], made.units["agency"], strict=True))
    return unique_words(list(names), names.__getitem__)


def _years(shown: Shown, wanted: list[str]) -> go.Figure | None:
    by_year = shown.years()
    place = {agency_id: number for number, agency_id in enumerate(wanted)}
    rows = [
        {**row, "year": year, "hover": f"{year}<br>{hover(row, shown.measure)}"}
        for year, made in by_year.items()
        for row in records(made.units[made.units["agency_id"].isin(wanted) & (made.units["status"] == "ranked")])
    ]
    if not rows:
        return None
    frame = pd.DataFrame(rows)[["agency_id", "agency", "year", "rank", "hover"]]
    frame = frame.sort_values("agency_id", key=lambda ids: ids.map(place), kind="stable")
    years = list(by_year)
    cuts = [each.year for each in breaks_of(shown.measure.metrics, years) if each.cuts]
    last = max(int(made.units["rank"].max()) for made in by_year.values() if made.units["rank"].notna().any())
    return bump(frame, years, cuts, min(last, int(frame["rank"].max()) + 2))


def show_bands(shown: Shown) -> None:
    """What may go outside: bands, not ranks."""
    for column, band in zip(st.columns(len(_BANDS)), _BANDS, strict=True):
        own = shown.made.units[shown.made.units["band"] == band]
        own = own[own["status"] != "missing"].sort_values("agency", kind="stable")
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{t(f'ranking.band_{band}')}**　{t('topics.units', count=f'{len(own):,}')}")
            st.caption(t(f"ranking.band_{band}_help"))
            if len(own):
                st.markdown(plain(t("filters.list_separator").join(own["agency"].head(60))))
            if len(own) > 60:
                st.caption(t("ranking.band_more", count=f"{len(own) - 60:,}"))


def show_table(shown: Shown) -> None:
    """Every unit of the group, ranked or not, with what the rank rests on."""
    before = () if shown.before is None else shown.before.key
    frame = kept("ranking_table", (*shown.made.key, before), lambda: _rows(shown))
    names = (
        *("rank", "agency", "state", "value", "numerator", "denominator", "interval", "shrunken", "range", "moved"),
        "city",
    )
    columns = {name: t(f"ranking.column_{name}") for name in names}
    head, button = st.columns([3, 1], vertical_alignment="bottom")
    with head:
        st.subheader(plain(shown.title), anchor=False)
    judgement, percent = shown.measure.judgement, shown.measure.unit == "%"
    notes = [t(f"ranking.about_{name}") for name in ("interval", "shrunken", "range", "funnel")]
    with button, st.container(horizontal=True, horizontal_alignment="right"):
        export_button(
            frame,
            "ranking_export",
            shown.title,
            columns,
            measures=[shown.measure],
            coverage=t("ranking.coverage", ranked=len(shown.made.of("ranked")), all=len(frame)),
            notes=[*([judgement.caveat(language())] if judgement else []), *notes],
            formats=dict.fromkeys(("value", "shrunken"), '0.0"%"' if percent else "0.00"),
        )
    config = {
        "rank": st.column_config.NumberColumn(columns["rank"], width=64),
        "agency": st.column_config.TextColumn(columns["agency"], width=210, pinned=True),
        **{
            name: st.column_config.NumberColumn(columns[name], format="%.1f%%" if percent else "%.2f", width=90)
            for name in ("value", "shrunken")
        },
        **{
            name: st.column_config.NumberColumn(columns[name], format="localized", width=96)
            for name in ("numerator", "denominator")
        },
        "state": st.column_config.TextColumn(columns["state"], width=146),
        "moved": st.column_config.NumberColumn(columns["moved"], format="%+d", width=84),
    }
    table(frame, "ranking_table", columns, config=config, opens="agency_id", height=560)


def _rows(shown: Shown) -> pd.DataFrame:
    """The rows of the table: the units with what is said of each, how they moved, and where they stand in words."""
    frame = shown.made.units.copy()
    before = None if shown.before is None else shown.before.units.set_index("agency_id")["rank"]
    frame["moved"] = pd.array([pd.NA] * len(frame), dtype="Int64")
    if before is not None:
        frame["moved"] = before.reindex(frame["agency_id"]).array - frame["rank"]
    frame = frame.join(shown.texts[["range", "interval"]])
    none = "missing" if asked(shown.measure, shown.year) else "not_asked"
    told = frame["status"].where(frame["status"] != "missing", none)
    words = {place: t(f"ranking.place_{place}") for place in COLOURS}
    words |= {status: t(f"ranking.status_{status}") for status in set(told) - {"ranked", "few"}}
    frame["state"] = frame["place"].where(told.isin(["ranked", "few"]), told).map(words)
    corrected = frame["corrected"].to_numpy(dtype=bool)
    frame.loc[corrected, "state"] = [t("ranking.corrected", state=state) for state in frame.loc[corrected, "state"]]
    return frame


def _cases(measure: Measure) -> str:
    """What the denominator counts."""
    if POPULATION in measure.denominator:
        return t("ranking.cases.people")
    model = measure.judgement.model if measure.judgement else "rate"
    return t(f"ranking.cases.{measure.group}_{model}")
