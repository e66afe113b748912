"""Issue a notice from its draft: what was confirmed becomes rules, in force from now on and never earlier."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from kepu.core.calendar import CHINA, day_of
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete, Reason, StaleState
from kepu.notices import queries, rules
from kepu.notices.actions.seasons import note_change
from kepu.notices.actions.sending import queue_deliveries
from kepu.notices.actions.taking_over import put_clauses, put_notice
from kepu.notices.actions.tracing import trace_notice
from kepu.notices.actions.writing import open_for_writing
from kepu.notices.format.columns import begins_at
from kepu.notices.format.schema import NoticeFile
from kepu.notices.format.writing import write_notice
from kepu.notices.models import DraftState, Notice, NoticeDraft, NoticeStatus, Season
from kepu.notices.queries.drafts import standing_of, whole_file
from kepu.orgs.actor import Actor


def digest_of(file: NoticeFile) -> str:
    """SHA-256 of a notice's file as it is written: what was shown is what is issued, received and proved."""
    return hashlib.sha256(write_notice(file).encode()).hexdigest()


def as_issued(file: NoticeFile, at: datetime) -> NoticeFile:
    """The file as it goes out at ``at``: dated, and in force from the day it names but not before this instant.

    One whose text is not in hand rules nothing, so it stays as it is: its days are not known.
    """
    head = file.notice
    if head.status == NoticeStatus.PLACEHOLDER:
        return file
    named, begins = head.in_force or head.issued, begins_at(head) or at
    update: dict[str, object] = {
        "in_force": max(begins, at).astimezone(CHINA).replace(tzinfo=None, microsecond=0)
    }
    if begins > at:
        update["in_force"] = named
    if head.issued is None:
        update["issued"] = day_of(at)
    return file.model_copy(update={"notice": head.model_copy(update=update)})


@transaction
def issue_draft(draft: NoticeDraft, *, seen: str, by: Actor, at: datetime) -> Notice:
    """Put a draft in force. ``seen`` is the digest of the file that the person was shown before saying yes.

    Raises Incomplete with every reason while something is not whole or nobody has looked at it, StaleState when the
    draft has changed since it was shown, NotAllowed out of reach.
    """
    open_for_writing(draft, by)
    rules.check_issue(by, draft.place, draft.line)
    season = Season.objects.select_for_update().get(pk=draft.season_id)
    if not season.is_open:
        raise StaleState(_("“%(season)s”已经结束，不再发通知。") % {"season": season})
    clauses = queries.clauses_in_order(draft)
    standing = standing_of(draft, clauses)
    if standing.undecided:
        raise Incomplete(
            _("还有%(n)s条识别出来的内容没有人核对过。请逐条确认，或者不采用。") % {"n": standing.undecided}
        )
    if standing.file is None or standing.errors:
        raise Incomplete(reasons=[Reason(p.told(), code=p.clause) for p in standing.errors])
    file = whole_file(draft, clauses)
    if digest_of(file) != seen:
        raise StaleState(_("稿子在您查看影响之后又改过。请再看一遍影响，然后发出。"))
    if Notice.objects.filter(season=season, code=file.notice.code).exists():
        raise Incomplete(
            _("本届已有代码为“%(code)s”的通知。请在文头换一个代码。") % {"code": file.notice.code}
        )
    issued = as_issued(file, at)
    notice = put_notice(issued, season, draft.place, draft.line)[0]
    put_clauses(notice, issued)
    note_change(season.pk, at=at)
    NoticeDraft.objects.filter(pk=draft.pk).update(state=DraftState.ISSUED, notice=notice, changed_at=at)
    trace_notice("notice.issued", notice, issued, before=None, by=by, at=at, number=notice.number)
    if notice.status != NoticeStatus.PLACEHOLDER:  # there is nothing to send
        queue_deliveries(notice, at, by=by)
    draft.refresh_from_db()
    return notice
