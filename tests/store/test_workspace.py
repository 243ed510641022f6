"""Workspaces: made, opened, refused."""

from pathlib import Path

import pytest

from gongkai.errors import WorkspaceError
from gongkai.store import run
from gongkai.store.workspace import create, locate, open_workspace


def test_an_office_starts_without_fiction(tmp_path: Path) -> None:
    workspace = create(tmp_path / "w")
    assert list(workspace.collections) == ["office"]
    assert not workspace.collections["office"].fictional
    assert workspace.collections["office"].title("zh") == "本单位收集"


def test_the_demonstration_keeps_fiction_apart(tmp_path: Path) -> None:
    workspace = create(tmp_path / "w", demonstration=True)
    assert {name: one.fictional for name, one in workspace.collections.items()} == {
        "sample": True,
        "published": False,
        "office": False,
    }
    assert workspace.ingest_collection == "office"
    assert workspace.figures_collection == "published"


def test_making_a_workspace_again_changes_nothing(tmp_path: Path) -> None:
    first = create(tmp_path / "w")
    (tmp_path / "w" / "workspace.toml").write_text(
        (tmp_path / "w" / "workspace.toml").read_text(encoding="utf-8").replace("本单位收集", "本办收集"),
        encoding="utf-8",
    )
    assert create(first.folder).collections["office"].zh == "本办收集"


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda folder: None, "gongkai init"),
        (lambda folder: folder.mkdir(), "is no workspace"),
        (lambda folder: (folder.mkdir(), (folder / "workspace.toml").write_text("format = 9")), "format 9"),
        (lambda folder: (folder.mkdir(), (folder / "workspace.toml").write_text("format =")), "cannot be read"),
        (lambda folder: (folder.mkdir(), (folder / "workspace.toml").write_text("format = 1")), "collections"),
        (
            lambda folder: (
                folder.mkdir(),
                (folder / "workspace.toml").write_text(
                    'format = 1\n[collections.a]\nzh = "a"\nen = "a"\nfictional = 1'
                ),
            ),
            "collections.a, fictional",
        ),
        (
            lambda folder: (
                folder.mkdir(),
                (folder / "workspace.toml").write_text(
                    'format = 1\n[collections.a]\nzh = "a"\nen = "a"\nfictional = true\n[defaults]\ningest = "b"'
                ),
            ),
            "defaults.ingest",
        ),
    ],
)
def test_what_is_no_workspace_is_refused_with_advice(tmp_path: Path, prepare: object, says: str) -> None:
    prepare(tmp_path / "w")  # type: ignore[operator]
    with pytest.raises(WorkspaceError, match=says):
        open_workspace(tmp_path / "w")


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("private")
    with pytest.raises(WorkspaceError, match="other files"):
        create(tmp_path)


def test_the_variable_names_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "a"))
    assert locate() == tmp_path / "a"
    assert locate(tmp_path / "b") == tmp_path / "b"
    create(tmp_path / "a")
    assert run("store_overview").empty
