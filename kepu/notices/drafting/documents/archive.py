"""A DOCX is a ZIP of XML files. Neither may be more than it says: both are weighed before they are unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext as _
from lxml import etree

from kepu.notices.drafting.documents import limits
from kepu.notices.drafting.documents.document import DocumentRefused
from kepu.notices.drafting.documents.refusing import broken, too_big

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive, once it is known to be whole and of bearable size. Raises :class:`DocumentRefused`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN:
        raise DocumentRefused(broken()) from None
    entries = archive.infolist()
    if len(entries) > limits.MAX_ENTRIES or sum(e.file_size for e in entries) > limits.MAX_UNPACKED:
        raise DocumentRefused(_bomb())
    for entry in entries:
        if entry.file_size > limits.RATIO_FROM and entry.file_size > limits.MAX_RATIO * max(
            1, entry.compress_size
        ):
            raise DocumentRefused(_bomb())
        if entry.filename.lower().endswith((".zip", ".rar", ".7z", ".gz", ".docm", ".dotm")):
            raise DocumentRefused(
                _("文件里面还套着压缩包或带宏的文件，不能读。请把正文另存为单独的 DOCX，或复制文字粘贴。")
            )
    return archive


def member(archive: zipfile.ZipFile, name: str, *, limit: int = limits.MAX_XML) -> bytes | None:
    """One file of the archive, None where it is not there. It is never unpacked further than the limit."""
    try:
        with archive.open(name) as source:
            data = source.read(limit + 1)
    except KeyError:
        return None
    except _BROKEN:
        raise DocumentRefused(broken()) from None
    if len(data) > limit:
        raise DocumentRefused(too_big())
    return data


def xml(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """One XML file of the archive, None where it is not there. What defines entities is refused, not resolved."""
    data = member(archive, name)
    return None if data is None else parsed(data)


def parsed(data: bytes) -> etree._Element:
    """XML without entities, without anything fetched. Raises :class:`DocumentRefused`."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise DocumentRefused(
            _("文档的内容已损坏，读不出来。请用 WPS、Word 打开后另存一份再上传，或复制文字粘贴。")
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentRefused(_("文档里夹带了不该有的定义（XML 实体），不予读取。请复制文字粘贴。"))
    return root


def _bomb() -> str:
    return _("文件解压后太大（疑似压缩炸弹），不予读取。请用 WPS、Word 另存一份再上传，或复制文字粘贴。")
