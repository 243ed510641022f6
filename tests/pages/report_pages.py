"""Open a page of the dashboard in a test, and look into the component that shows documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).resolve().parents[2]


def page(name: str, language: str = "zh-CN", **parameters: str) -> AppTest:
    """The page `name`, run once with parameters in its address. GONGKAI_DATA names the workspace."""
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    app.session_state["language"] = language
    app.switch_page(f"pages/{name}.py")
    for key, value in parameters.items():
        app.query_params[key] = value
    return app.run()


def words(app: AppTest) -> str:
    """All that stands on the page as text, in no particular order."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success", "metric")
    found = [str(element.value) for kind in kinds for element in app.get(kind)]
    found += [str(element.label) for kind in ("expander", "button", "metric") for element in app.get(kind)]
    return "\n".join(found)


def source_view(app: AppTest) -> dict[str, Any]:
    """The data that the page gives to the component that shows a document beside its figures."""
    (element,) = app.get("bidi_component")
    proto = element.proto
    return dict(json.loads(proto.json or proto.mixed.json))


def marked(view: dict[str, Any], key: str) -> list[str]:
    """The texts of all segments and cells of the document that carry the mark `key`."""
    found = [
        segment["text"] for block in view["blocks"] for segment in block.get("segments", []) if key in segment["keys"]
    ]
    cells = [cell for block in view["blocks"] for cell in block.get("cells", []) if key in cell["keys"]]
    return found + ["".join(segment["text"] for segment in cell["segments"]) for cell in cells]
