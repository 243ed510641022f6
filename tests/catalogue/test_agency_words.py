"""The words that tell kinds, short names, page labels, authors and repost sites are valid, and mistakes are named."""

import pytest

from gongkai.catalogue import agency_kinds, page_words, sites
from gongkai.errors import CatalogueError


@pytest.mark.parametrize(
    ("organ", "kind"),
    [
        ("人民政府", "government"),
        ("行政公署", "government"),
        ("人民政府办公室", "office"),
        ("人民政府办公厅", "office"),
        ("人民政府外事办公室", "department"),
        ("驻北京办事处", "department"),
        ("司法局", "department"),
        ("发展和改革委员会", "department"),
        ("税务局", "vertical"),
        ("气象局", "vertical"),
        ("经济技术开发区管理委员会", "zone"),
        ("公共资源交易中心", "institution"),
        ("人民医院", "institution"),
        ("随便", None),
    ],
)
def test_the_kind_follows_from_the_words(organ: str, kind: str | None) -> None:
    assert agency_kinds.kind_of(organ, None) == kind


def test_a_rule_may_hold_for_some_levels_only() -> None:
    assert agency_kinds.kind_of("地震局", "province") == "vertical"
    assert agency_kinds.kind_of("地震局", "prefecture") == "department"


def test_short_names_are_expanded_and_others_kept() -> None:
    assert agency_kinds.expand("人防办") == "人民防空办公室"
    assert agency_kinds.expand("司法局") == "司法局"


def test_no_expansion_is_itself_a_short_name() -> None:
    names = agency_kinds.organ_names()
    assert not set(names.values()) & set(names)


def test_all_lists_load() -> None:
    assert page_words.page_labels()["发布机构"] == "publisher"
    assert {role for role, _ in page_words.author_patterns("(x)")} == page_words.STATEMENT_ROLES
    assert sites.secondary_sources().phrases
    assert sites.secondary_sources().hosts


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("agency_kinds.toml", '[[rule]]\nkind = "ministry"\npattern = "部"', "rule 1, kind"),
        ("agency_kinds.toml", '[[rule]]\nkind = "office"\npattern = "("', "rule 1, pattern"),
        ("agency_kinds.toml", '[[rule]]\nkind = "office"\npattern = "x"\nlevels = ["moon"]', "rule 1, levels"),
        ("agency_kinds.toml", "[[rule]", "agency_kinds.toml"),
    ],
)
def test_a_wrong_rule_is_named(file: str, text: str, message: str, tmp_path, monkeypatch) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.setattr(agency_kinds, "DATA", tmp_path)
    agency_kinds.kind_rules.cache_clear()
    with pytest.raises(CatalogueError, match=message):
        agency_kinds.kind_rules()
    monkeypatch.undo()
    agency_kinds.kind_rules.cache_clear()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[statement]]\nrole = "guess"\npattern = "{name}"', "statement 1, role"),
        ('[[statement]]\nrole = "contact"\npattern = "联系"', "statement 1, pattern: must have {name} once"),
        ('[[statement]]\nrole = "contact"\npattern = "({name})"', "no group of its own"),
    ],
)
def test_a_wrong_statement_is_named(text: str, message: str, tmp_path, monkeypatch) -> None:
    (tmp_path / "author_patterns.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(page_words, "DATA", tmp_path)
    page_words.author_patterns.cache_clear()
    with pytest.raises(CatalogueError, match=message):
        page_words.author_patterns("(x)")
    monkeypatch.undo()
    page_words.author_patterns.cache_clear()
