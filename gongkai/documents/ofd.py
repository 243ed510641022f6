"""Reads OFD (GB/T 33190-2016): a zip of XML in which every character of a page has its place, as in a PDF.

The pages become `Page`s (ofd_page) and go the way of all pages of fixed layout (pdf_blocks). A page that is a picture
is recognised, where the extra is installed.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from gongkai.documents import ocr
from gongkai.documents.model import Box, Content, Place
from gongkai.documents.ofd_page import POINTS, Picture, add_objects, box_of, children, local, numbers
from gongkai.documents.package import Package
from gongkai.documents.pdf_blocks import blocks_of
from gongkai.documents.pdf_model import Page
from gongkai.errors import UnreadableDocument

MAX_PAGES = 500
"""Pages that are read, as of a PDF."""
MAX_SCANS = 60
MOST_CHARACTERS = 2_000_000
WHOLE, STAMPED = 0.5, 60
"""A picture is the page itself from this share of it on, if no more than so many characters stand beside it."""
A4: Box = (0.0, 0.0, 210.0, 297.0)
_METADATA = {"Title": "title", "Author": "author", "CreationDate": "created", "ModDate": "modified"}


@dataclass(slots=True)
class _Read:
    """What was read so far: pages, and of those that are pictures the places recognised and the pages left."""

    pages: list[Page] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    characters: int = 0


@dataclass(slots=True)
class _Resources:
    """What the pages of a document share: the area of a page, templates and media files by their numbers."""

    area: Box
    templates: dict[str, str]
    media: dict[str, str]


def read(data: bytes) -> Content:
    """The blocks of an OFD in reading order, with page and box; its properties; the number of pages.

    Raises `UnreadableDocument`: encrypted, damaged, too_large, no_text.
    """
    package = Package(data)
    root = _xml(package, "OFD.xml")
    if package.part("Encryptions.xml") is not None:
        raise UnreadableDocument("encrypted", "the OFD file is encrypted: save it without encryption")
    done = _Read()
    metadata: dict[str, str] = {}
    for body in children(root, "DocBody"):
        for info in children(body, "DocInfo"):
            for entry in info:
                key, value = _METADATA.get(local(entry)), (entry.text or "").strip()
                if key and value:
                    metadata.setdefault(key, value)
        for location in children(body, "DocRoot"):
            _document(package, _path("", location.text), done)
    if not any(not char.blank for page in done.pages for char in page.chars):
        if done.unread:
            ocr.require()
        raise UnreadableDocument("no_text", "no text was found in it: give the Word file that it was made from")
    blocks, address = blocks_of(done.pages)
    if address:
        metadata["url"] = address
    return Content(blocks, metadata, len(done.pages), tuple(done.places), tuple(done.unread))


def _document(package: Package, path: str, done: _Read) -> None:
    root = _xml(package, path)
    resources = _resources(package, path, root)
    for pages in children(root, "Pages"):
        for entry in children(pages, "Page"):
            if len(done.pages) == MAX_PAGES:
                raise UnreadableDocument("too_large", f"an OFD file of more than {MAX_PAGES} pages: split it")
            _page(package, _path(path, entry.get("BaseLoc")), resources, done)


def _resources(package: Package, path: str, root: etree._Element) -> _Resources:
    resources = _Resources(A4, {}, {})
    for common in children(root, "CommonData"):
        for area in children(common, "PageArea"):
            resources.area = _area(area) or A4
        for template in children(common, "TemplatePage"):
            resources.templates[template.get("ID", "")] = _path(path, template.get("BaseLoc"))
        for entry in (*children(common, "PublicRes"), *children(common, "DocumentRes")):
            _media(package, _path(path, entry.text), resources)
    return resources


def _media(package: Package, path: str, resources: _Resources) -> None:
    try:
        root = _xml(package, path)
    except UnreadableDocument as error:
        if error.reason != "damaged":
            raise
        return  # Only pictures are looked up in it: the text does not depend on it.
    folder = _path(path, root.get("BaseLoc") or ".")
    for group in children(root, "MultiMedias"):
        for medium in children(group, "MultiMedia"):
            for file in children(medium, "MediaFile"):
                name = (file.text or "").strip().replace("\\", "/")
                resources.media[medium.get("ID", "")] = posixpath.join(folder, name.rpartition("/")[2])


def _page(package: Package, path: str, resources: _Resources, done: _Read) -> None:
    root = _xml(package, path)
    area = next((_area(each) for each in children(root, "Area")), None) or resources.area
    left, top, width, height = area
    page = Page(len(done.pages) + 1, width * POINTS, height * POINTS)
    pictures: list[Picture] = []
    # Templates lie behind the page's own content or before it; where text stands does not depend on that.
    for template in children(root, "Template"):
        location = resources.templates.get(template.get("TemplateID", ""))
        if location:
            pictures += add_objects(_xml(package, location), page, (left, top))
    pictures += add_objects(root, page, (left, top))
    done.characters += len(page.chars)
    if done.characters > MOST_CHARACTERS:
        raise UnreadableDocument("too_large", "an OFD file of far more text than a report: split it")
    done.pages.append(_recognised(package, page, pictures, resources, done))


def _recognised(package: Package, page: Page, pictures: list[Picture], resources: _Resources, done: _Read) -> Page:
    """The page, or what is recognised on it if it is a picture."""
    whole = [
        picture
        for picture in pictures
        if (picture.box[2] - picture.box[0]) * (picture.box[3] - picture.box[1]) >= WHOLE * page.width * page.height
    ]
    if not whole or sum(not char.blank for char in page.chars) > STAMPED:
        return page
    data = package.part(resources.media.get(whole[0].resource, ""))
    if data is None or not ocr.available() or len(done.places) == MAX_SCANS:
        done.unread.append(str(page.number))
        return page
    from PIL import Image, UnidentifiedImageError

    from gongkai.documents.picture_page import page_of
    from gongkai.documents.pictures import HEIGHT, MAX_PIXELS, WIDTH, scaled

    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise UnidentifiedImageError
            picture = scaled(opened)
            upright = opened.height >= opened.width
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        done.unread.append(str(page.number))
        return page
    left, top, right, bottom = whole[0].box
    done.places.append((page.number, (left, top, right, bottom)))
    return page_of(picture, page.number, (right - left) / (WIDTH if upright else HEIGHT))


def _area(element: etree._Element) -> Box | None:
    """Left, top, width and height in millimetres of a page's physical box."""
    for box in children(element, "PhysicalBox"):
        return box_of(numbers(box.text))
    return None


def _xml(package: Package, path: str) -> etree._Element:
    root = package.xml(path)
    if root is None:
        raise UnreadableDocument("damaged", f"a part of the OFD file is missing ({path[:80]}): ask for it again")
    return root


def _path(base: str, location: str | None) -> str:
    """A location in the zip, relative to the folder of the file `base` or to the root."""
    name = (location or "").strip().replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), name)).lstrip("/")
