"""Who may keep a contact, ask, answer, share and announce; and what somebody sees. Scope and permission are one rule."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kepu.core.fields import ancestors, under
from kepu.core.refusals import NotAllowed, StaleState
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place, Role, Unit
from kepu.orgs.rules import covers
from kepu.support.models import ErrorReport, Question, Remark, SharedAnswer, Training
from kepu.support.workflow import TRANSITIONS, State

ASKING = (Role.FILER, Role.REVIEWER, Role.COORDINATOR)
ANSWERING = (Role.COORDINATOR, Role.REVIEWER)


def questions_visible_to(actor: Actor) -> QuerySet[Question]:
    """The questions a unit asked, has to answer, or once had a word in."""
    if actor.unit_id is None:
        return Question.objects.none()
    spoken = Remark.objects.filter(unit_id=actor.unit_id).values("question_id")
    return Question.objects.filter(
        Q(asker_id=actor.unit_id) | Q(receiver_id=actor.unit_id) | Q(pk__in=spoken)
    )


def answers_for(unit: Unit) -> QuerySet[SharedAnswer]:
    """The answers that hold for a unit: of its place and line, and of those above."""
    return SharedAnswer.objects.filter(_over(unit), withdrawn_at=None)


def answers_visible_to(actor: Actor) -> QuerySet[SharedAnswer]:
    """Those over the unit acted for, and those it or a unit below it has given in what it coordinates."""
    if actor.unit is None:
        return SharedAnswer.objects.none()
    scope = _over(actor.unit) | Q(unit_id=actor.unit_id)
    for path in actor.places_as(Role.COORDINATOR):
        scope |= under("place_path", path)
    for path in actor.lines_as(Role.COORDINATOR):
        scope |= under("line_path", path)
    return SharedAnswer.objects.filter(scope)


def trainings_visible_to(actor: Actor) -> QuerySet[Training]:
    """Those over the unit acted for, and those it announced."""
    if actor.unit is None:
        return Training.objects.none()
    return Training.objects.filter(_over(actor.unit) | Q(unit_id=actor.unit_id))


def error_reports_visible_to(actor: Actor) -> QuerySet[ErrorReport]:
    """Those about what the unit acted for holds, and where one reviews for it, about what it reviewed."""
    if actor.unit_id is None or actor.only_helps:
        return ErrorReport.objects.none()
    scope = Q(host_id=actor.unit_id)
    if actor.holds(*ANSWERING):
        scope |= Q(reviewer_id=actor.unit_id)
    return ErrorReport.objects.filter(scope)


def is_for(training: Training, unit: Unit) -> bool:
    """Whether a training is meant for a unit."""
    over = (
        unit.place_path.startswith(training.place_path)
        if training.place_path
        else unit.line_path.startswith(training.line_path)
    )
    return over and (not training.kinds or unit.kind in training.kinds)


def check_keep(by: Actor, node: Place | Line) -> None:
    """What speaks for a place or a line is said by whoever coordinates it."""
    if not _coordinates(by, node):
        raise NotAllowed(_("“%(node)s”不在您统筹的范围之内。请交给统筹它的单位。") % {"node": node.name})


def check_ask(by: Actor) -> None:
    if by.unit is None or not by.holds(*ASKING):
        raise NotAllowed(_("提问由本单位的填报、审核或统筹岗位来做。"))


def check_answer(by: Actor, question: Question) -> None:
    """The unit whose turn it is answers, and may add to its answer while nobody has closed it."""
    if not (by.acts_for(question.receiver_id) and by.holds(*ANSWERING)):
        raise NotAllowed(_("这个问题由“%(unit)s”的统筹或审核岗位答复。") % {"unit": question.receiver.name})
    _check_goes(question, State.ANSWERED)


def check_pass_on(by: Actor, question: Question) -> None:
    if not (by.acts_for(question.receiver_id) and by.holds(*ANSWERING)):
        raise NotAllowed(_("只有收到问题的“%(unit)s”能把它转给上一级。") % {"unit": question.receiver.name})
    if question.state != State.ASKED:
        raise StaleState(_("已经答复或结束的问题不用再转。"))


def check_add(by: Actor, question: Question) -> None:
    """The asker adds to the question, asks on after an answer, or opens it again."""
    _check_asker(by, question)


def check_close(by: Actor, question: Question) -> None:
    """The asker closes it at any time; who answered closes it once it is answered."""
    answered_by_us = (
        by.acts_for(question.receiver_id) and by.holds(*ANSWERING) and question.state == State.ANSWERED
    )
    if not answered_by_us:
        _check_asker(by, question)
    _check_goes(question, State.CLOSED)


def check_change_answer(by: Actor, answer: SharedAnswer) -> None:
    """An answer for all is kept by whoever coordinates what it is for."""
    if not (by.holds(Role.COORDINATOR) and covers(by, place=answer.place_path, line=answer.line_path)):
        raise NotAllowed(_("这条问答由“%(unit)s”或它的上一级来改。") % {"unit": answer.unit.name})
    if answer.withdrawn_at is not None:
        raise StaleState(_("这条问答已经撤下。"))


def check_lead(by: Actor, training: Training) -> None:
    """A training is changed and cancelled by the unit that announced it."""
    if not (by.acts_for(training.unit_id) and by.holds(Role.COORDINATOR)):
        raise NotAllowed(_("这场培训由“%(unit)s”的统筹岗位来改。") % {"unit": training.unit.name})
    if training.cancelled_at is not None:
        raise StaleState(_("这场培训已经取消。"))


def check_sign_up(by: Actor, training: Training, at: datetime) -> None:
    if by.unit is None or not by.holds(*ASKING):
        raise NotAllowed(_("报名由本单位的填报、审核或统筹岗位来做。"))
    if not is_for(training, by.unit):
        raise NotAllowed(
            _("这场培训不是给贵单位这类单位办的。有疑问请问“%(unit)s”。") % {"unit": training.unit.name}
        )
    if training.cancelled_at is not None:
        raise StaleState(_("这场培训已经取消，不用再报名。"))
    if at >= training.sign_up_until:
        raise NotAllowed(_("报名已经截止。要改人数，请直接联系“%(unit)s”。") % {"unit": training.unit.name})


def check_answer_error(by: Actor, report: ErrorReport) -> None:
    """The host answers, by whoever files or reviews there, or its reviewer does."""
    of_host = by.acts_for(report.host_id) and by.holds(*ASKING)
    of_reviewer = by.acts_for(report.reviewer_id) and by.holds(*ANSWERING)
    if not (of_host or of_reviewer):
        raise NotAllowed(
            _("这条纠错由“%(unit)s”的填报、审核或统筹岗位，或者审核它的单位来处理。")
            % {"unit": report.host.name}
        )


def _over(unit: Unit) -> Q:
    over = Q(place_path__in=ancestors(unit.place_path))
    if unit.line_path:
        over |= Q(line_path__in=[path for path in ancestors(unit.line_path) if path != "/"])
    return over


def _coordinates(by: Actor, node: Place | Line) -> bool:
    if not by.holds(Role.COORDINATOR):
        return False
    return covers(by, place=node.path) if isinstance(node, Place) else covers(by, place="", line=node.path)


def _check_asker(by: Actor, question: Question) -> None:
    if not (by.acts_for(question.asker_id) and by.holds(*ASKING)):
        raise NotAllowed(_("这个问题是“%(unit)s”提的，由它来补充和结束。") % {"unit": question.asker.name})


def _check_goes(question: Question, to: State) -> None:
    if to not in TRANSITIONS[State(question.state)]:
        raise StaleState(_("这个问题已经结束。要接着问，请提问的单位再问一次。"))
