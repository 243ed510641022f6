"""Pages laid out in tables, saved as text: their paragraphs come out of the bars, their tables stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.model import Cell, Kind
from gongkai.documents.text import read
from gongkai.documents.text_prose import parted

SENTENCE = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止，欢迎社会公众查阅。"


def test_a_page_in_bars() -> None:
    page = (
        "索引号: | 1133/2023-5 | 公开方式: | 主动公开 |||\n望湖市水利局2022年政府信息公开工作年度报告 | ||||||\n"
        f"{SENTENCE} | ||||||\n第二十条第（五）项 | ||||||\n"
        "信息内容 | 本年处理决定数量 | |||||\n行政许可 | 12 | |||||\n"
        "三、收到和处理政府信息公开申请情况 | ||||||\n自然人 | 法人 | 总计 | ||||\n新收 | 1 | 0 | 1 |||\n"
    )
    blocks = read(page).blocks
    assert [(block.kind, block.text.split("\n")[0]) for block in blocks] == [
        (Kind.TABLE, "索引号:\t1133/2023-5\t公开方式:\t主动公开"),
        (Kind.PARAGRAPH, "望湖市水利局2022年政府信息公开工作年度报告"),
        (Kind.PARAGRAPH, SENTENCE),
        (Kind.TABLE, "第二十条第（五）项"),
        (Kind.PARAGRAPH, "三、收到和处理政府信息公开申请情况"),
        (Kind.TABLE, "自然人\t法人\t总计"),
    ]
    assert [(cell.row, cell.column) for cell in blocks[3].cells if cell.text == "12"] == [(2, 1)]


def test_a_table_without_sentences_stays_whole() -> None:
    cells = (Cell(0, 0, "三、办理情况"), Cell(1, 0, "许可"), Cell(1, 1, "3"))
    assert parted(cells) == [cells]


@given(st.lists(st.lists(st.sampled_from(("", "许可", "3", SENTENCE, "四、其他情况")), max_size=3), max_size=8))
def test_every_text_is_kept_in_its_order(rows: list[list[str]]) -> None:
    cells = tuple(Cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts))
    found: list[str] = []
    for part in parted(cells):
        found.extend([part] if isinstance(part, str) else [cell.text for cell in part])
    assert [text for text in found if text] == [cell.text for cell in cells if cell.text]
