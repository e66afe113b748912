"""Asking the unit above, and what follows: an answer, more words, passing on, closing, asking on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.support import messages, queries, rules
from kepu.support.models import Question, Remark
from kepu.support.workflow import TRANSITIONS, Event, Said, State

LONGEST, SUBJECT = 4000, 120


@transaction
def ask(*, subject: str, text: str, to: Unit | None = None, by: Actor, at: datetime) -> Question:
    """Ask the unit above; ``to`` chooses between the one of the place and the one of the line."""
    rules.check_ask(by)
    assert by.unit is not None
    subject, text = subject.strip(), text.strip()
    reasons = []
    if not subject or len(subject) > SUBJECT:
        reasons.append(Reason(_("请用一句话写明问什么，%(n)d 字以内。") % {"n": SUBJECT}, "subject"))
    reasons += _wrong_with(text)
    if reasons:
        raise Incomplete(reasons=reasons)
    known = [level.unit for level in queries.whom_to_ask(by.unit) if level.unit is not None]
    if not known:
        raise NotAllowed(_("贵单位之上还没有统筹单位，问题没有地方可送。请看“帮助”页里通知写明的联系方式。"))
    receiver = known[0] if to is None else next((unit for unit in known if unit.pk == to.pk), None)
    if receiver is None:
        raise NotAllowed(
            _("问题只能提给上一级统筹单位：%(units)s。") % {"units": "、".join(u.name for u in known)}
        )
    question = Question.objects.create(
        asker=by.unit, receiver=receiver, subject=subject, asked_at=at, turn_since=at
    )
    _say(question, Said.QUESTION, text, by=by, at=at)
    audit.record(Event.QUESTION_ASKED, question, by=by, at=at, to=receiver.pk, subject=subject)
    messages.asked(question, text, at=at)
    return question


@transaction
def answer_question(
    question: Question, text: str, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Answer; it is the asker's turn. An answer may be added to until the question is closed."""
    rules.check_answer(by, question)
    text = _words(text)
    _move(question, State.ANSWERED, expected_version, turn_since=at)
    _say(question, Said.ANSWER, text, by=by, at=at)
    audit.record(Event.QUESTION_ANSWERED, question, by=by, at=at, subject=question.subject)
    messages.answered(question, text, at=at)


@transaction
def add_to_question(
    question: Question, text: str, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """The asker says more: a question that waits keeps its turn, one that was answered or closed is asked again."""
    rules.check_add(by, question)
    text, again = _words(text), question.state != State.ASKED
    # who has waited is not sent back to the end of the queue by a word more
    _move(question, State.ASKED, expected_version, turn_since=at if again else question.turn_since)
    _say(question, Said.REOPENED if again else Said.ADDITION, text, by=by, at=at)
    audit.record(
        Event.QUESTION_REOPENED if again else Event.QUESTION_ADDED_TO,
        question,
        by=by,
        at=at,
        subject=question.subject,
    )
    messages.asked(question, text, at=at)


@transaction
def pass_on_question(
    question: Question, text: str = "", *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Hand a question to the next unit above, with a word or without. Who passes it on goes on reading it."""
    rules.check_pass_on(by, question)
    before = question.receiver
    above = queries.whom_to_ask(before, besides=[question.asker_id])
    if not above or above[0].unit is None:
        raise NotAllowed(_("“%(unit)s”之上没有统筹单位，不能再转。请直接答复。") % {"unit": before.name})
    text = text.strip()[:LONGEST]
    _move(question, State.ASKED, expected_version, turn_since=at, receiver=above[0].unit)
    _say(question, Said.PASSED_ON, text, by=by, at=at)
    audit.record(
        Event.QUESTION_PASSED_ON, question, by=by, at=at, to=question.receiver_id, subject=question.subject
    )
    messages.passed_on(question, before, text, at=at)


@transaction
def close_question(
    question: Question, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Nothing is left to say. The asker may still ask on later."""
    rules.check_close(by, question)
    _move(question, State.CLOSED, expected_version, turn_since=at)
    _say(question, Said.CLOSED, "", by=by, at=at)
    audit.record(Event.QUESTION_CLOSED, question, by=by, at=at, subject=question.subject)


@in_transaction
def _move(question: Question, to: State, seen: int | None, **fields: Any) -> None:
    """Move the row only if it is still where the caller saw it."""
    if to not in TRANSITIONS[State(question.state)] or seen not in (None, question.version):
        raise StaleState
    here = Question.objects.filter(pk=question.pk, state=question.state, version=question.version)
    if not here.update(state=to, version=F("version") + 1, **fields):
        raise StaleState
    question.refresh_from_db()


@in_transaction
def _say(question: Question, kind: Said, text: str, *, by: Actor, at: datetime) -> None:
    assert by.unit is not None
    Remark.objects.create(question=question, unit=by.unit, kind=kind, text=text, at=at)


def _words(text: str) -> str:
    text = text.strip()
    if reasons := _wrong_with(text):
        raise Incomplete(reasons=reasons)
    return text


def _wrong_with(text: str) -> list[Reason]:
    if not text:
        return [Reason(_("请写明内容。"), "text")]
    if len(text) > LONGEST:
        return [Reason(_("最多 %(n)d 字，现在是 %(now)d 字。") % {"n": LONGEST, "now": len(text)}, "text")]
    return []
