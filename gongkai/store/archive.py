"""Originals and their read blocks, kept by the sha256 of the file: every figure can be shown in place later.

    archive/ab/abcdef.../original           the file's bytes
    archive/ab/abcdef.../blocks-2.json.gz   the Document that reader 2 made of it

Both are written under another name and renamed, so a file that is there is whole. The same content is stored once. What
an earlier reader made stays: the published figures point into it until a generation with the new ones is published.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any

from gongkai.documents.model import Block, Cell, Document, Kind, Line
from gongkai.errors import WorkspaceError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9A-Za-z.]{1,20}")
_UNVERSIONED = "blocks.json.gz"
"""As the first reader called its blocks."""
_LEVEL = 3
"""Compression: 3 takes a third of the default's time for a tenth more space."""


class Archive:
    """The archive of a workspace: `Archive(workspace.archive)`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def original(self, sha256: str) -> Path:
        """The stored file; raise WorkspaceError where there is none (imported sheets have no document)."""
        return self._existing(sha256, "original")

    def load_document(self, sha256: str, version: str) -> Document:
        """The document as the reader of this version read it; raise WorkspaceError where there is none."""
        path = self._place(sha256) / _blocks(version)
        if not path.is_file():
            path = self._existing(sha256, _UNVERSIONED)
        try:
            with gzip.open(path, "rt", encoding="utf-8") as stream:
                return _document(json.load(stream))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise WorkspaceError(f"{path}: is damaged ({error}); ingest the document again") from error

    def add(self, source: Path, document: Document, version: str) -> None:
        """Keep a file and what the reader of this version read from it."""
        folder = self._place(document.sha256)
        folder.mkdir(parents=True, exist_ok=True)
        original = folder / "original"
        if not original.is_file():
            partial = _partial(original)
            shutil.copyfile(source, partial)
            os.replace(partial, original)
        blocks = folder / _blocks(version)
        partial = _partial(blocks)
        content = json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":")).encode()
        # mtime=0: the same document gives the same bytes.
        partial.write_bytes(gzip.compress(content, _LEVEL, mtime=0))
        os.replace(partial, blocks)

    def _place(self, sha256: str) -> Path:
        # The name becomes a path: nothing but hex digits may get there.
        if not _SHA256.fullmatch(sha256):
            raise WorkspaceError(f"{sha256!r} is no sha256")
        return self._folder / sha256[:2] / sha256

    def _existing(self, sha256: str, name: str) -> Path:
        path = self._place(sha256) / name
        if not path.is_file():
            raise WorkspaceError(f"{sha256}: no such document in the archive")
        return path


def _blocks(version: str) -> str:
    if not _VERSION.fullmatch(version):
        raise WorkspaceError(f"{version!r} is no version of a reader")
    return f"blocks-{version}.json.gz"


def _partial(path: Path) -> Path:
    return path.with_name(path.name + "." + str(os.getpid()) + ".partial")


def _names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


_BLOCK = tuple(name for name in _names(Block) if name not in ("cells", "lines"))
_BOX_OF_CELL, _BOX_OF_LINE = _names(Cell).index("box"), _names(Line).index("box")
_CELL, _LINE = attrgetter(*_names(Cell)), attrgetter(*_names(Line))


def _plain(document: Document) -> dict[str, Any]:
    """The document as JSON values; cells and lines, of which there are many, as arrays in the order of their fields."""
    blocks = []
    for block in document.blocks:
        plain = {name: getattr(block, name) for name in _BLOCK}
        plain["cells"] = [_CELL(cell) for cell in block.cells]
        plain["lines"] = [_LINE(line) for line in block.lines]
        blocks.append(plain)
    return {**{name: getattr(document, name) for name in _names(Document)}, "blocks": blocks}


def _document(plain: dict[str, Any]) -> Document:
    blocks = tuple(
        Block(
            **{
                **block,
                "kind": Kind(block["kind"]),
                "cells": tuple(Cell(*_with_box(cell, _BOX_OF_CELL)) for cell in block["cells"]),
                "lines": tuple(Line(*_with_box(line, _BOX_OF_LINE)) for line in block["lines"]),
            }
        )
        for block in plain["blocks"]
    )
    # Documents that were stored before these were known have none.
    recognised = tuple((page, _box(box)) for page, box in plain.get("recognised", ()))
    unread = tuple(plain.get("unread", ()))
    return Document(**{**plain, "recognised": recognised, "unread": unread, "blocks": blocks})


def _with_box(values: list[Any], place: int) -> list[Any]:
    """The values of a record's fields, its box made of what JSON has (a file may be older than the last fields)."""
    return [*values[:place], _box(values[place]), *values[place + 1 :]]


def _box(value: list[float] | None) -> tuple[float, float, float, float] | None:
    return None if value is None else (value[0], value[1], value[2], value[3])
