"""Pages begin with their title, and speak only in messages."""

import re

from gongkai.paths import PROJECT


def test_every_page_begins_through_the_shell() -> None:
    for path in (PROJECT / "pages").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert f'begin("{path.stem}")' in text or f'name="{path.stem}"' in text, path.name


def test_no_words_in_pages_or_components() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for path in [*(PROJECT / "pages").glob("*.py"), *(PROJECT / "gongkai" / "ui").glob("*.py")]:
        code = re.sub(r'""".*?"""|#[^\n]*', "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not chinese.search(code), path.name
