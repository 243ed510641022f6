"""The versions of one report in the order in which they came; whose each block is in a file of several reports."""

from __future__ import annotations

import pytest

from gongkai.store.reader import Reader

REPORT = """
INSERT INTO store.report BY NAME SELECT
    $id AS report_id, 'office' AS collection, $id AS sha256, 0 AS ordinal, $id || '.docx' AS source, 'docx' AS format,
    $agency AS agency_id, $agency AS agency, $year AS year, 'year' AS period, $kind AS kind, $stage AS stage,
    $received::DATE AS received_on, $published::DATE AS published_on, $sender AS sender, false AS secondary_source,
    $listed AS listed, false AS year_uncertain, false AS agency_uncertain, false AS withdrawn, 'current' AS standing,
    '1' AS parser_version, $run AS run
"""


def stored(reader: Reader, id_: str, **more: object) -> None:
    values: dict[str, object] = {
        "id": id_,
        "agency": "a",
        "year": 2024,
        "kind": "annual_report",
        "stage": None,
        "received": None,
        "published": None,
        "sender": None,
        "listed": False,
        "run": 1,
    }
    reader.cursor().execute(REPORT, values | more)


@pytest.fixture
def reader() -> Reader:
    return Reader(None)


def order(reader: Reader, id_: str) -> list[str]:
    return list(reader.run("report_versions", {"report_id": id_})["report_id"])


def test_versions_stand_in_the_order_in_which_they_came(reader: Reader) -> None:
    stored(reader, "published", stage="published", published="2025-01-30")
    stored(reader, "second", stage="draft", received="2025-01-12", sender="县政务办 赵某")
    stored(reader, "first", stage="draft", received="2025-01-05")
    stored(reader, "undated", stage="approved")
    stored(reader, "later", stage="draft", run=2)
    assert order(reader, "second") == ["first", "second", "published", "undated", "later"]
    rows = reader.run("report_versions", {"report_id": "first"})
    assert list(rows["version"]) == [1, 2, 3, 4, 5]
    assert rows["sender"].dropna().tolist() == ["县政务办 赵某"]


def test_other_units_years_kinds_and_lists_are_no_versions(reader: Reader) -> None:
    stored(reader, "this")
    stored(reader, "unit", agency="b")
    stored(reader, "year", year=2023)
    stored(reader, "kind", kind="summary")
    stored(reader, "list", listed=True)
    assert order(reader, "this") == ["this"]


def test_a_report_of_nobody_has_only_itself(reader: Reader) -> None:
    stored(reader, "one", agency=None)
    stored(reader, "two", agency=None)
    assert order(reader, "one") == ["one"]
    assert order(reader, "none") == []


def test_each_report_of_a_file_has_its_own_blocks(reader: Reader) -> None:
    for id_ in ("one", "two", "three"):
        stored(reader, id_)
    cursor = reader.cursor()
    cursor.execute("UPDATE store.report SET sha256 = 'file'")
    for id_, block in (("one", 3), ("one", 9), ("two", 12), ("two", 14), ("three", 20)):
        cursor.execute(
            "INSERT INTO store.metadata_source BY NAME SELECT $id AS report_id, 'year' AS field, 'document' AS origin, "
            "$block AS block",
            {"id": id_, "block": block},
        )
    found = {
        id_: reader.run("report_span", {"report_id": id_}).astype(object).values.tolist()[0]
        for id_ in ("one", "two", "three")
    }
    assert found["one"] == [0, 12]
    assert found["two"] == [12, 20]
    assert found["three"][0] == 20
    assert str(found["three"][1]) == "<NA>"
