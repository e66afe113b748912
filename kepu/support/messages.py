"""Who is told what: the unit whose turn it is, the units that a training concerns, those of an activity with an error."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kepu.core.calendar import CHINA
from kepu.core.db import in_transaction
from kepu.orgs.messages import tell
from kepu.orgs.models import Unit
from kepu.support.models import ErrorReport, Question, Training


def address_of(thing: Question | Training | ErrorReport) -> str:
    """The thing's page in the workspace."""
    noun = {Question: "questions", Training: "trainings", ErrorReport: "error-reports"}[type(thing)]
    return f"/workspace/help/{noun}/{thing.pk}/"


@in_transaction
def asked(question: Question, text: str, *, at: datetime) -> None:
    subject = _("%(unit)s提问：%(subject)s") % {"unit": question.asker.name, "subject": question.subject}
    tell(question.receiver_id, "question.asked", subject, text, address_of(question), at=at)


@in_transaction
def answered(question: Question, text: str, *, at: datetime) -> None:
    subject = _("%(unit)s已答复：%(subject)s") % {"unit": question.receiver.name, "subject": question.subject}
    tell(question.asker_id, "question.answered", subject, text, address_of(question), at=at)


@in_transaction
def passed_on(question: Question, from_unit: Unit, text: str, *, at: datetime) -> None:
    asked(question, text, at=at)
    subject = _("您的问题已转给%(unit)s：%(subject)s") % {
        "unit": question.receiver.name,
        "subject": question.subject,
    }
    tell(question.asker_id, "question.passed_on", subject, text, address_of(question), at=at)


@in_transaction
def error_reported(report: ErrorReport, *, at: datetime) -> None:
    subject = _("有人指出活动页面有错：%(title)s（%(wrong)s）") % {
        "title": report.title,
        "wrong": report.get_wrong_display(),
    }
    for unit_id in _concerned(report):
        tell(unit_id, "error_report.made", subject, report.words, address_of(report), at=at)


@in_transaction
def error_answered(report: ErrorReport, *, besides: int | None, at: datetime) -> None:
    """The other of the two hears of it; whoever reported it reads it behind their link."""
    subject = _("纠错%(state)s：%(title)s") % {"state": report.get_state_display(), "title": report.title}
    for unit_id in _concerned(report):
        if unit_id != besides:
            tell(unit_id, "error_report.answered", subject, report.answer, address_of(report), at=at)


def _concerned(report: ErrorReport) -> list[int]:
    return [unit_id for unit_id in (report.host_id, report.reviewer_id) if unit_id is not None]


def announcement(training: Training) -> tuple[str, str]:
    """What the units hear of a training: subject and text."""
    subject = _("培训：%(title)s（%(when)s）") % {
        "title": training.title,
        "when": _moment(training.starts_at),
    }
    return subject, "\n".join(filter(None, [_where(training), _until(training), training.text]))


def change(training: Training) -> tuple[str, str]:
    subject = _("培训有变动：%(title)s") % {"title": training.title}
    when = _("现在是%(when)s。") % {"when": _moment(training.starts_at)}
    return subject, "\n".join(filter(None, [when + _where(training), training.text]))


def cancellation(training: Training) -> tuple[str, str]:
    subject = _("培训取消：%(title)s（原定%(when)s）") % {
        "title": training.title,
        "when": _moment(training.starts_at),
    }
    return subject, training.reason


def _where(training: Training) -> str:
    parts = [
        training.venue and _("地点：%(venue)s。") % {"venue": training.venue},
        training.link and _("线上：%(link)s ") % {"link": training.link},
    ]
    return "".join(part for part in parts if part)


def _until(training: Training) -> str:
    return _("报名到%(when)s为止。") % {"when": _moment(training.sign_up_until)}


def _moment(instant: datetime) -> str:
    local = instant.astimezone(CHINA)
    return f"{date_format(local, 'DATE_FORMAT')} {local:%H:%M}"
