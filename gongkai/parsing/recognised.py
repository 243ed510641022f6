"""Figures that were recognised in a picture (OCR): sure only where the identities prove them, in doubt elsewhere.

A recognised digit may be wrong however sure the recognition is of it. A cell is proved where at least one identity
rests on it and all that do hold; in a sentence, where a proved cell of a table says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.catalogue.identities import evaluate
from gongkai.documents.model import Document, Place
from gongkai.records import Doubt, Evidence, Figure, Method, Status

PROVED, UNPROVED = 0.9, 0.5
"""The most confidence that a recognised figure has."""
_BEYOND = 20.0


def cautious(
    document: Document, figures: Sequence[Figure], regime: str | None
) -> tuple[tuple[Figure, ...], tuple[Doubt, ...]]:
    """The figures of one report, recognised ones as confident as they deserve, and the doubt about those unproved."""
    if not document.recognised:
        return tuple(figures), ()
    tables: dict[str | None, dict[tuple[str, str], float | None]] = {}
    for figure in figures:
        if figure.method is Method.TABLE:
            tables.setdefault(figure.scope, {})[figure.metric, figure.applicant] = figure.value
    proved = {(scope, *cell) for scope, cells in tables.items() for cell in _proved(cells, regime)}
    values = {(metric, tables[scope][metric, applicant]) for scope, metric, applicant in proved}
    kept, unproved = [], []
    for figure in figures:
        if not _is_recognised(figure.evidence, document.recognised):
            kept.append(figure)
            continue
        if figure.method is Method.TABLE:
            sure = (figure.scope, figure.metric, figure.applicant) in proved
        else:
            sure = figure.value is not None and (figure.metric, figure.value) in values
        kept.append(replace(figure, confidence=min(figure.confidence, PROVED if sure else UNPROVED)))
        if not sure and figure.status is Status.REPORTED:
            unproved.append(figure)
    return tuple(kept), _doubts(unproved)


def unread(document: Document) -> tuple[Doubt, ...]:
    """The doubt about pages or parts of a document that hold pictures of text which could not be read."""
    return (Doubt("picture_unread", ", ".join(document.unread)),) if document.unread else ()


def _is_recognised(evidence: Evidence, places: Sequence[Place]) -> bool:
    """Whether words stand in a recognised picture; a picture that lies tilted may reach beyond its own box."""
    if evidence.page is None:
        return True
    own = [box for page, box in places if page == evidence.page]
    if evidence.box is None:
        return bool(own)
    x, y = (evidence.box[0] + evidence.box[2]) / 2, (evidence.box[1] + evidence.box[3]) / 2
    return any(box[0] - _BEYOND <= x <= box[2] + _BEYOND and box[1] - _BEYOND <= y <= box[3] + _BEYOND for box in own)


def _proved(cells: dict[tuple[str, str], float | None], regime: str | None) -> frozenset[tuple[str, str]]:
    if regime is None:
        return frozenset()
    held: set[tuple[str, str]] = set()
    failed: set[tuple[str, str]] = set()
    for outcome in evaluate(cells, regime):
        (held if outcome.holds else failed).update(outcome.cells)
    return frozenset(held - failed)


def _doubts(figures: list[Figure]) -> tuple[Doubt, ...]:
    if not figures:
        return ()
    pages = sorted({figure.evidence.page for figure in figures if figure.evidence.page is not None})
    evidence: list[Evidence] = list(dict.fromkeys(figure.evidence for figure in figures))
    metrics = tuple(dict.fromkeys(figure.metric for figure in figures))
    return (Doubt("recognised", ", ".join(map(str, pages)), metrics, tuple(evidence)),)
