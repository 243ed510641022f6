"""Writes small OFD files (GB/T 33190): texts, lines and pictures at given places; lengths in points, as drawn."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
MM = 25.4 / 72


def number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


class OfdFile:
    """An OFD under way: `page()` begins a page, the other methods draw on the last one."""

    def __init__(self, width: float = 595.0, height: float = 842.0, title: str = "") -> None:
        self.width, self.height, self.title = width, height, title
        self.pages: list[list[str]] = []
        self.template: list[str] = []
        self.media: dict[str, bytes] = {}

    def page(self) -> OfdFile:
        self.pages.append([])
        return self

    def raw(self, xml: str) -> None:
        self.pages[-1].append(xml)

    def text(
        self, x: float, base: float, text: str, size: float = 12, deltas: str | None = None, more: str = ""
    ) -> None:
        """Text whose first character stands at x on the baseline; `deltas` as in DeltaX, else as wide as usual."""
        advance = [size * MM * (0.5 if ord(mark) < 0x2000 else 1) for mark in text[:-1]]
        given = deltas if deltas is not None else " ".join(map(number, advance))
        # The object's own space begins at the upper left corner of its boundary.
        boundary = " ".join(map(number, (x * MM, (base - size) * MM, self.width * MM, 2 * size * MM)))
        delta = f" DeltaX={quoteattr(given)}" if given else ""
        self.raw(
            f'<ofd:TextObject ID="1" Font="2" Size="{number(size * MM)}" Boundary="{boundary}"{more}>'
            f'<ofd:TextCode X="0" Y="{number(size * MM)}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A stroked line."""
        corner = f"{number(min(x0, x1) * MM)} {number(min(y0, y1) * MM)}"
        size = f"{number(max(abs(x1 - x0) * MM, 0.1))} {number(max(abs(y1 - y0) * MM, 0.1))}"
        path = f"M 0 0 L {number(abs(x1 - x0) * MM)} {number(abs(y1 - y0) * MM)}"
        self.raw(
            f'<ofd:PathObject ID="3" Boundary="{corner} {size}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def picture(self, box: tuple[float, float, float, float], data: bytes) -> None:
        """A picture over a box."""
        self.media["9"] = data
        left, top, right, bottom = (value * MM for value in box)
        self.raw(
            f'<ofd:ImageObject ID="4" ResourceID="9" Boundary="{left} {top} {right - left} {bottom - top}" '
            f'CTM="{right - left} 0 0 {bottom - top} 0 0"/>'
        )

    def bytes(self, bodies: int = 1) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in self._parts(bodies):
                target.writestr(name, content)
        return stream.getvalue()

    def _parts(self, bodies: int) -> Iterable[tuple[str, str | bytes]]:
        info = f"<ofd:DocInfo><ofd:Title>{escape(self.title)}</ofd:Title></ofd:DocInfo>" if self.title else ""
        roots = "".join(
            f"<ofd:DocBody>{info}<ofd:DocRoot>Doc_{number}/Document.xml</ofd:DocRoot></ofd:DocBody>"
            for number in range(bodies)
        )
        yield "OFD.xml", f'<ofd:OFD {NAMESPACE} Version="1.1" DocType="OFD">{roots}</ofd:OFD>'
        box = f"0 0 {self.width * MM} {self.height * MM}"
        template = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if self.template else ""
        used = '<ofd:Template TemplateID="7" ZOrder="Background"/>' if self.template else ""
        entries = "".join(
            f'<ofd:Page ID="{20 + index}" BaseLoc="Pages/Page_{index}/Content.xml"/>'
            for index in range(len(self.pages))
        )
        media = "".join(
            f'<ofd:MultiMedia ID="{key}" Type="Image"><ofd:MediaFile>image_{key}.png</ofd:MediaFile></ofd:MultiMedia>'
            for key in self.media
        )
        for body in range(bodies):
            folder = f"Doc_{body}"
            yield (
                f"{folder}/Document.xml",
                f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox>"
                f"</ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{template}</ofd:CommonData>"
                f"<ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
            )
            yield (
                f"{folder}/DocumentRes.xml",
                f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
            )
            for key, data in self.media.items():
                yield f"{folder}/Res/image_{key}.png", data
            if self.template:
                yield f"{folder}/Tpls/Tpl_0/Content.xml", self._content("", self.template)
            for index, objects in enumerate(self.pages):
                yield f"{folder}/Pages/Page_{index}/Content.xml", self._content(used, objects)

    @staticmethod
    def _content(used: str, objects: list[str]) -> str:
        layer = f'<ofd:Layer ID="5">{"".join(objects)}</ofd:Layer>'
        return f"<ofd:Page {NAMESPACE}>{used}<ofd:Content>{layer}</ofd:Content></ofd:Page>"
