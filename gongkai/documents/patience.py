"""Work that takes long in earnest, not by a hostile file, asks whoever limits it for more time and memory first."""

from __future__ import annotations

from collections.abc import Callable

Request = Callable[[float, int], None]
"""Given seconds, and bytes of address space, that are needed on top."""

_requests: list[Request] = []


def on_request(request: Request) -> None:
    """From now on `request` is called in this process whenever more is needed (a reading process's own limits)."""
    _requests[:] = [request]


def ask(seconds: float, memory: int) -> None:
    """Ask for `seconds` and `memory` on top, before they are used. Without limits nothing is asked."""
    for request in _requests:
        request(seconds, memory)
