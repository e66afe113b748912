"""The DOCX as a package of parts: packed so that equal content is equal bytes, and opened with care when it comes from outside."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

LARGEST = 20 * 2**20  # of a file that somebody hands in
MOST_PARTS = 2000
LARGEST_UNPACKED = 40 * 2**20  # of what is read of it
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_EPOCH = (1980, 1, 1, 0, 0, 0)


class NotAPackage(Exception):
    """What was handed in is no DOCX, or one that no honest program makes."""


def repacked(content: bytes) -> bytes:
    """The same parts in the same order, without the time at which they were packed."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            new.writestr(info, old.read(part.filename))
    return made.getvalue()


def parts(content: bytes, *, named: Any, most: int) -> Iterator[tuple[str, bytes]]:
    """Up to ``most`` parts whose name ``named`` (a pattern) matches whole. Raises :class:`NotAPackage`.

    Nothing else is unpacked, and nothing at all where they say they are larger than :data:`LARGEST_UNPACKED`: a part
    cannot give more than it says.
    """
    if len(content) > LARGEST or not zipfile.is_zipfile(BytesIO(content)):
        raise NotAPackage
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            listed = package.infolist()
            wanted = [part for part in listed if named.fullmatch(part.filename)]
            if len(listed) > MOST_PARTS or len(wanted) > most:
                raise NotAPackage
            if sum(part.file_size for part in wanted) > LARGEST_UNPACKED:
                raise NotAPackage
            if any(part.compress_type not in _PACKED for part in wanted):
                raise NotAPackage
            for part in wanted:
                yield part.filename, package.read(part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as fault:
        raise NotAPackage from fault  # damaged or encrypted


def xml(part: bytes) -> Any:
    """The root of a part. Raises :class:`NotAPackage` for what is no XML, and for XML that declares anything."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise NotAPackage from fault
    if root.getroottree().docinfo.doctype:
        raise NotAPackage
    return root
