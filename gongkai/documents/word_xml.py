"""Word files saved as one XML file: the parts of a .docx in one file (flat OPC), and the XML of Word 2003.

Both are put into the container of a .docx and read as one. Word 2003 uses the same elements in another namespace, with
a few other names; a paragraph's printed number stands beside it.
"""

from __future__ import annotations

import base64
import binascii
import re
import zipfile
from io import BytesIO

from lxml import etree

from gongkai.documents import docx
from gongkai.documents.model import Content
from gongkai.errors import UnreadableDocument

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_W_NAME = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_W_NAME}}}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge"}
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_ELEMENTS = "http://purl.org/dc/elements/1.1/"
_PROPERTIES = {"Title": "title", "Subject": "subject", "Author": "creator"}
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Target="styles.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>'
)


def read(text: str) -> Content:
    """Return the blocks and properties of a Word file in one XML file. Raises UnreadableDocument as docx.read does."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text).encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument("damaged", "the Word file is cut off or damaged: save it anew as .docx") from error
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
        for name, data in _parts(root).items():
            target.writestr(name, data)
    return docx.read(stream.getvalue())


def _parts(root: etree._Element) -> dict[str, bytes]:
    if root.tag != f"{_PKG}package":
        return _of_2003(root)
    parts: dict[str, bytes] = {}
    for part in root.iterfind(f"{_PKG}part"):
        name = (part.get(f"{_PKG}name") or "").lstrip("/")
        xml, binary = part.find(f"{_PKG}xmlData"), part.findtext(f"{_PKG}binaryData")
        if xml is not None and len(xml):
            parts[name] = etree.tostring(xml[0])
        elif binary is not None:
            try:
                parts[name] = base64.b64decode(binary)
            except (binascii.Error, ValueError):
                continue  # A picture more or less: the text does not depend on it.
    return parts


def _of_2003(root: etree._Element) -> dict[str, bytes]:
    for element in root.iter(f"{_OLD}*"):
        name = etree.QName(element).localname
        element.tag = _W + _RENAMED.get(name, name)
        for key in [key for key in element.attrib if str(key).startswith(_OLD)]:
            element.set(_W + str(key)[len(_OLD) :], element.attrib.pop(key))
    for hint in list(root.iter(f"{_HINT}t")):
        _print_number(hint)
    parts = {"word/_rels/document.xml.rels": _RELATIONSHIPS.encode()}
    document = etree.Element(f"{_W}document", nsmap={"w": _W_NAME})
    for name, kept in (("body", document), ("styles", None)):
        found = root.find(_W + name)
        if found is None:
            continue
        for group in list(found.iter("{*}sect", "{*}sub-section")):
            _unwrapped(group)
        if kept is not None:
            kept.append(found)
        else:
            parts["word/styles.xml"] = etree.tostring(found)
    parts["word/document.xml"] = etree.tostring(document)
    parts["docProps/core.xml"] = _core(root)
    return parts


def _print_number(hint: etree._Element) -> None:
    """Put the number that Word prints before a paragraph into its text."""
    paragraph = next(hint.iterancestors(f"{_W}p"), None)
    listed = next(hint.iterancestors(f"{_W}listPr"), None)
    if paragraph is None or listed is None:
        return
    run = etree.Element(f"{_W}r")
    etree.SubElement(run, f"{_W}t").text = hint.get(f"{_HINT}val") or ""
    holder = listed.getparent()
    if holder is not None:
        holder.remove(listed)
    properties = paragraph.find(f"{_W}pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)


def _unwrapped(group: etree._Element) -> None:
    """Put what Word 2003 groups by sections and headings in the group's place."""
    parent = group.getparent()
    if parent is None:
        return
    place = parent.index(group)
    for offset, child in enumerate(list(group)):
        parent.insert(place + offset, child)
    parent.remove(group)


def _core(root: etree._Element) -> bytes:
    core = etree.Element(f"{{{_CORE}}}coreProperties")
    for properties in root.iterfind(f"{_OFFICE}DocumentProperties"):
        for name, plain in _PROPERTIES.items():
            value = properties.findtext(_OFFICE + name)
            if value:
                etree.SubElement(core, f"{{{_ELEMENTS}}}{plain}").text = value
    return etree.tostring(core)
