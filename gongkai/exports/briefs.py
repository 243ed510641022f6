"""A paper about a whole year, by whom it is for: 领导专报 for the leaders, 情况通报 for all units."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gongkai.catalogue.paper_words import paper_words
from gongkai.exports.circular import circular
from gongkai.exports.leaders import applications, leaders
from gongkai.exports.notice_archive import safe_name
from gongkai.exports.notice_document import Paper
from gongkai.exports.notices import Ask, Wanted
from gongkai.exports.year_picture import picture

READERS = {"leaders": "leaders", "units": "circular"}
"""Whom a paper is for, and the name of its wording."""


def brief(ask: Ask, wanted: Wanted, readers: str, today: date, workspace: Path, fictional: bool) -> bytes:
    """The paper for `readers` about what is wanted, as of `today`, worded as the workspace has it."""
    paper = Paper(wanted.year, paper_words(READERS[readers], workspace), fictional)
    found = picture(ask, wanted, today)
    return circular(found, paper) if readers == "units" else leaders(found, applications(ask, wanted), paper)


def brief_name(readers: str, year: int, workspace: Path) -> str:
    """The name of its file."""
    return f"{safe_name(paper_words(READERS[readers], workspace).say('file.name', year=year))}.docx"
