"""What changed between two versions of a report: the figures first, then the wording; and the list of all versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.metrics import metrics
from gongkai.checks.version_figures import FigureChange, compare_figures
from gongkai.checks.version_text import ParagraphChange, TextChange, compare_text, paragraphs
from gongkai.ui import report_source
from gongkai.ui.cards import Card, cards
from gongkai.ui.cells import day, named, present, records, whole
from gongkai.ui.data import query, workspace
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import open_page, page_link
from gongkai.ui.table import export_button, table
from gongkai.ui.version_frames import FIGURE_COLUMNS, TEXT_COLUMNS, figure_rows, marked, stated, text_rows

SHOWN = 40
"""Changed paragraphs shown before somebody asks for all."""
_LISTED = 30
"""Versions listed on a report's page, the latest of them."""
_WEB = frozenset({"html", "mhtml"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed; `text` is null where the document of one side cannot be read."""

    figures: list[FigureChange]
    text: list[ParagraphChange] | None
    same_file: bool = False

    @property
    def counted(self) -> list[ParagraphChange]:
        """The paragraphs whose wording changed."""
        return [each for each in self.text or [] if each.counts]


def versions(report_id: str) -> list[dict[str, Any]]:
    """All versions of a report, the earliest first, as the query report_versions gives them."""
    return records(query("report_versions", report_id=report_id))


def previous_of(report_id: str) -> str:
    """The version before this one, of the same scope where there is one; "" where it is the first."""
    several = versions(report_id)
    place = next((index for index, each in enumerate(several) if each["report_id"] == report_id), 0)
    earlier = several[:place]
    alike = [each for each in earlier if named("scope", each["scope"]) == named("scope", several[place]["scope"])]
    return str((alike or earlier)[-1]["report_id"]) if earlier else ""


def version_list(report_id: str) -> None:
    """The versions of the report's unit and year, each with a link to its comparison with this one."""
    several = versions(report_id)
    this = next((each for each in several if each["report_id"] == report_id), None)
    if this is None or len(several) < 2:
        st.caption(t("versions.only"))
        return
    with st.expander(t("versions.title", count=len(several)), icon=":material/history:", expanded=True):
        for each in several[-_LISTED:][::-1]:
            _version_line(each, this)
        if len(several) > _LISTED:
            st.caption(t("versions.limited", count=_LISTED, total=len(several)))


def _version_line(each: dict[str, Any], this: dict[str, Any]) -> None:
    here = each["report_id"] == this["report_id"]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words = plain(version_words(each))
        if here:
            st.markdown(f"**{words}** :blue-badge[{t('versions.this')}]")
            return
        # A link is cut where it is too long for a phone; a text is not.
        st.markdown(words)
        page_link("reports", t("versions.open"), icon=":material/description:", report=str(each["report_id"]))
        # The later one is the one that is looked at, whichever of the two the page shows.
        later, earlier = (each, this) if each["version"] > this["version"] else (this, each)
        page_link(
            "reports",
            t("versions.compare"),
            icon=":material/difference:",
            report=str(later["report_id"]),
            against=str(earlier["report_id"]),
        )


def version_words(each: dict[str, Any]) -> str:
    """A version in one line: its number, stage, days, who sent and reviewed it, its standing."""
    parts = [t("versions.number", number=whole(each["version"]) or 1)]
    parts += [named("stage", each["stage"])] if present(each["stage"]) else []
    for name in ("received_on", "published_on"):
        if moment := day(each[name]):
            parts.append(t(f"versions.{name}", day=moment))
    for name in ("sender", "contact", "reviewer"):
        if present(each[name]):
            parts.append(t(f"versions.{name}", name=each[name]))
    return t("versions.dot").join([*parts, named("standing", each["standing"])])


def comparison_page(report: dict[str, Any], against: str) -> None:
    """The comparison of a report's page: which version with which, and what changed.

    `against` is the id of another version; anything else stands for the version before.
    """
    report_id = str(report["report_id"])
    page_link("reports", t("versions.back"), icon=":material/arrow_back:", report=report_id)
    several = {str(each["report_id"]): each for each in versions(report_id)}
    others = [key for key in several if key != report_id]
    if not others:
        st.info(f"**{t('versions.none')}**  \n{t('versions.none_do')}")
        return
    chosen = against if against in others else previous_of(report_id) or others[0]
    if len(others) > 1:
        with st.container(horizontal=True):
            for key in others:
                if key != chosen:
                    text = t("versions.instead", version=_short(several[key]))
                    page_link("reports", plain(text), icon=":material/difference:", report=report_id, against=key)
    compare_versions(chosen, report_id)


def compare_versions(before_report_id: str, after_report_id: str) -> None:
    """What changed from one version to the other: counts, figures, wording, each with its Excel file."""
    before, after = (
        next(iter(records(query("report_detail", report_id=each))), None)
        for each in (before_report_id, after_report_id)
    )
    if before is None or after is None:
        st.warning(f"**{t('versions.unknown')}**  \n{t('versions.unknown_do')}")
        return
    known = {str(each["report_id"]): each for each in (*versions(after_report_id), *versions(before_report_id))}
    for name, each in (("earlier", before), ("later", after)):
        st.markdown(f"{t(f'versions.{name}')} **{plain(version_words(known[str(each['report_id'])]))}**")
    if before["scope"] != after["scope"] and present(before["scope"]) and present(after["scope"]):
        st.warning(
            t("versions.other_scope", before=named("scope", before["scope"]), after=named("scope", after["scope"]))
        )
    found = comparison(before, after)
    if found.same_file or (not found.figures and found.text is not None and not found.counted):
        st.success(t("versions.same_file" if found.same_file else "versions.identical"), icon=":material/check:")
        _asides(found)
        return
    shown = [Card(t("versions.card.figures"), f"{len(found.figures):,}")]
    if found.text is not None:
        for change in (TextChange.CHANGED, TextChange.ADDED, TextChange.REMOVED):
            count = sum(each.change is change for each in found.counted)
            shown.append(Card(t(f"versions.card.{change}"), f"{count:,}"))
    cards(shown)
    _figures(found.figures, before_report_id, after_report_id)
    _text(found, before_report_id, after_report_id)


def comparison(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
    """Compare two reports, given as rows of the query report_detail."""
    if before["sha256"] == after["sha256"] and before["ordinal"] == after["ordinal"]:
        return Comparison([], [], same_file=True)
    sides = [stated(query("report_figures", report_id=str(each["report_id"]))) for each in (before, after)]
    scopes = [str(each["scope"]) if present(each["scope"]) else None for each in (before, after)]
    order = {code: place for place, code in enumerate(metrics())}
    figures = compare_figures(*sides, scope_before=scopes[0], scope_after=scopes[1], order=order)
    if "sheet" in (before["format"], after["format"]):
        return Comparison(figures, None)
    return Comparison(figures, _text_changes(str(workspace().archive), _source(before), _source(after)))


_Source = tuple[str, str, int, int | None]
"""A stored text: sha256 of the file, version of the reader, its first block and the one behind its last."""


def _source(report: dict[str, Any]) -> _Source:
    first, end = 0, None
    if int(report["siblings"]) > 1:
        (span,) = records(query("report_span", report_id=str(report["report_id"])))
        first, end = int(span["first_block"]), whole(span["end_block"])
    return str(report["sha256"]), str(report["parser_version"]), first, end


@st.cache_resource(max_entries=64, show_spinner=False)
def _text_changes(archive: str, before: _Source, after: _Source) -> list[ParagraphChange] | None:
    """What the documents say, compared; null where one of them is not in the archive. `archive` is part of the key."""
    old, new = report_source.load(*before[:2]), report_source.load(*after[:2])
    if old is None or new is None:
        return None
    web = (old.format in _WEB) != (new.format in _WEB)
    return compare_text(paragraphs(old, *before[2:]), paragraphs(new, *after[2:]), web=web)


def _figures(changes: list[FigureChange], before: str, after: str) -> None:
    st.subheader(t("versions.figures"), anchor=False)
    if not changes:
        st.caption(t("versions.no_figures"))
        return
    shown = figure_rows(changes)
    columns = {
        name: t(f"versions.column.{name}") for name in FIGURE_COLUMNS if name != "remark" or any(shown["remark"])
    }

    def opened(row: int) -> None:
        side = after if changes[row].after is not None else before
        open_page("reports", report=side, figure=str(shown["key"].iloc[row]))

    table(shown, f"version_figures_{before}_{after}", columns, config=_config(columns), on_row=opened)
    export_button(
        figure_rows(changes, numbers=True),
        "version_figures_export",
        t("versions.export.figures"),
        {name: t(f"versions.column.{name}") for name in FIGURE_COLUMNS},
        coverage=t("versions.export.figures_coverage", count=f"{len(changes):,}"),
        sources=_sources(before, after),
    )


def _config(columns: dict[str, str]) -> dict[str, object]:
    widths = {"figure": 190, "before": 130, "after": 130, "difference": 100, "change": 110, "stated_in": 100}
    # The pinned column leaves room beside it on a phone.
    return {
        name: st.column_config.TextColumn(columns[name], width=width, pinned=name == "figure")
        for name, width in widths.items()
    }


def _text(found: Comparison, before: str, after: str) -> None:
    st.subheader(t("versions.wording"), anchor=False)
    if found.text is None:
        st.warning(f"**{t('versions.unreadable')}**  \n{t('versions.unreadable_do')}")
        return
    changes = found.counted
    if changes:
        st.caption(t("versions.legend"))
        everything = len(changes) <= SHOWN or st.toggle(
            t("versions.all", count=f"{len(changes):,}", shown=SHOWN), key=f"version_all_{before}_{after}"
        )
        for each in changes if everything else changes[:SHOWN]:
            with st.container(border=True):
                section = f" · {plain(each.section)}" if each.section else ""
                st.caption(f"{t(f'versions.text.{each.change}')}{section}")
                st.markdown(marked(each))
        export_button(
            text_rows(changes),
            "version_text_export",
            t("versions.export.text"),
            {name: t(f"versions.column.{name}") for name in TEXT_COLUMNS},
            coverage=t("versions.export.text_coverage", count=f"{len(changes):,}"),
            sources=_sources(before, after),
        )
    else:
        st.caption(t("versions.no_text"))
    _asides(found)


def _asides(found: Comparison) -> None:
    """What is no change of the wording, but should not be passed over: moved paragraphs, a web page's own lines."""
    moved = sum(each.change is TextChange.MOVED for each in found.text or [])
    if moved:
        st.caption(t("versions.moved", count=f"{moved:,}"))
    around = [side.text for each in found.text or [] if each.around and (side := each.after or each.before)]
    if around:
        with st.expander(t("versions.around", count=f"{len(around):,}")):
            st.markdown("  \n".join(plain(text) for text in around))


def _sources(before: str, after: str) -> pd.DataFrame:
    return pd.concat([query("report_detail", report_id=each) for each in (before, after)])[
        ["agency", "year", "source", "url"]
    ]


def _short(each: dict[str, Any]) -> str:
    parts = [t("versions.number", number=whole(each["version"]) or 1)]
    return t("versions.dot").join([*parts, *([named("stage", each["stage"])] if present(each["stage"]) else [])])
