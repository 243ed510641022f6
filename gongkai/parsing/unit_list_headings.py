"""What the headings of a list with one unit a line name: one cell of one form, or nothing.

A heading names a label word for word, or by a part of it that no other label has; every heading above a column must be
accounted for. Nothing is guessed from the order of the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.forms import Form
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.names import full_name
from gongkai.catalogue.unit_list_words import unit_list_words
from gongkai.parsing.labels import bare, bare_without_remark

EXACT, PART = 1.0, 0.9
"""How sure a column is whose headings name the labels word for word, or by a part of one."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that a column may hold: `parts` are the wordings of its labels, of which
    the first `required` must be named."""

    metric: str
    applicant: str
    parts: tuple[frozenset[str], ...]
    required: int
    in_part: bool = True
    """Whether a part of a label may stand for it."""


def among_applicants(path: tuple[str, ...], paths: Iterable[tuple[str, ...]]) -> bool:
    """Whether 其他 at the end of these headings is an applicant: beside it stand other applicants."""
    return any(other[:-1] == path[:-1] and "企业" in other[-1] for other in paths)


def told(path: tuple[str, ...], form: Form, applicants: bool) -> tuple[Target, float] | None:
    """The one figure that these headings name, and how surely; null if there is none or more than one."""
    words = unit_list_words()
    named = [part for part in path if bare(part) not in words.neutral and bare(part)]
    if not named:
        return None
    if len(named) == 1 and bare(named[0]) in words.names:
        return Target(words.names[bare(named[0])], "all", (), 0), EXACT
    found: list[tuple[int, Target]] = []
    for target in _targets(form):
        # 其他 may be an applicant or a way of handling.
        if bare(named[-1]) == "其他" and (target.applicant == "other_organisation") != applicants:
            continue
        if (cost := _cost(named, target)) is not None:
            found.append((cost, target))
    if not found:
        return None
    least = min(cost for cost, _ in found)
    targets = [target for cost, target in found if cost == least]
    if len({(target.metric, target.applicant) for target in targets}) > 1:
        return None
    return targets[0], EXACT if least == 0 else PART


def _cost(named: Sequence[str], target: Target) -> int | None:
    """How many headings name a label only by a part of it; null if one says something else or a label is not named."""
    cost = 0
    seen: set[int] = set()
    for heading in named:
        texts = {bare(heading), bare_without_remark(heading)} - {""}
        best: tuple[int, tuple[int, ...]] | None = None
        for number, labels in enumerate(target.parts):
            if texts & labels:
                best = 0, (number,)
                break
            joined = next(
                (
                    other
                    for other, more in enumerate(target.parts)
                    if other != number and any(text == a + b for text in texts for a in labels for b in more)
                ),
                None,
            )
            if joined is not None:
                best = 0, (number, joined)
                break
            if (
                best is None
                and target.in_part
                and any(len(text) >= 2 and text in label for text in texts for label in labels)
            ):
                best = 1, (number,)
        if best is None:
            return None
        cost += best[0]
        seen.update(best[1])
    return cost if seen >= set(range(target.required)) else None


@cache
def _targets(form: Form) -> tuple[Target, ...]:
    found: list[Target] = []
    groups: dict[str, list[str]] = {}
    for table in form.tables:
        for row in table.rows:
            if row.group:
                groups.setdefault(row.group, []).append(row.key)
            several = len({column.metric for column in row.columns}) > 1
            for column in row.columns:
                needed = [_wordings(labels) for labels in (column.block, row.labels) if labels]
                own = _wordings(column.labels)
                # A row's only figure, or its total, needs no heading of its own.
                optional = [own] if not several and column.applicant == "all" else []
                if not optional:
                    needed.append(own)
                if row.group:
                    optional.append(_wordings((row.group,)))
                found.append(Target(column.metric, column.applicant, (*needed, *optional), len(needed)))
    for group, keys in groups.items():
        code = keys[0].rpartition(".")[0]
        if code in metrics() and all(key.startswith(code + ".") for key in keys):
            found.append(Target(code, "all", (_wordings((group,)), frozenset({"合计", "小计", "总计"})), 1))
    for code, metric in metrics().items():
        if not metric.regimes.isdisjoint((form.regime, "narrative")):
            found.append(Target(code, "all", (_wordings((metric.label_zh, full_name(code, "zh"))),), 1, in_part=False))
    return tuple(found)


def _wordings(labels: Sequence[str]) -> frozenset[str]:
    return frozenset(word for label in labels for word in (bare(label), bare_without_remark(label)) if word)
