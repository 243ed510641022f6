"""What the component gets: marks for every item, pages with fractions, and no address that is not of the web."""

from __future__ import annotations

import json

import pytest

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Cell, Document, Line
from gongkai.ui.marks import Place
from gongkai.ui.source_view import Item, ItemList, Matrix, PagePicture, Pane, items_of, page_of, payload, web_address

LABELS = {"document": "原文", "page": "第 {page} 页", "page_of": "{page}/{pages}", "previous": "前", "next": "后"}


def document(pages: int | None = None) -> Document:
    builder = BlockBuilder()
    builder.paragraph("收到21件", page=1, lines=(Line(0, 5, 1, (100.0, 100.0, 200.0, 110.0)),))
    builder.table((Cell(0, 0, "新收", colspan=2), Cell(0, 2, "21", page=2, box=(50.0, 50.0, 90.0, 70.0))), page=2)
    return Document("a", "pdf" if pages else "txt", "0" * 64, builder.blocks, pages=pages)


def panes() -> tuple[Pane, ...]:
    words = Item("words", "收到", "21 件", places=(Place(block=0, start=2, end=4),), link="javascript:alert(1)")
    cell = Item("cell", "新收", "21", places=(Place(block=1, row=0, column=2),))
    nowhere = Item("nowhere", "导入", "3", link="https://example.gov.cn/a.html")
    return (
        Pane("figures", "数字", (ItemList("", (words, nowhere)), Matrix("", "", ("总计",), (("新收", (cell,)),))), ""),
        Pane("findings", "问题", (), "没有"),
    )


def test_items_of_all_groups_come_in_order() -> None:
    assert [item.key for item in items_of(panes())] == ["words", "nowhere", "cell"]


def test_the_text_carries_the_marks() -> None:
    data = payload(document(), panes(), LABELS, "words")
    assert data["page"] is None
    assert data["selected"] == "words"
    paragraph, table = data["blocks"]
    assert [part["text"] for part in paragraph["segments"] if part["keys"] == ["words"]] == ["21"]
    assert [cell["keys"] for cell in table["cells"]] == [[], ["cell"]]
    json.dumps(data)


def test_an_unknown_selection_is_dropped_and_missing_documents_are_allowed() -> None:
    data = payload(None, panes(), LABELS, "x" * 99)
    assert data["selected"] is None
    assert data["blocks"] is None
    assert not any(item["placed"] for group in data["panes"][0]["groups"] for item in group.get("items", []))


def test_only_web_addresses_become_links() -> None:
    items = payload(document(), panes(), LABELS)["panes"][0]["groups"][0]["items"]
    assert [item["link"] for item in items] == [None, "https://example.gov.cn/a.html"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//host/a", "file:///etc/passwd", "", None, "http://", "http://[x"],
)
def test_other_addresses_are_refused(address: str | None) -> None:
    assert web_address(address) is None


def test_a_page_carries_the_frames_of_that_page_alone() -> None:
    picture = PagePicture(1, 2, 400.0, 200.0, b"png")
    data = payload(document(2), panes(), LABELS, picture=picture)
    assert data["blocks"] is None
    assert set(data["page"]["boxes"]) == {"words"}
    ((left, top, width, height),) = data["page"]["boxes"]["words"]
    assert (round(left, 2), round(top, 2)) == (0.37, 0.49)
    assert width < 0.1
    assert height < 0.1
    assert page_of(document(2), panes(), "cell") == 2
    assert page_of(document(2), panes(), "nowhere") is None


def test_the_keys_change_with_what_they_stand_for() -> None:
    first = payload(document(), panes(), LABELS)
    assert payload(document(), panes(), LABELS, "cell")["document_key"] == first["document_key"]
    assert payload(document(), panes(), {**LABELS, "page": "Page {page}"})["document_key"] != first["document_key"]
    assert payload(document(), panes()[:1], LABELS)["panes_key"] != first["panes_key"]
