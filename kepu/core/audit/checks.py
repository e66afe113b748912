"""Verifying the trace day by day: what was verified is remembered, so that only what came since is walked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kepu.core.audit.anchors import Anchor, anchor_now
from kepu.core.audit.chain import Break, strangers, verify_strand
from kepu.core.audit.rows import STRANDS
from kepu.core.db import transaction
from kepu.core.models import AuditCheck

KEPT = 100  # breaks that a check remembers by place; how many there were it always knows


def last_check(*, sound: bool = False) -> AuditCheck | None:
    """The newest check, or the newest that found nothing."""
    checks = AuditCheck.objects.filter(found=0) if sound else AuditCheck.objects.all()
    return checks.order_by("-id").first()


def check_trace(*, at: datetime, whole: bool = False, since: Iterable[Anchor] = ()) -> AuditCheck:
    """Verify the trace from where the last sound check had come, or from the beginning, and remember it.

    The walk stands in no transaction: rows written meanwhile are walked the next time.
    """
    before = None if whole else last_check(sound=True)
    goal = anchor_now(at)
    breaks: list[Break] = []
    rows = 0
    for number in range(1, STRANDS + 1):
        length, head = before.heads.get(str(number), (0, "")) if before else (0, "")
        rows += max(goal.heads[number][0] - length, 0)
        breaks += verify_strand(number, after=(length, head), upto=goal.heads[number], anchors=list(since))
    if before is None:
        breaks += strangers()
    return _remember(goal, at, rows=rows, whole=before is None, breaks=breaks)


@transaction
def _remember(goal: Anchor, at: datetime, *, rows: int, whole: bool, breaks: list[Break]) -> AuditCheck:
    return AuditCheck.objects.create(
        at=at, whole=whole, rows=rows, heads={str(n): list(head) for n, head in goal.heads.items()},
        breaks=[[b.strand, b.seq, b.why] for b in breaks[:KEPT]], found=len(breaks),
    )  # fmt: skip
