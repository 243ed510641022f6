"""The page 单位排名: an indicator, a peer group and a year; then the views of it, each with a few plain sentences."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from gongkai.catalogue.indicators import POPULATION, PROCESS, Measure, rankable
from gongkai.ui import ranking_views as views
from gongkai.ui.address import choose, choose_one, switch
from gongkai.ui.cards import Card, cards
from gongkai.ui.composite import show_composite
from gongkai.ui.empty import nothing_found
from gongkai.ui.filters import UNSTATED, Filters
from gongkai.ui.kept import kept
from gongkai.ui.measures import available, definition, label
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.ranking_controls import PAGE, choose_peers, choose_year
from gongkai.ui.ranking_data import Ranking, counted, over_years, ranking
from gongkai.ui.ranking_stated import show_stated
from gongkai.ui.ranking_words import peers_name, sentences, share

_FIRST = "review.corrected_share"
_VIEWS: dict[str, Callable[[views.Shown], None]] = {
    "funnel": views.show_funnel,
    "caterpillar": views.show_caterpillar,
    "years": views.show_years,
    "bands": views.show_bands,
}
_INDEX = "composite"
"""The view that takes several indicators together, so it has controls of its own."""


def show(filters: Filters) -> None:
    """The page below its filters."""
    held = _held(filters)
    if not held:
        nothing_found()
        return
    view = choose_one(
        PAGE, "view", t("ranking.view"), [*_VIEWS, _INDEX], "funnel", lambda name: t(f"ranking.view_{name}")
    )
    if view == _INDEX:
        show_composite(filters)
        return
    measure = _measure(held)
    if measure is None:
        return
    known = counted(filters, measure)
    if not known.years:
        nothing_found()
        return
    first, second, third = st.columns([2, 1, 2], vertical_alignment="bottom")
    with second:
        year = choose_year(known.years)
    with first:
        peers = choose_peers(known.sizes[year], known.enough[year])
    with third:
        # A stated rate has no cases, so there is no funnel to widen.
        overdispersion = bool(measure.denominator) and switch(PAGE, "wide", t("ranking.overdispersion"))
    if not measure.denominator:
        show_stated(measure, known.frame, peers, year)
        return
    with st.spinner(t("ranking.counting")):
        made = ranking(filters, measure, peers, year, overdispersion)
        before = ranking(filters, measure, peers, year - 1, overdispersion) if year - 1 in known.years else None
    _cards(measure, made, peers)
    for sentence in kept("ranking_sentences", made.key, lambda: sentences(measure, made, peers, year)):
        st.markdown(plain(sentence))
    if filters.scope == UNSTATED:
        st.caption(t("topics.unstated"))
    shown = views.Shown(
        filters, measure, peers, year, made, before, lambda: over_years(filters, measure, peers, overdispersion)
    )
    _VIEWS[view](shown)
    views.show_table(shown)
    _about(measure, overdispersion)


def _held(filters: Filters) -> list[str]:
    """The indicators that have values under the filters, those that are ranked by default first."""
    groups = dict.fromkeys(each.group for each in rankable().values() if each.group != PROCESS)
    known = {code for group in groups for code in available(filters, group)}
    # All of these rest on the confirmed lists: where one has units, the others have.
    process = [each for each in rankable().values() if each.group == PROCESS]
    known |= {each.code for each in process} if len(counted(filters, process[0]).frame) else set()
    found = [code for code in rankable() if code in known]
    return sorted(found, key=lambda code: (code != _FIRST, _asked(rankable()[code])))


def _asked(measure: Measure) -> bool:
    return measure.judgement is not None and measure.judgement.ranking == "asked"


def _measure(held: list[str]) -> Measure | None:
    """The indicator; one that only describes is ranked after an explicit word, with its caveat shown. Null before."""

    def word(code: str) -> str:
        name = label(rankable()[code])
        return t("ranking.descriptive_option", name=name) if _asked(rankable()[code]) else name

    measure = rankable()[choose(PAGE, "indicator", t("ranking.indicator"), held, held[0], word)]
    judgement = measure.judgement
    if judgement is None or judgement.ranking != "asked":
        return measure
    st.warning(plain(judgement.caveat(language())), icon=":material/balance:")
    return measure if switch(PAGE, "asked", t("ranking.rank_anyway")) else None


def _cards(measure: Measure, made: Ranking, peers: str) -> None:
    ranked = made.of("ranked")
    judged = measure.judgement is not None and measure.judgement.higher_is_better is not None
    outside = "attention" if judged else "far"
    few, missing = len(made.of("few")) + len(made.of("undefined")), len(made.of("missing"))
    cards(
        [
            Card(
                t("ranking.card_target"),
                share(made.target, measure),
                t("ranking.card_target_basis", peers=peers_name(peers)),
            ),
            Card(
                t("ranking.card_ranked"),
                t("topics.units", count=f"{len(ranked):,}"),
                t("ranking.card_ranked_basis", all=f"{len(made.units):,}"),
            ),
            Card(
                t(f"ranking.card_{outside}"),
                t("topics.units", count=f"{int((made.units['place'] == outside).sum()):,}"),
                t(f"ranking.card_{outside}_basis"),
                help=t(f"ranking.card_{outside}_help"),
            ),
            Card(
                t("ranking.card_few"),
                t("topics.units", count=f"{few:,}"),
                t("ranking.card_few_basis", missing=f"{missing:,}"),
            ),
        ]
    )


def _about(measure: Measure, overdispersion: bool) -> None:
    """How the indicator is counted, and how it is judged."""
    judgement = measure.judgement
    with st.expander(t("topics.definitions"), icon=":material/menu_book:"):
        st.markdown(f"**{plain(label(measure))}**　{plain(definition(measure))}")
        if judgement is not None:
            st.markdown(f"- {plain(judgement.caveat(language()))}")
            fewest = "ranking.about_fewest_people" if POPULATION in measure.denominator else "ranking.about_fewest"
            st.markdown(f"- {plain(t(fewest, fewest=judgement.fewest))}")
        page_link("guide", t("guide.link_method"), icon=":material/menu_book:", part="method")
        for name in ("interval", "shrunken", "range", "funnel", "bands", *(["wide"] if overdispersion else [])):
            st.markdown(f"- {plain(t(f'ranking.about_{name}'))}")
