"""A workspace: the folder that holds an office's data, or the demonstration's. Nothing is stored outside it.

workspace.toml      format version, collections, defaults
current             the name of the published generation
generations/        store-<n>.duckdb
archive/            originals and their read blocks, by sha256
decisions.sqlite    what people decided
uploads/            files that came through the browser, until they are ingested
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from gongkai.errors import WorkspaceError
from gongkai.paths import DATA

FORMAT = 1
"""The version of a workspace's layout; a workspace of another version is refused, never guessed at."""

VARIABLE = "GONGKAI_DATA"
DEFAULT = DATA / "workspaces" / "demo"
FILE = "workspace.toml"

_OFFICE = """\
# A workspace of Gongkai. Made by `gongkai init`; titles may be changed, the names of collections may not.
format = 1

[defaults]              # the collection that a command writes to when none is named
ingest = "office"
figures = "office"

[collections.office]
zh = "本单位收集"
en = "Collected by this office"
fictional = false
"""

_DEMONSTRATION = """\
# The demonstration workspace of Gongkai. Made by `gongkai init --demo`.
format = 1

[defaults]              # the collection that a command writes to when none is named
ingest = "office"
figures = "published"

[collections.sample]
zh = "虚构示范省"
en = "Fictional province"
fictional = true

[collections.published]
zh = "真实公开数据"
en = "Published figures"
fictional = false

[collections.office]
zh = "本单位收集"
en = "Collected by this office"
fictional = false
"""


@dataclass(frozen=True, slots=True)
class Collection:
    """Reports that belong together and are never mixed with others. `fictional` ones are marked on every page."""

    name: str
    zh: str
    en: str
    fictional: bool

    def title(self, language: str) -> str:
        """The collection's title in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened workspace: its folder, its collections in the order of the file, and its defaults."""

    folder: Path
    collections: dict[str, Collection]
    ingest_collection: str
    figures_collection: str

    @property
    def generations(self) -> Path:
        """The folder of generation-named stores."""
        return self.folder / "generations"

    @property
    def pointer(self) -> Path:
        """The file that names the published generation."""
        return self.folder / "current"

    @property
    def archive(self) -> Path:
        """The folder of originals and read blocks."""
        return self.folder / "archive"

    @property
    def uploads(self) -> Path:
        """The folder for files that wait to be ingested."""
        return self.folder / "uploads"

    @property
    def decisions(self) -> Path:
        """The SQLite file of what people decided."""
        return self.folder / "decisions.sqlite"

    def collection(self, name: str) -> Collection:
        """The collection called `name`; raise WorkspaceError naming those that exist."""
        if name not in self.collections:
            raise WorkspaceError(
                f"{self.folder}: there is no collection {name!r}; this workspace has {', '.join(self.collections)}"
            )
        return self.collections[name]


def create(folder: Path, demonstration: bool = False) -> Workspace:
    """Make an empty workspace in `folder`, which must be absent, empty, or already a workspace of the same sort."""
    content = _DEMONSTRATION if demonstration else _OFFICE
    file = folder / FILE
    if file.exists():
        existing = open_workspace(folder)
        if ("sample" in existing.collections) != demonstration:
            raise WorkspaceError(f"{folder}: is already a workspace of another kind; name another folder")
        return existing
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder}: is a file; name a folder that does not exist yet")
    if folder.exists() and any(folder.iterdir()):
        raise WorkspaceError(f"{folder}: holds other files; name a new or an empty folder")
    try:
        for name in ("generations", "archive", "uploads"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        # The file comes last: a folder without it is no workspace, so an interrupted init leaves none behind.
        partial = folder / (FILE + ".partial")
        partial.write_text(content, encoding="utf-8")
        os.replace(partial, file)
    except OSError as error:
        raise WorkspaceError(f"{folder}: cannot be made ({error.strerror})") from error
    return open_workspace(folder)


def locate(folder: Path | str | None = None) -> Path:
    """The workspace to use: `folder` if given, else $GONGKAI_DATA, else the demonstration in data/workspaces/demo."""
    if folder is not None:
        return Path(folder)
    named = os.environ.get(VARIABLE)
    return Path(named) if named else DEFAULT


def open_workspace(folder: Path | str | None = None) -> Workspace:
    """Open the workspace in `folder` (see `locate`). Raise WorkspaceError that says what to do."""
    path = locate(folder).absolute()
    file = path / FILE
    if not path.is_dir():
        raise WorkspaceError(f"{path}: there is no such workspace; make one with `gongkai init {path}`")
    if not file.is_file():
        raise WorkspaceError(
            f"{path}: is no workspace ({FILE} is missing); make one with `gongkai init` in a new folder, "
            f"or name yours with --data or {VARIABLE}"
        )
    try:
        with file.open("rb") as stream:
            settings = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{file}: cannot be read ({error})") from error
    if settings.get("format") != FORMAT:
        raise WorkspaceError(
            f"{file}: has format {settings.get('format')!r}, this program reads {FORMAT}; "
            "use the version of the program that made it"
        )
    return Workspace(path, *_settings(file, settings))


def _settings(file: Path, settings: dict[str, object]) -> tuple[dict[str, Collection], str, str]:
    entries = settings.get("collections")
    if not isinstance(entries, dict) or not entries:
        raise WorkspaceError(f"{file}, collections: names none")
    collections: dict[str, Collection] = {}
    for name, entry in entries.items():
        if not isinstance(entry, dict) or not isinstance(entry.get("fictional"), bool):
            raise WorkspaceError(f"{file}, collections.{name}, fictional: must be true or false")
        if not all(isinstance(entry.get(language), str) for language in ("zh", "en")):
            raise WorkspaceError(f"{file}, collections.{name}: needs a title in zh and in en")
        collections[name] = Collection(name, entry["zh"], entry["en"], entry["fictional"])
    defaults = settings.get("defaults")
    chosen = []
    for use in ("ingest", "figures"):
        name = defaults.get(use) if isinstance(defaults, dict) else None
        if name not in collections:
            raise WorkspaceError(f"{file}, defaults.{use}: {name!r} is none of its collections")
        chosen.append(name)
    return collections, chosen[0], chosen[1]
