"""What a file is, by its contents; its name is only asked to be of the same opinion."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _

from kepu.notices.drafting.documents import archive
from kepu.notices.drafting.documents.document import DocumentRefused, Format
from kepu.notices.drafting.documents.refusing import broken, empty

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0"
_TAGS = re.compile(rb"<(?:!doctype\s+html|html|body|head|table|div|p)[\s>/]", re.IGNORECASE)
SUFFIXES: dict[str, Format] = {
    ".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".txt": "txt", ".md": "txt",
}  # fmt: skip
TITLES: dict[Format, str] = {"docx": "Word（DOCX）", "pdf": "PDF", "html": "HTML", "txt": "TXT"}


def kind_of(content: bytes, name: str) -> Format:
    """The format of a file. Raises :class:`DocumentRefused` for what cannot be read, with what to do instead."""
    if not content.strip(b"\0\t\r\n\f "):
        raise DocumentRefused(empty())
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(content)
    if content.startswith(_OLE):
        raise DocumentRefused(_old(content))
    if content.startswith(_IMAGES) or _is_other_image(content):
        raise DocumentRefused(
            _("这是图片，里面没有可以读的文字。请上传带文字的文件，或先做文字识别，再把文字粘贴进来。")
        )
    if content.startswith(_PACKED):
        raise DocumentRefused(_("这是压缩包。请先解压，再上传里面的通知。"))
    if content.startswith(b"{\\rtf"):
        raise DocumentRefused(_("这是 RTF 文件，不能直接读。请用 WPS、Word 打开，另存为 DOCX 再上传。"))
    if re.match(rb"(?:MIME-Version|From): ", content[:64], re.IGNORECASE):
        raise DocumentRefused(
            _("这是单个文件的网页（MHT）或邮件，不能直接读。请另存为 HTML 或 DOCX，或复制文字粘贴。")
        )
    return "html" if _is_page(content, name) else "txt"


def _is_other_image(content: bytes) -> bool:
    """Pictures that take more than their first bytes to tell: WebP, HEIC, BMP."""
    return (
        (content.startswith(b"RIFF") and content[8:12] == b"WEBP")
        or content[4:12] in (b"ftypheic", b"ftypmif1")
        or (content.startswith(b"BM") and int.from_bytes(content[2:6], "little") == len(content))
    )


def _is_page(content: bytes, name: str) -> bool:
    head = content[:4096].replace(b"\0", b"")
    named = SUFFIXES.get(PurePath(name.lower()).suffix) == "html"
    return bool(
        _TAGS.search(head)
        if named
        else re.search(rb"<(?:!doctype\s+html|html|body)[\s>]", head, re.IGNORECASE)
    )


def _zipped(content: bytes) -> Format:
    opened = archive.opened(content)
    names = {entry.filename for entry in opened.infolist()}
    types = archive.member(opened, "[Content_Types].xml") or b""
    if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        raise DocumentRefused(
            _("这个文件带有宏，为了安全不予读取。请用 WPS、Word 另存为不带宏的 DOCX 再上传。")
        )
    if _MAIN.encode() in types and b"document.main+xml" in types:
        return "docx"
    if _MAIN.encode() in types and b"template.main+xml" in types:
        raise DocumentRefused(_("这是 Word 模板（DOTX），不是文档。请另存为 DOCX 再上传。"))
    raise DocumentRefused(_other_archive(opened, names, types))


def _other_archive(opened: zipfile.ZipFile, names: set[str], types: bytes) -> str:
    if b"spreadsheetml" in types:
        return _("这是 Excel 表格，不是通知的正文。请上传通知本身；表格的内容可以复制文字粘贴。")
    if b"presentationml" in types:
        return _("这是演示文稿（PPT），不是通知的正文。请上传通知本身，或复制文字粘贴。")
    if "OFD.xml" in names:
        return _("这是 OFD 版式文件，不能直接读。请用阅读器转成 PDF，或复制文字粘贴。")
    if b"opendocument" in (archive.member(opened, "mimetype") or b""):
        return _("这是 ODF 文档（ODT），不能直接读。请另存为 DOCX 再上传。")
    if not names:
        return broken()
    return _("这是压缩包。请先解压，再上传里面的通知。")


def _old(content: bytes) -> str:
    """The sentence for a compound file: what it is stands in its directory."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return _("文档加了密码，打不开。请先去掉密码，再上传。")
    if holds("Workbook") or holds("Book"):
        return _(
            "这是旧格式的 Excel 表格（XLS），不是通知的正文。请上传通知本身；表格的内容可以复制文字粘贴。"
        )
    if holds("PowerPoint Document"):
        return _("这是演示文稿（PPT），不是通知的正文。请上传通知本身，或复制文字粘贴。")
    return _("这是旧格式的文档（DOC 或 WPS），不能直接读。请用 WPS、Word 打开，另存为 DOCX 再上传。")


def remark_on_name(found: Format, name: str) -> str:
    """What is worth saying when the name says otherwise, else ""."""
    suffix = PurePath(name.lower()).suffix
    if not suffix or SUFFIXES.get(suffix) == found:
        return ""
    return _("文件名的结尾是“%(suffix)s”，内容却是 %(found)s，已按 %(found)s 读取。") % {
        "suffix": suffix, "found": TITLES[found],
    }  # fmt: skip
