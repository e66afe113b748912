"""Which space a database is: 正式 where a season counts, 演练 where one practises. The two never mix.

A process says by its settings where it works (``KEPU_REHEARSAL``), a database says by its mark what it is. Every way in
calls :func:`enter` before anything else: the first process that works on a new database marks it, and from then on
nobody who means the other space gets in.
"""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from kepu.core import clock
from kepu.core.db import transaction
from kepu.core.models import SpaceMark
from kepu.core.refusals import NotAllowed


class Space(StrEnum):
    REAL = "real"
    REHEARSAL = "rehearsal"


class WrongSpace(NotAllowed):
    """A process that means one space has opened the database of the other."""


def meant() -> Space:
    """The space that this process is set up for."""
    return Space.REHEARSAL if settings.KEPU_REHEARSAL else Space.REAL


def marked(alias: str = "default") -> Space | None:
    """What the database says it is; None where nobody has marked it yet."""
    kind = SpaceMark.objects.using(alias).filter(pk=1).values_list("kind", flat=True).first()
    return Space(kind) if kind else None


def check() -> None:
    """Raise :class:`WrongSpace` where the database is marked as the other space. A database without tables is neither."""
    try:
        found = marked()
    except DatabaseError:
        return
    if found is not None and found is not meant():
        raise WrongSpace(sentence(found))


def enter() -> None:
    """Work here from now on: an unmarked database becomes what this process means, one of the other space is refused.

    Idempotent. One query once the mark is there.
    """
    if marked() is None:
        _mark(meant())
    check()


def sentence(found: Space) -> str:
    """Why a process does not work on a database of the other space, and what to do."""
    if found is Space.REAL:
        return _(
            "这个数据库是正式的，而现在按演练运行：练习的数据不能写进正式的一届。"
            "要练习，请用 kepu training open 另建培训空间，或用 KEPU_DATA_DIR 换一个目录；要办正事，请去掉 KEPU_REHEARSAL。"
        )
    return _(
        "这个数据库是演练用的，而现在按正式运行：里面的填报都不算数。"
        "请核对 KEPU_DATABASE_URL 和 KEPU_DATA_DIR；要进演练，请设 KEPU_REHEARSAL=1。"
    )


@transaction
def _mark(space: Space) -> None:
    # of two processes that begin at once one writes, and both read what was written
    SpaceMark.objects.bulk_create(
        [SpaceMark(pk=1, kind=space, marked_at=clock.real())], ignore_conflicts=True
    )
