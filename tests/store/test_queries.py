"""Named queries: their headers are checked when loaded, their parameters when run."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from gongkai.errors import CatalogueError, QueryError
from gongkai.store.queries import Catalogue, catalogue, load
from gongkai.store.reader import Reader


def _file(folder: Path, text: str, name: str = "q.sql") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _run(folder: Path, text: str, **parameters: object) -> pd.DataFrame:
    _file(folder, text)
    return Reader(None, known=catalogue.__wrapped__(folder)).run("q", parameters)


HEAD = "-- question: What?\n-- parameters: {}\n-- columns: {}\n"


def _query(parameters: str, columns: str, body: str) -> str:
    return "".join((HEAD.format(parameters, columns), body))


def test_all_queries_of_the_project_load_and_run_on_an_empty_store() -> None:
    known = catalogue()
    empty = Reader(None)
    samples = {"text": "x", "texts": ["x"], "integer": 1, "integers": [1], "boolean": True, "date": date(2024, 1, 1)}
    for name, query in known.queries.items():
        given = {p.name: samples[p.type] for p in query.parameters.values() if p.required}
        assert tuple(empty.run(name, given).columns) == query.columns


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT 1", r"q\.sql, line 1: the header lacks `-- question"),
        ("-- question: What?\n-- columns: a\nSELECT 1 AS a", "lacks `-- parameters"),
        (_query("a number", "a", "SELECT $a AS a"), r"q\.sql, line 2: 'a number' is not"),
        (_query("a text, a text", "a", "SELECT $a AS a"), "line 2: parameter a stands twice"),
        (_query("a integer = x", "a", "SELECT $a AS a"), "line 2: 'x' is no integer"),
        (_query("a text", "a", "SELECT 1 AS a"), "line 2: parameter a is never used"),
        (_query("a text", "a", "SELECT '$a' AS a -- $a"), "line 2: parameter a is never used"),
        (_query("none", "a", "SELECT\n  $b AS a"), r"q\.sql, line 5: \$b is not declared"),
        (_query("none", "a b", "SELECT 1"), "line 3: 'a b' is no column name"),
        (_query("none", "a", "-- columns: b\nSELECT 1 AS a"), "line 4: columns stands twice"),
    ],
)
def test_wrong_headers_name_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        load(_file(tmp_path, text))


def test_parameters_arrive_with_their_types(tmp_path: Path) -> None:
    text = HEAD.format("a text, b integer = null, c integers = null, d texts = [\"x\", \"y\"], e date = null,\n"
                       "--   f boolean = false", "a, b, c, d, e, f")  # fmt: skip
    text += "SELECT $a AS a, $b AS b, len($c) AS c, list_aggregate($d, 'string_agg', '+') AS d, $e AS e, $f AS f"
    row = _run(tmp_path, text, a="it's; $b", b="12", c="1,2,3", e="2024-01-31", f="true").iloc[0]
    assert (row.a, row.b, row.c, row.d, row.e, row.f) == ("it's; $b", 12, 3, "x+y", pd.Timestamp("2024-01-31"), True)
    row = _run(tmp_path, text, a="x", c=[]).iloc[0]
    assert row.c == 0
    assert pd.isna(row.b)


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({}, r"q\.sql: missing parameter a"),
        ({"a": None}, r"q\.sql: missing parameter a"),
        ({"a": 1, "b": 2}, r"q\.sql: unknown parameter b; it has a"),
        ({"a": "one"}, r"q\.sql, a: 'one' is no integer"),
        ({"a": 1.5}, r"q\.sql, a: 1.5 is no integer"),
        ({"a": True}, r"q\.sql, a: True is no integer"),
    ],
)
def test_wrong_parameters_name_file_and_parameter(tmp_path: Path, parameters: dict[str, object], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        _run(tmp_path, _query("a integer", "a", "SELECT $a AS a"), **parameters)


def test_an_unknown_query_is_said(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="there is no such query; there are q"):
        Reader(None, known=Catalogue({"q": load(_file(tmp_path, _query("none", "a", "SELECT 1 AS a")))}, {})).run(
            "other", {}
        )


def test_columns_are_those_promised(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"q\.sql, columns: the query gives b"):
        _run(tmp_path, _query("none", "a", "SELECT 1 AS b"))


def test_building_blocks_are_views_and_macros_in_any_order(tmp_path: Path) -> None:
    _file(tmp_path, _query("least integer", "n", "SELECT n FROM numbers WHERE n >= $least"), "_above.sql")
    _file(tmp_path, _query("none", "n", "SELECT unnest([1, 2, 3]) AS n"), "_numbers.sql")
    rows = _run(tmp_path, _query("a integer", "n", "SELECT n FROM above($a) ORDER BY n"), a=2)
    assert rows.n.tolist() == [2, 3]


def test_a_broken_block_names_its_file(tmp_path: Path) -> None:
    _file(tmp_path, _query("none", "n", "SELECT n FROM nowhere"), "_broken.sql")
    with pytest.raises(CatalogueError, match=r"_broken\.sql: .*nowhere"):
        _run(tmp_path, _query("none", "a", "SELECT 1 AS a"))


def test_missing_stays_missing_in_frames(tmp_path: Path) -> None:
    text = HEAD.format("none", "i, t, f, s, d, total")
    text += (
        "SELECT i, i = 1 AS t, i / 2 AS f, CASE WHEN i = 1 THEN 'x' END AS s, "
        "CASE WHEN i = 1 THEN DATE '2024-01-31' END AS d, sum(i) OVER () AS total "
        "FROM (VALUES (1), (NULL)) AS v (i) ORDER BY i"
    )
    frame = _run(tmp_path, text)
    types = [str(type_) for type_ in frame.dtypes]
    assert types == ["Int64", "boolean", "float64", "str", "datetime64[ms]", "Int64"]
    assert frame.iloc[1][["i", "t", "f", "s", "d"]].isna().all()


def test_a_query_reads_the_store_and_nothing_else(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(QueryError, match="disabled"):
        _run(tmp_path, _query("a text", "a", "SELECT * FROM read_csv($a)"), a=str(secret))
