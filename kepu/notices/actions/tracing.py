"""The trace of an act on a notice: on the notice itself, on its parents, and on what it replaces or amends.

Each row keeps the readable difference as data, so that the log can show it long after; a parent's row keeps only what
its level cares for (:data:`kepu.notices.difference.BINDING`), since a parent may have thousands of children.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kepu.core import audit
from kepu.core.db import in_transaction
from kepu.core.fields import ancestors
from kepu.notices import queries
from kepu.notices.difference import BINDING, Difference, difference_on, notice_difference
from kepu.notices.format.schema import NoticeFile
from kepu.notices.models import Notice
from kepu.orgs.actor import Actor


@in_transaction
def trace_notice(
    event: str, notice: Notice, file: NoticeFile, *, before: NoticeFile | None, by: Actor, at: datetime, **detail: Any
) -> Difference:  # fmt: skip
    """Leave the trace of a notice issued, taken over or changed, once its rows are written; gives what it changed.

    ``before`` is the notice's file as it was, None for a new one. ``detail`` goes into the notice's own row. Three
    queries, and one for each notice that the file replaces or amends and each parent.
    """
    difference = notice_difference(before, file)
    kept: dict[str, Any] = {"clauses": len(file.clause), "first": before is None}
    head, last = file.notice, before.notice if before else None
    replaced = _named(notice, set(head.replaces) - set(last.replaces if last else ()))
    amended = _named(notice, head.amends)
    wholes = [notice_difference(queries.file_of(other), file) for other in replaced]
    if before is not None:
        kept["difference"] = difference.as_json()
    elif replaced:
        kept |= {"notice": replaced[0].code, "title": replaced[0].title, "difference": wholes[0].as_json()}
    audit.record(event, notice, by=by, at=at, **{**detail, **kept})
    _changed([notice, *replaced, *amended], at=at)
    said = {"notice": notice.code, "title": notice.title, "first": before is None}
    for other, whole in zip(replaced, wholes, strict=True):
        audit.record("notice.replaced", other, by=by, at=at, **said, difference=whole.as_json())
    for other in amended:
        changed = difference_on(queries.file_of(other), file, added=True)
        audit.record("notice.amended", other, by=by, at=at, **said, difference=changed.as_json())
    for parent in parents_of(notice):
        if before is None:
            theirs = difference_on(queries.file_of(parent), file, kinds=BINDING)
        else:
            theirs = difference.of_kinds(BINDING)
        audit.record(
            "notice.child_issued", parent, by=by, at=at, **said, number=notice.number, difference=theirs.as_json()
        )  # fmt: skip
    return difference


@in_transaction
def trace_withdrawal(notice: Notice, *, reason: str, by: Actor, at: datetime) -> None:
    """Leave the trace of a withdrawal on the notice and on its parents."""
    audit.record("notice.withdrawn", notice, by=by, at=at, reason=reason)
    _changed([notice], at=at)
    for parent in parents_of(notice):
        audit.record(
            "notice.child_withdrawn", parent, by=by, at=at, notice=notice.code, title=notice.title, reason=reason
        )  # fmt: skip


@in_transaction
def _changed(notices: Iterable[Notice], *, at: datetime) -> None:
    """Whoever reads what is new reads these again."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(changed_at=at)
    for notice in notices:
        notice.changed_at = at


def parents_of(notice: Notice) -> list[Notice]:
    """The notices that a notice says it is based on; where it says none, those of the nearest place above that has any."""
    if named := _named(notice, notice.parents):
        return named
    above = ancestors(notice.place.path)[: None if notice.line_id else -1]
    around = Notice.objects.filter(
        season_id=notice.season_id, place__path__in=above, line=None, withdrawn_at=None
    )
    found = list(around.exclude(pk=notice.pk).select_related("place").order_by("pk"))
    ended = {code for n in found for code in n.replaces}
    gone = {*ended, *notice.replaces, *notice.header.get("amends", ())}
    speaking = [n for n in found if n.code not in gone]
    deepest = max((n.place.path.count("/") for n in speaking), default=0)
    return [n for n in speaking if n.place.path.count("/") == deepest]


def _named(notice: Notice, codes: Iterable[str]) -> list[Notice]:
    wanted = [code for code in codes if code != notice.code]
    if not wanted:
        return []
    found = Notice.objects.filter(season_id=notice.season_id, code__in=wanted)
    return list(found.select_related("place").order_by("pk"))
