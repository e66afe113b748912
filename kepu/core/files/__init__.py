"""Files that people hand in: kept under the digest of their content, written before the row that names them.

    kept = files.keep(content, {"-320.webp": small}, at=at)      # on the disk, and known, before any act
    files.claim([kept.digest])                                   # inside the act that writes the row naming it
    files.let_go([digest], at=at)                                # inside the act that takes such a row away
    files.sweep(at)                                              # once a day

A file whose act never came, or whose last row has gone, is swept a day later; whoever names files says so with
:func:`names_files`, and what is still named is never swept. A name says the content, so nothing is overwritten and the
same file handed in twice lies there once. ``STORAGES["kept"]`` says where: a folder of this machine unless configured
otherwise. Every name begins with the space it belongs to, so that two spaces on one disk cannot sweep each other's.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext as _

from kepu.core import clock, space
from kepu.core.db import in_transaction, transaction
from kepu.core.files.room import check_room
from kepu.core.files.storage import Folder
from kepu.core.models import StoredFile
from kepu.core.refusals import Refused, StaleState

GRACE = timedelta(days=1)  # between a file's becoming nobody's and its end
AT_ONCE = 100
Namer = Callable[[Collection[str]], Iterable[str]]
_namers: list[Namer] = []
log = logging.getLogger(__name__)


class NotKept(Refused):
    """The file could not be written; nothing else is lost."""


def names_files(namer: Namer) -> Namer:
    """Let ``namer`` answer, of a few digests, which its rows name. Every module whose rows name files says it once."""
    if namer not in _namers:
        _namers.append(namer)
    return namer


def keep(content: bytes, beside: Mapping[str, bytes] | None = None, *, at: datetime) -> StoredFile:
    """Write a file, and what is kept ``beside`` it by the ending of its name. Raises :class:`NotKept`.

    Nobody's until an act claims it. Idempotent: what lies there already is not written again.
    """
    digest = hashlib.sha256(content).hexdigest()
    parts = {"": content, **(beside or {})}
    size = sum(map(len, parts.values()))
    check_room(_storage(), size)
    stored = _announce(digest, sorted(parts), size, at)
    try:
        for ending, part in parts.items():
            _write(name_of(digest, ending), part)
    except OSError as fault:
        log.exception("A file could not be kept")
        raise NotKept(_("文件没有存下来，其他内容都在。请过一会儿再传；一直不行，请告诉运维。")) from fault
    return stored


@in_transaction
def claim(digests: Collection[str]) -> None:
    """Rows of this act name these files. Raises :class:`StaleState` where one has been swept since it was written."""
    if StoredFile.objects.filter(pk__in=set(digests)).update(sweep_from=None) < len(set(digests)):
        raise StaleState(_("文件放得太久，已经清理了。请再传一次。"))


@in_transaction
def let_go(digests: Collection[str], *, at: datetime, at_once: bool = False) -> None:
    """Rows of this act name these files no longer: unless others do, they end in a day, or with the next sweep."""
    StoredFile.objects.filter(pk__in=set(digests)).update(sweep_from=at if at_once else at + GRACE)


def sweep(at: datetime, *, size: int = AT_ONCE) -> int:
    """Delete every file that nobody has named for its time of grace; returns how many. Idempotent."""
    swept = 0
    storage = _storage()
    if isinstance(storage, Folder):
        storage.drop_partials(before=clock.real() - GRACE)
    while True:
        due = StoredFile.objects.filter(sweep_from__lte=at).order_by("sweep_from", "pk")
        digests = list(due.values_list("pk", flat=True)[:size])
        if not digests:
            return swept
        swept += _sweep(digests, at)


def open_kept(digest: str, ending: str = "") -> IO[bytes]:
    """The content of a file, or of what is kept beside it. Raises FileNotFoundError."""
    return _storage().open(name_of(digest, ending), "rb")


def read_kept(digest: str, ending: str = "") -> bytes:
    """:func:`open_kept`, read to its end."""
    with open_kept(digest, ending) as file:
        return file.read()


def is_kept(digest: str, ending: str = "") -> bool:
    return _storage().exists(name_of(digest, ending))


def name_of(digest: str, ending: str = "") -> str:
    """The name in the storage: the space, two characters as a folder, the digest."""
    return f"{_space()}/{digest[:2]}/{digest}{ending}"


def kept_files() -> Iterable[tuple[str, str]]:
    """Every file that is known, with what is kept beside it, by digest and ending; memory stays flat."""
    rows = StoredFile.objects.order_by("pk").values_list("pk", "endings")
    for digest, endings in rows.iterator(chunk_size=2000):
        for ending in endings:
            yield digest, ending


def is_loose(digest: str) -> bool:
    """Whether nobody names it, or it is not known at all."""
    return not StoredFile.objects.filter(pk=digest, sweep_from__isnull=True).exists()


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Inside, files are kept in another folder: beside a database that is thrown away."""
    token = _instead.set(Folder(location=str(folder)))
    try:
        yield
    finally:
        _instead.reset(token)


def clear() -> None:
    """Delete the whole folder of a space for practising, whose database has been thrown away. Elsewhere nothing happens."""
    storage = _storage()
    if isinstance(storage, Folder) and space.meant() is space.Space.REHEARSAL:
        storage.clear(_space())


_instead: ContextVar[Folder | None] = ContextVar("kepu_files_kept_in", default=None)


def _storage() -> Storage:
    return _instead.get() or storages["kept"]


def _space() -> str:
    return "training" if settings.KEPU_TRAINING else str(space.meant())


@transaction
def _announce(digest: str, endings: list[str], size: int, at: datetime) -> StoredFile:
    """The row first: a file that nobody knows of could never be swept."""
    new = StoredFile(pk=digest, size=size, endings=endings, kept_at=at, sweep_from=at + GRACE)
    StoredFile.objects.bulk_create([new], ignore_conflicts=True)
    StoredFile.objects.filter(pk=digest, sweep_from__isnull=False).update(sweep_from=at + GRACE)
    return StoredFile.objects.get(pk=digest)


def _write(name: str, content: bytes) -> None:
    storage = _storage()
    if not storage.exists(name):
        storage.save(name, ContentFile(content))


@transaction
def _sweep(digests: list[str], at: datetime) -> int:
    rows = StoredFile.objects.filter(pk__in=digests, sweep_from__lte=at).order_by("pk").select_for_update()
    held = {row.pk: row for row in rows}
    named = {digest for namer in _namers for digest in namer(list(held))}
    StoredFile.objects.filter(pk__in=named).update(sweep_from=None)
    storage = _storage()
    for digest, row in held.items():
        if digest not in named:
            for ending in row.endings:
                storage.delete(name_of(digest, ending))
            row.delete()
    return len(held) - len(named)
