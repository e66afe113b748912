"""Many filings decided with one press: written down first, then done one by one, each in an act of its own.

A process that dies in the middle leaves the lines that are done and the lines that wait; whoever presses again goes on
from there. A line leaves ``pending`` in the very act that decides on its filing, so that it is never done twice,
however many press.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions.review import approving, checked_reasons, returning
from kepu.activities.batches import MOST
from kepu.activities.checklist import UNCHECKED, Checked
from kepu.activities.four_eyes import authors_of_filings
from kepu.activities.models import Activity, BatchLine, BatchOfReviews, Outcome, Verdict
from kepu.activities.records import unfit
from kepu.activities.workflow import Event
from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import Reason, Refused
from kepu.notices.models import Season
from kepu.orgs.actor import Actor

CHUNK = 50  # lines read at once
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filing that was ticked, as the preview showed it."""

    activity_id: int
    version: int
    despite_claim: bool = False


@transaction
def begin_batch(
    token: UUID, chosen: Sequence[Chosen], *, season: Season, verdict: Verdict, words: str = "", reasons: Sequence[str] = (),
    checked: Checked = UNCHECKED, by: Actor, at: datetime,
) -> BatchOfReviews:  # fmt: skip
    """Write down what is to be decided; nothing is decided yet. The same token gives the batch that it made before.

    What is not the unit's to review is left out. Raises :class:`Incomplete` for none, more than :data:`MOST`, or a return
    without a reason.
    """
    rules.check_review_many(by)
    assert by.unit_id is not None  # the check has let only a unit's reviewer through
    assert by.person_id is not None
    made = BatchOfReviews.objects.filter(token=token, unit_id=by.unit_id).first()
    if made is not None:
        return made
    codes = checked_reasons(reasons, words) if verdict is Verdict.RETURN else []
    if len(words) > LONGEST:
        raise unfit(_("审核意见最多%(most)s个字。") % {"most": LONGEST}, "words")
    wanted = {one.activity_id: one for one in chosen}
    ours = Activity.objects.filter(pk__in=wanted, reviewing_unit_id=by.unit_id, season=season)
    found = set(ours.order_by("pk").values_list("pk", flat=True))
    if not found:
        raise unfit(_("没有选中的活动。请先勾选。"), "chosen")
    if len(found) > MOST:
        raise unfit(_("一次最多%(most)s项。多出来的请下一批再办。") % {"most": MOST}, "chosen")
    batch = BatchOfReviews.objects.create(
        token=token, unit_id=by.unit_id, season=season, verdict=verdict, words=words, reasons=codes,
        checked=sorted(checked.points), steps=dict(checked.people or {}), person_id=by.person_id, begun_at=at,
    )  # fmt: skip
    lines = [one for one in wanted.values() if one.activity_id in found]
    BatchLine.objects.bulk_create([
        BatchLine(
            batch=batch, activity_id=one.activity_id, position=n, version=one.version, despite_claim=one.despite_claim
        )
        for n, one in enumerate(lines, start=1)
    ])  # fmt: skip
    audit.record(Event.BATCH_BEGUN, batch, by=by, at=at, verdict=verdict.value, lines=len(lines))
    return batch


def carry_on_batch(
    batch: BatchOfReviews, *, by: Actor, at: datetime, stop: Callable[[], bool] = lambda: False
) -> int:
    """Do what still waits, each filing in an act of its own, until all is done or ``stop``; returns how many were done.

    May be called as often as one likes, by any reviewer of the unit. A filing that is refused keeps up no other.
    """
    rules.check_carry_on(by, batch)
    done = 0
    while True:
        waiting = BatchLine.objects.filter(batch=batch, outcome=Outcome.PENDING).order_by("position")
        lines = list(
            waiting.select_related("activity__unit", "activity__season", "activity__reviewing_unit")[:CHUNK]
        )
        if not lines:
            _finish(batch, at=at)
            return done
        authors = (
            authors_of_filings([line.activity for line in lines]) if batch.verdict == Verdict.APPROVE else {}
        )
        for line in lines:
            if stop():
                return done
            try:
                done += _decide(line, batch, authors.get(line.activity_id, ()), by=by, at=at)
            except Refused as refusal:
                _refuse(line, refusal, at=at)


@transaction
def _decide(
    line: BatchLine, batch: BatchOfReviews, authors: Collection[int], *, by: Actor, at: datetime
) -> bool:
    """Decide on one filing, unless another press has. The line first: whoever comes second waits for it, and passes by."""
    mine = BatchLine.objects.filter(pk=line.pk, outcome=Outcome.PENDING)
    if not mine.update(outcome=Outcome.DONE, at=at):
        return False
    given: Mapping[str, Any] = {
        "words": batch.words, "despite_claim": line.despite_claim, "expected_version": line.version, "by": by, "at": at,
    }  # fmt: skip
    if batch.verdict == Verdict.RETURN:
        returning(line.activity, reasons=batch.reasons, **given)
    else:
        checked = Checked(frozenset(batch.checked), batch.steps)
        approving(line.activity, checked=checked, authors=authors, **given)
    return True


@transaction
def _refuse(line: BatchLine, refusal: Refused, *, at: datetime) -> None:
    """Keep why a filing was not decided on."""
    kept = [_plain(reason) for reason in refusal.reasons]
    mine = BatchLine.objects.filter(pk=line.pk, outcome=Outcome.PENDING)
    mine.update(outcome=Outcome.REFUSED, refused_for=kept, at=at)


@transaction
def _finish(batch: BatchOfReviews, *, at: datetime) -> None:
    BatchOfReviews.objects.filter(pk=batch.pk, done_at=None).update(done_at=at)
    batch.refresh_from_db(fields=["done_at"])


def _plain(reason: Reason) -> dict[str, str]:
    return {
        "sentence": str(reason.sentence), "clause": reason.clause, "clause_id": reason.clause_id, "notice": reason.notice
    }  # fmt: skip
