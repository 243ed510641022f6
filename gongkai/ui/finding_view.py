"""One finding: what, by which rule, expected and found, both its sides in the documents, and what was decided."""

from __future__ import annotations

from typing import Any

import streamlit as st

from gongkai.catalogue.checks import checks
from gongkai.catalogue.metrics import metrics
from gongkai.exports.finding_words import finding_particulars, finding_rule, finding_title
from gongkai.ui.cells import moment, named, present, records
from gongkai.ui.data import query, workspace
from gongkai.ui.filter_bar import follow
from gongkai.ui.finding_decide import decide_form, said, trail
from gongkai.ui.finding_ledger import ledger_side
from gongkai.ui.finding_others import gone_row
from gongkai.ui.finding_sides import figures_table, sides
from gongkai.ui.findings_data import state_word
from gongkai.ui.messages import label, language, plain, t
from gongkai.ui.navigation import page_link

COLOURS = {"error": "red", "warning": "orange", "notice": "blue"}
_FEW = 4
_STATE_COLOURS = {"found": "red", "again": "red", "notified": "orange", "closed": "green"}


def finding_view(finding_key: str) -> None:
    """The finding of this key (out of the address, so it may be anything)."""
    page_link("findings", t("findings.back"), icon=":material/arrow_back:")
    found = records(query("finding_detail", finding_key=finding_key))
    if not found:
        if not _mended(finding_key):
            _gone(finding_key)
        return
    finding = found[0]
    follow(str(finding["collection"]))
    said()
    _head(finding)
    _words(finding)
    cells = query(
        "finding_cells",
        collection=str(finding["collection"]),
        agency_id=str(finding["agency_id"]),
        first_year=int(finding["year"]),
        last_year=int(finding["year"]),
        finding_keys=[finding_key],
    )
    decide_form([finding], "decide_one", t("findings.decide.title_one"))
    figures_table(finding, cells)
    ledger_side(finding)
    sides(finding, cells)
    trail(finding_key)


def _head(finding: dict[str, Any]) -> None:
    """Title, unit and year, and the badges of severity, state and doubt."""
    severity, state = str(finding["severity"]), str(finding["state"])
    st.subheader(plain(finding_title(str(finding["check_code"]), language())), anchor=False)
    badges = [
        f":{_colour(finding)}-badge[{plain(named('severity', severity))}]",
        f":{_STATE_COLOURS.get(state, 'gray')}-badge[{plain(state_word(state, language()))}]",
    ]
    if bool(finding["doubtful"]):
        badges.append(f":gray-badge[{t('findings.doubtful')}]")
    agency = str(finding["agency"]) if present(finding["agency"]) else t("reports.not_stated")
    st.markdown(f"{plain(agency)} · {finding['year']} · " + " ".join(badges))
    with st.container(horizontal=True):
        page_link("agency", t("reports.view.agency"), icon=":material/apartment:", agency=str(finding["agency_id"]))
        if present(finding["report_id"]):
            report = str(finding["report_id"])
            page_link("reports", t("findings.report"), icon=":material/description:", report=report)
            if severity != "notice" and not bool(finding["doubtful"]):
                page_link("findings", t("findings.opinion.link"), icon=":material/reply:", **{"return": report})


def _colour(finding: dict[str, Any]) -> str:
    return "gray" if bool(finding["doubtful"]) else COLOURS.get(str(finding["severity"]), "gray")


def _words(finding: dict[str, Any]) -> None:
    code = str(finding["check_code"])
    short = "en" if language() == "en" else "zh"
    lines = [checks()[code].text(short)] if code in checks() else []
    for line in lines:
        st.markdown(plain(line))
    for line in finding_particulars(finding, language()):
        st.markdown(f"**{plain(line)}**")
    names = _metric_names(finding["metrics"])
    if names:
        st.caption(plain(t("findings.concerns", names=names)))
    st.caption(plain(t("findings.rule", rule=finding_rule(code))))
    if bool(finding["doubtful"]):
        st.info(t("findings.doubtful_do"), icon=":material/help:")
    if str(finding["state"]) == "again":
        st.warning(t("findings.again_note"), icon=":material/update:")


def _metric_names(codes: Any) -> str:
    if codes is None or isinstance(codes, float | str):
        return ""
    names = [label(metrics()[str(code)]) if str(code) in metrics() else str(code) for code in codes]
    if len(names) > _FEW:
        return ""  # the table of figures names them
    return t("filters.list_separator").join(dict.fromkeys(names))


def _mended(finding_key: str) -> bool:
    """A finding that rested on a misreading of ours: what it said, and who corrected that; false for any other."""
    rows = records(query("finding_mended", finding_key=finding_key))
    if not rows:
        return False
    row = rows[0]
    follow(str(row["collection"]))
    said()
    st.subheader(plain(finding_title(str(row["check_code"]), language())), anchor=False)
    st.markdown(f"{plain(row['agency'])} · {row['year']} · :gray-badge[{t('findings.mended.badge')}]")
    st.success(t("findings.mended.says"), icon=":material/task_alt:")
    for line in finding_particulars(row, language()):
        st.markdown(plain(line))
    for each in rows:
        if present(each["correction"]):
            by = t("findings.mended.by", actor=each["corrected_by"], at=moment(each["corrected_at"]))
            st.caption(plain(f"{by} {t('reports.decide.entry_reason', reason=each['reason'])}"))
    page_link("reports", t("findings.report"), icon=":material/description:", report=str(row["report_id"]))
    # What was put to the unit before has to be settled with it.
    for decided in _decided(str(row["collection"]), finding_key):
        decide_form([{**decided, "doubtful": False}], "decide_one", t("findings.decide.title_one"))
    trail(finding_key)
    return True


def _decided(collection: str, finding_key: str) -> list[dict[str, Any]]:
    """The finding of this key, if people decided about it and no check gives it any more."""
    everywhere = {"first_year": 0, "last_year": 9999, "province": "", "city": "", "levels": [], "kinds": []}
    rows = query("finding_gone", collection=collection, **everywhere, finding_key=finding_key)
    return [gone_row(row) for row in records(rows)]


def _gone(finding_key: str) -> None:
    """A finding that no check gives any more: what it said, and closing it; or an address that never was one."""
    for collection in workspace().collections:
        for row in _decided(collection, finding_key):
            follow(collection)
            said()
            st.subheader(plain(finding_title(str(row["check_code"]), language())), anchor=False)
            badge = f":gray-badge[{plain(state_word(str(row['state']), language()))}]"
            st.markdown(f"{plain(row['agency'])} · {row['year']} · {badge}")
            st.success(t("findings.gone_one"), icon=":material/task_alt:")
            for line in finding_particulars(row, language()):
                st.markdown(plain(line))
            page_link("agency", t("reports.view.agency"), icon=":material/apartment:", agency=str(row["agency_id"]))
            decide_form([{**row, "doubtful": False}], "decide_one", t("findings.decide.title_one"))
            trail(finding_key)
            return
    st.warning(f"**{t('findings.unknown')}**  \n{t('findings.unknown_do')}")
