"""Saying that something is wrong with an activity's page, and answering it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext as _

from kepu.accounts.looks import record_look
from kepu.core import audit, contacts
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.support import messages, rules
from kepu.support.models import ErrorReport
from kepu.support.workflow import ERROR_TRANSITIONS, ErrorState, Event, Wrong

LONGEST, CONTACT = 1000, 120
MOST_OPEN = 50  # about one activity


@dataclass(frozen=True, slots=True)
class About:
    """What is wrong: an activity by its number and title, who holds it and who reviewed it."""

    id: int
    title: str
    season: Season
    host: Unit
    reviewer: Unit | None = None


def report_error(
    about: About, *, key: UUID, wrong: str, words: str, contact: str = "", by: Actor, at: datetime
) -> ErrorReport:
    """Take in a report from anybody; the host and its reviewer are told. Idempotent: the same key is the same report.

    Raises :class:`Incomplete` for what cannot be understood, :class:`NotAllowed` while very much waits about this activity.
    """
    if (known := ErrorReport.objects.filter(key=key).first()) is not None:
        return known
    try:
        return _report(about, key=key, wrong=wrong, words=words, contact=contact, by=by, at=at)
    except IntegrityError:  # sent twice at the same instant
        return ErrorReport.objects.get(key=key)


@transaction
def _report(
    about: About, *, key: UUID, wrong: str, words: str, contact: str, by: Actor, at: datetime
) -> ErrorReport:
    words, contact = words.strip(), contact.strip()
    reasons = []
    if wrong not in Wrong.values:
        reasons.append(Reason(_("请选择哪里有错。"), "wrong"))
    if not words or len(words) > LONGEST:
        reasons.append(
            Reason(
                _("请写明哪里错了、应当是什么，最多 %(n)d 字，现在是 %(now)d 字。")
                % {"n": LONGEST, "now": len(words)},
                "words",
            )
        )
    if len(contact) > CONTACT:
        reasons.append(Reason(_("联系方式最多 %(n)d 字。") % {"n": CONTACT}, "contact"))
    if reasons:
        raise Incomplete(reasons=reasons)
    open_before = ErrorReport.objects.filter(about_id=about.id, state=ErrorState.OPEN).count()
    if open_before >= MOST_OPEN:
        raise NotAllowed(_("这项活动已经收到很多纠错，正在处理。请过一两天再看页面，还不对的话再告诉我们。"))
    reviewer = about.reviewer if about.reviewer and about.reviewer.pk != about.host.pk else None
    report = ErrorReport.objects.create(
        key=key, season=about.season, about_id=about.id, title=about.title[:120], host=about.host, reviewer=reviewer,
        place_path=about.host.place_path, line_path=about.host.line_path, wrong=wrong, words=words, contact=contact, reported_at=at,
    )  # fmt: skip
    audit.record(Event.ERROR_REPORTED, report, by=by, at=at, wrong=wrong)
    if not open_before:  # who has one waiting in the list already is not told of each
        messages.error_reported(report, at=at)
    return report


@transaction
def answer_error_report(
    report: ErrorReport, text: str, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Say what was put right, or why it was right. Whoever reported it reads the answer behind their link."""
    _decide(report, ErrorState.ANSWERED, text, expected_version, Event.ERROR_ANSWERED, by=by, at=at)


@transaction
def close_error_report(
    report: ErrorReport, text: str, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Put aside what reports no error, with the reason."""
    _decide(report, ErrorState.CLOSED, text, expected_version, Event.ERROR_CLOSED, by=by, at=at)


@transaction
def show_reporter(report: ErrorReport, *, by: Actor, at: datetime) -> str:
    """How whoever reported it can be reached, as it was written; a look that is traced.

    Raises :class:`Incomplete` where nothing was given, or it has been erased.
    """
    rules.check_answer_error(by, report)
    if not report.contact:
        raise Incomplete(_("没有留下联系方式，或者届次结束后已经删除。"))
    record_look(report, ["contact"], phones=contacts.numbers(report.contact), by=by, at=at)
    return report.contact


@in_transaction
def _decide(
    report: ErrorReport, to: ErrorState, text: str, seen: int | None, event: Event, *, by: Actor, at: datetime
) -> None:
    rules.check_answer_error(by, report)
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Incomplete(
            reasons=[Reason(_("请写明怎么处理的，最多 %(n)d 字；报错的人看得到。") % {"n": LONGEST}, "text")]
        )
    _move(report, to, seen, answer=text, answered_at=at, answered_by=by.unit)
    audit.record(event, report, by=by, at=at)
    messages.error_answered(report, besides=by.unit_id, at=at)


@in_transaction
def _move(report: ErrorReport, to: ErrorState, seen: int | None, **fields: Any) -> None:
    """Move the row only if it is still where the caller saw it."""
    if to not in ERROR_TRANSITIONS[ErrorState(report.state)] or seen not in (None, report.version):
        raise StaleState(_("这条纠错已经处理过了，请看现在的结果。"))
    here = ErrorReport.objects.filter(pk=report.pk, state=report.state, version=report.version)
    if not here.update(state=to, version=F("version") + 1, **fields):
        raise StaleState(_("这条纠错已经处理过了，请看现在的结果。"))
    report.refresh_from_db()
