"""report_missing, submitted_late and published_late: what was due, and when it came.

Article 49 of the Regulation sets the statutory date, the year's notice its own; both are held beside each other.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gongkai.checks.across.model import CrossFinding, cross_finding, records


def check_submissions(due: pd.DataFrame) -> Iterator[CrossFinding]:
    """Errors of report_missing, warnings of submitted_late and published_late.

    `due` is one row per unit and year: due (on the year's list), confirmed (whether a person confirmed that list; else
    it is worked out from the register), received (whether anything came), report (of the version meant, null where
    there is none), received_on, published_on, due_on (the notice's date), statutory_on, doubted. Dates that nobody
    knows are null: then nothing is late. What came on the day of its publication or later was taken from the unit's
    site: when it was handed in is not known.
    """
    day_known = pd.to_datetime(due["received_on"]) < pd.to_datetime(due["published_on"])
    handed_in = due["received_on"].where(day_known | due["published_on"].isna())
    ordered = due.assign(received_on=handed_in).sort_values(["unit", "year"], kind="stable")
    missing = ordered[ordered["due"].astype(bool) & ~ordered["received"].astype(bool)]
    for row in records(missing):
        yield cross_finding(
            "report_missing",
            row["unit"],
            row["year"],
            reason="on_the_list" if row["confirmed"] else "in_the_register",
            # A list that nobody confirmed is our own guess.
            doubtful=row["doubted"] or not row["confirmed"],
        )
    for check, day, limit_ in (
        ("submitted_late", "received_on", "due_on"),
        ("published_late", "published_on", "statutory_on"),
    ):
        dates = pd.to_datetime(ordered[day]), pd.to_datetime(ordered[limit_])
        late = ordered.assign(days=(dates[0] - dates[1]).dt.days)
        for row in records(late[late["days"] > 0]):
            yield cross_finding(
                check,
                row["unit"],
                row["year"],
                expected=_day(row[limit_]),
                found=_day(row[day]),
                detail={"days": int(row["days"])},
                doubtful=row["doubted"],
                report=row["report"],
            )


def _day(value: object) -> str:
    return pd.Timestamp(str(value)).date().isoformat()
