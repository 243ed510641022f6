"""The current year's submissions in a line, for the overview."""

from __future__ import annotations

from gongkai.catalogue.submissions import ITEMS
from gongkai.ui.coverage_data import ALL_SCOPES, Chosen, today, usual_year, years_held
from gongkai.ui.filters import Filters
from gongkai.ui.messages import t
from gongkai.ui.navigation import page_link


def coverage_line(filters: Filters) -> None:
    """How far the year is that is collected now, with a way to the page; nothing as long as nobody keeps its list."""
    day = today()
    held = years_held(filters.collection)
    year = usual_year(held, day)
    if not any(row["year"] == year and row["confirmed"] for row in held):
        return
    chosen = Chosen(filters.collection, year, ITEMS[0], ALL_SCOPES, Filters(filters.collection), day)
    due, counts = len(chosen.due), chosen.counts
    if not due:
        return
    missing = chosen.due[chosen.due["state"] == "missing"]
    received = due - counts["missing"]
    text = t(
        "coverage.overview.line",
        year=year,
        due=f"{due:,}",
        received=f"{received:,}",
        percent=f"{100 * received / due:.1f}",
        late=f"{int((missing['late_days'].fillna(0) > 0).sum()):,}",
        waiting=f"{counts['waiting']:,}",
    )
    page_link("coverage", text, icon=":material/checklist:")
