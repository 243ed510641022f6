"""What a layout does to the truth: which cells it empties, takes away, or leaves to nobody's knowledge."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from gongkai.sample.counts import Key
from gongkai.sample.draft import Mistake


@dataclass(slots=True)
class Effects:
    """Kept while a report's tables are laid out. `empty`: cells without a number; `gone`: cells not printed at all;
    `unknowable`: printed, but no careful reader can say which cell of the form they are. `mistakes` are those that
    come with a layout. `done` are the traits that found something to do."""

    chance: Random
    empty: set[Key] = field(default_factory=set)
    gone: set[Key] = field(default_factory=set)
    unknowable: set[Key] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
