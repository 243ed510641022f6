"""Make a finding of a check in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.catalogue.checks import checks, reasons
from gongkai.records import Evidence, Finding


def finding(
    check: str,
    *,
    severity: str | None = None,
    reason: str | None = None,
    metrics: Iterable[str] = (),
    expected: str | None = None,
    found: str | None = None,
    evidence: Iterable[Evidence] = (),
    doubtful: bool = False,
    **detail: str,
) -> Finding:
    """A finding of `check`, with the severity that data/checks.csv gives it unless a milder one is due.

    `reason` is one of data/check_reasons.csv and goes into `detail`; the rest of it are codes and words of the
    document, none of ours. Raise KeyError for an unknown check or reason.
    """
    if reason is not None:
        detail = {"reason": reasons()[check, reason].code, **detail}
    return Finding(
        check=check,
        severity=severity or checks()[check].severity,
        metrics=tuple(dict.fromkeys(metrics)),
        expected=expected,
        found=found,
        detail=detail,
        evidence=tuple(evidence),
        doubtful=doubtful,
    )


def number(value: float) -> str:
    """A figure as people write it: whole numbers without decimals."""
    return str(int(value)) if value == int(value) else f"{value:.6f}".rstrip("0")
