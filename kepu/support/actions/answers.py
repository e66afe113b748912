"""Letting everybody below read an answer, correcting it, taking it off the list."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place
from kepu.support import rules
from kepu.support.models import Question, SharedAnswer
from kepu.support.workflow import Event

QUESTION, ANSWER = 200, 4000


@transaction
def share_answer(
    node: Place | Line, *, question: str, answer: str, public: bool = False, source: Question | None = None,
    by: Actor, at: datetime,
) -> SharedAnswer:  # fmt: skip
    """Put a question and its answer on the list of a place or a line. ``source`` is the question it was drawn from.

    The words are written anew: what a unit wrote to the unit above it is not shown to others by itself.
    """
    rules.check_keep(by, node)
    assert by.unit is not None
    if source is not None and not rules.questions_visible_to(by).filter(pk=source.pk).exists():
        raise NotAllowed(_("这个问题没有提给贵单位。"))
    question, answer = _words(question, answer)
    is_place = isinstance(node, Place)
    shared = SharedAnswer.objects.create(
        unit=by.unit, place_path=node.path if is_place else "", line_path="" if is_place else node.path, question=question,
        answer=answer, public=public, source=source, shared_at=at,
    )  # fmt: skip
    audit.record(Event.ANSWER_SHARED, shared, by=by, at=at, node=node.code, question=question, public=public)
    return shared


@transaction
def change_answer(
    shared: SharedAnswer, *, question: str, answer: str, public: bool, expected_version: int | None = None, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Correct an entry; it stands as new on top of the list."""
    rules.check_change_answer(by, shared)
    question, answer = _words(question, answer)
    if expected_version not in (None, shared.version):
        raise StaleState
    here = SharedAnswer.objects.filter(pk=shared.pk, version=shared.version, withdrawn_at=None)
    if not here.update(
        question=question, answer=answer, public=public, shared_at=at, version=F("version") + 1
    ):
        raise StaleState
    shared.refresh_from_db()
    audit.record(Event.ANSWER_CHANGED, shared, by=by, at=at, question=question, public=public)


@transaction
def withdraw_answer(shared: SharedAnswer, *, by: Actor, at: datetime) -> None:
    """Take an entry off the list: it does not hold any more."""
    rules.check_change_answer(by, shared)
    if not SharedAnswer.objects.filter(pk=shared.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise StaleState
    shared.refresh_from_db()
    audit.record(Event.ANSWER_WITHDRAWN, shared, by=by, at=at, question=shared.question)


def _words(question: str, answer: str) -> tuple[str, str]:
    question, answer = question.strip(), answer.strip()
    reasons = []
    if not question or len(question) > QUESTION:
        reasons.append(Reason(_("请把问题写成一句话，%(n)d 字以内。") % {"n": QUESTION}, "question"))
    if not answer or len(answer) > ANSWER:
        reasons.append(Reason(_("请写明回答，%(n)d 字以内。") % {"n": ANSWER}, "answer"))
    if reasons:
        raise Incomplete(reasons=reasons)
    return question, answer
