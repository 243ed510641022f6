"""The house rules that a machine can hold: one way through the layers, SQL in its places, files of one purpose."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "gongkai"

# From the ground up; a module may import its own layer and those before it.
LAYERS = [
    {"errors", "paths", "catalogue"},
    {"statistics"},
    {"documents"},
    {"records"},
    {"parsing"},
    {"agencies"},
    {"checks"},
    {"reading", "report_json"},
    {"store"},
    {"charts", "exports"},
    {"ui"},
    {"commands"},
    {"cli", "__main__"},
]
SAMPLE_MAY_IMPORT = {"errors", "paths", "catalogue", "sample"}
LONGEST = 400
SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+INTO|CREATE\s+(OR\s+REPLACE\s+)?(TABLE|VIEW)|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b",
    re.S,
)


def python_files() -> list[Path]:
    folders = ("gongkai", "pages", "tests", "benchmarks", "scripts")
    return sorted([PROJECT / "app.py", *(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))])


def imported(path: Path) -> set[str]:
    """The first-level parts of the package that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [
                f"{node.module}.{alias.name}" if node.module == "gongkai" else str(node.module) for alias in node.names
            ]
        found.update(name.split(".")[1] for name in names if name.startswith("gongkai."))
    return found


def layer(part: str) -> int:
    return next((number for number, parts in enumerate(LAYERS) if part in parts), -1)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_nothing_imports_backwards(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if part == "__init__":
        assert not imported(path)
        return
    wanted = imported(path)
    if part == "sample":
        assert wanted <= SAMPLE_MAY_IMPORT
        return
    assert layer(part) >= 0, f"{part} stands in no layer"
    if part not in ("cli", "commands"):
        assert "sample" not in wanted
    backwards = {other for other in wanted - {"sample", "__version__"} if layer(other) > layer(part)}
    assert not backwards, f"{part} imports {backwards}"


def test_pages_hold_no_sql_and_no_parsing() -> None:
    for path in [PROJECT / "app.py", *sorted((PROJECT / "pages").glob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        assert "import duckdb" not in text, path
        assert not imported(path) & {"parsing", "documents", "checks"}, path


def test_sql_stands_in_queries_and_the_store_alone() -> None:
    for path in python_files():
        part = path.relative_to(PROJECT).parts[:2]
        if part[0] in ("tests", "benchmarks") or part == ("gongkai", "store"):
            continue
        strings = [
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in strings if SQL.search(text)], path


def test_files_have_one_purpose() -> None:
    long = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert not {path.name: count for path, count in long.items() if count > LONGEST}


def test_no_unsafe_html_and_no_catch_all_modules() -> None:
    for path in python_files():
        if path != Path(__file__):
            assert "unsafe_allow_html" not in path.read_text(encoding="utf-8"), path
        assert path.stem not in ("utils", "helpers", "misc", "common"), path


@pytest.mark.skipif(not (PROJECT / ".git").exists(), reason="not a checkout: which files belong to it is not known")
def test_the_readme_names_every_folder_that_is_there_and_no_other() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    block = text.split("## What lies where")[1].split("\n\n")[1]
    named = {line.split()[0].rstrip("/") for line in block.splitlines()}
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    folders = {path.split("/")[0] for path in listed if "/" in path and not path.startswith(".")}
    assert named == folders | {"app.py"}
