"""Checks of a report's wording: wrong ones are found, right ones and near ones are left in peace."""

from __future__ import annotations

import pytest

from gongkai.catalogue.forms import forms
from gongkai.checks.wording import PROBLEMS, check_wording
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block
from gongkai.records import Report

REPORT = Report(source="a", sha256="0", year=2023, regime="2021", agency="淮安市洪泽区人民政府", province="江苏省")


def document(*lines: str) -> tuple[Block, ...]:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    return builder.blocks


def checks(*lines: str, report: Report = REPORT) -> list[str]:
    blocks = document(*lines)
    found = list(check_wording(report, blocks))
    for finding in found:
        for place in finding.evidence:
            assert place.block is not None
            assert blocks[place.block].text[place.start : place.end] == place.quote
    return [finding.check for finding in found]


@pytest.mark.parametrize("words", ["", "无", "无。", "暂无", "目前没有问题。", "我局无突出问题"])
def test_a_section_without_problems_is_empty(words: str) -> None:
    assert checks(f"五、{PROBLEMS}", *([words] if words else []), "六、其他需要报告的事项", "无") == ["section_empty"]


@pytest.mark.parametrize("words", ["公开意识有待加强。", "无障碍阅读仍需改进。", "没有及时更新部分栏目，下一步改进。"])
def test_a_section_with_a_problem_is_not(words: str) -> None:
    assert checks(f"五、政府信息公开工作{PROBLEMS}", words, "六、其他需要报告的事项", "无") == []


def test_sections_within_one_line_are_found() -> None:
    names = forms()["2021"].sections
    line = "".join(
        f"{number}、{name} {'无。' if name == PROBLEMS else '内容。' * 8}"
        for number, name in zip("一二三四五六", names, strict=True)
    )
    assert checks(line) == ["section_empty"]


@pytest.mark.parametrize(
    ("line", "year", "found"),
    [
        ("根据国办发〔2021〕30号要求", 2023, True),
        ("根据（国办发[2021] 30 号）要求", 2023, True),
        ("根据国办公开办函〔2021〕30号要求", 2023, False),
        ("根据国办公开办函〔2019〕60号要求", 2020, False),
        ("根据国办公开办函〔2019〕60号要求", 2022, True),
        ("《条例》（国务院令第492号）", 2017, False),
        ("《条例》（国务院令第492号）", 2022, True),
        ("《条例》（国务院令第711号）", 2022, False),
    ],
)
def test_references(line: str, year: int, found: bool) -> None:
    report = Report(source="a", sha256="0", year=year, regime="2021")
    assert checks(line, report=report) == (["wrong_reference"] if found else [])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("共公开信息100条，其中网站60条、微信50条。", True),
        ("共公开信息100条，其中网站60条、微信40条。", False),
        ("共公开信息100余条，其中网站60条、微信50条。", False),
        ("共收到申请10件，其中网络8件，同比增长20%；信函5件。", False),
        ("全年公开100条，制发文件120件，其中规范性文件130件。", True),
        ("全年办理建议30件、提案20件，其中公开25件。", False),
        ("2023年公开信息100条，其中2022年结转120件。", False),
    ],
)
def test_parts_of_a_sentence(line: str, found: bool) -> None:
    assert checks(line) == (["parts_exceed_total"] if found else [])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("共受理工单200件，办结190件，办结率95%。", False),
        ("共受理工单200件，办结190件，办结率98%。", True),
        ("共受理工单300件，办结299件，办结率99.6%。", False),
        ("共受理工单300件，办结299件，办结率99.7%。", False),
        ("共受理工单200件，办结率98%。", False),
    ],
)
def test_rates(line: str, found: bool) -> None:
    assert checks(line) == (["rate_not_reproducible"] if found else [])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2023年，沭阳县人民政府政府信息公开工作取得一定成效。", True),
        ("2023年，洪泽区人民政府政府信息公开工作取得一定成效。", False),
        ("2023年，淮安市人民政府政务公开工作要求更高。", False),
        ("赴沭阳县人民政府学习政务公开工作。", False),
        ("申请人身份证号320829199001011234。", True),
        ("电话051787222589，邮编223100。", False),
    ],
)
def test_other_units_and_identity_numbers(line: str, found: bool) -> None:
    assert checks(line) == (["other_unit_in_text"] if found else [])
