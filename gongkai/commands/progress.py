"""What a command tells a program that follows it: one JSON object a line on stdout (`--progress json`)."""

from __future__ import annotations

import json
from typing import Any


def tell(event: dict[str, Any]) -> None:
    """Print an event, at once."""
    print(json.dumps(event, ensure_ascii=False), flush=True)


class Parts:
    """Tells how far the checks across reports are:

    {"event": "checking", "collection", "parts"}                    they begin: the names of their parts, in order
    {"event": "part", "collection", "part", "done", "parts"}        a part is done, so many of so many are
    """

    def __init__(self, collection: str, names: list[str]) -> None:
        self._collection, self._parts, self._done = collection, len(names), 0
        tell({"event": "checking", "collection": collection, "parts": names})

    def done(self, name: str, _seconds: float) -> None:
        """Say that the part `name` is done."""
        self._done += 1
        tell(
            {
                "event": "part",
                "collection": self._collection,
                "part": name,
                "done": self._done,
                "parts": self._parts,
            }
        )
