"""What a metric is called on a screen: its label without the form's numbering, with the whole that it is a part of.

data/metric_names.csv holds the names that do not follow from the label; an empty field is one that does.
"""

from __future__ import annotations

import re
from functools import cache

from gongkai.catalogue.metrics import Metric, metrics
from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_COLUMNS = ("code", "full_zh", "part_zh", "part_en")

# "一、", "(三)", "(三)4." in front, and remarks in brackets on how other forms name it.
_NUMBER = re.compile(r"^(?:[一二三四]、|[(（][一二三四五六七][)）](?:\d+[.．])?)")
_REMARK = re.compile(r"[(（](?:合计|只给合计|2014|12345)[^)）]*[)）]")


@cache
def _given() -> dict[str, dict[str, str]]:
    path = DATA / "metric_names.csv"
    found: dict[str, dict[str, str]] = {}
    for line, row in rows(path, _COLUMNS):
        code = choice(path, line, "code", row["code"], frozenset(metrics()))
        if code in found:
            raise CatalogueError(f"{path.name}, line {line}, code: {code} stands twice")
        found[code] = row
    return found


@cache
def part_name(code: str, language: str) -> str:
    """A metric's name beside that of the whole it belongs to ("属于国家秘密"); `language` "en", or Chinese."""
    english = language == "en"
    given = _given().get(code, {}).get("part_en" if english else "part_zh")
    if given:
        return given
    metric = metrics()[code]
    if not english:
        return _plain(metric)
    name = metric.label_en.split(": ", 1)[-1] if _whole(code) else metric.label_en
    return name[:1].upper() + name[1:]


@cache
def full_name(code: str, language: str) -> str:
    """A metric's name that stands alone ("不予公开：属于国家秘密"); language "en" or Chinese."""
    metric = metrics()[code]
    if language == "en":
        return metric.label_en
    given = _given().get(code, {}).get("full_zh")
    if given:
        return given
    whole = _whole(code)
    return f"{_plain(whole)}：{_plain(metric)}" if whole and _NUMBER.match(metric.label_zh) else _plain(metric)


def _whole(code: str) -> Metric | None:
    return metrics().get(code.rpartition(".")[0])


def _plain(metric: Metric) -> str:
    return _REMARK.sub("", _NUMBER.sub("", metric.label_zh)).strip()
