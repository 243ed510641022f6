"""Each reason of a doubt is raised somewhere, and explained in both languages."""

import re

from gongkai.paths import LOCALES, PROJECT
from gongkai.records import DOUBTS


def test_every_doubt_is_raised_and_explained() -> None:
    folders = ("parsing", "agencies")
    source = "".join(p.read_text(encoding="utf-8") for f in folders for p in (PROJECT / "gongkai" / f).rglob("*.py"))
    assert {reason for reason in DOUBTS if f'"{reason}"' in source} == set(DOUBTS)
    for language in ("zh-CN", "en"):
        text = (LOCALES / language / "reports.toml").read_text(encoding="utf-8")
        section = text.split("[doubt]")[1].split("\n[")[0]
        assert set(re.findall(r"^(\w+) = ", section, re.M)) == set(DOUBTS)
