"""The lives of a question and of a report of an error as tables, the kinds of what is said, and the acts as the audit names
them. Data only."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    ASKED = "asked", _("等答复")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已结束")


class Turn(StrEnum):
    """Whose turn it is."""

    ASKER = "asker"
    RECEIVER = "receiver"
    NOBODY = "nobody"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.ASKED: frozenset(
        {State.ANSWERED, State.CLOSED, State.ASKED}
    ),  # asked again: passed on, or added to
    State.ANSWERED: frozenset({State.ASKED, State.ANSWERED, State.CLOSED}),
    State.CLOSED: frozenset({State.ASKED}),
}
TURN = {State.ASKED: Turn.RECEIVER, State.ANSWERED: Turn.ASKER, State.CLOSED: Turn.NOBODY}


class Said(models.TextChoices):
    """What one entry of a question's thread is."""

    QUESTION = "question", _("提问")
    ADDITION = "addition", _("补充")
    ANSWER = "answer", _("答复")
    PASSED_ON = "passed_on", _("转给上一级")
    REOPENED = "reopened", _("再问")
    CLOSED = "closed", _("结束")


class ErrorState(models.TextChoices):
    OPEN = "open", _("待处理")
    ANSWERED = "answered", _("已处理")
    CLOSED = "closed", _("不用处理")


ERROR_TRANSITIONS: dict[ErrorState, frozenset[ErrorState]] = {
    ErrorState.OPEN: frozenset({ErrorState.ANSWERED, ErrorState.CLOSED}),
    ErrorState.ANSWERED: frozenset(),
    ErrorState.CLOSED: frozenset(),
}


class Wrong(models.TextChoices):
    """What of an activity's page is wrong."""

    TIME = "time", _("时间")
    PLACE = "place", _("地点")
    LINK = "link", _("链接打不开或者不对")
    WHO = "who", _("主办、承办单位")
    TEXT = "text", _("介绍、文字或图片")
    OFF = "off", _("活动没有办，或者已经取消")
    OTHER = "other", _("其他")


class Event(StrEnum):
    """The acts, as the audit names them."""

    CONTACT_KEPT = "help.contact.kept"
    CONTACT_REMOVED = "help.contact.removed"
    QUESTION_ASKED = "question.asked"
    QUESTION_ADDED_TO = "question.added_to"
    QUESTION_ANSWERED = "question.answered"
    QUESTION_PASSED_ON = "question.passed_on"
    QUESTION_CLOSED = "question.closed"
    QUESTION_REOPENED = "question.reopened"
    ANSWER_SHARED = "answer.shared"
    ANSWER_CHANGED = "answer.changed"
    ANSWER_WITHDRAWN = "answer.withdrawn"
    TRAINING_ANNOUNCED = "training.announced"
    TRAINING_CHANGED = "training.changed"
    TRAINING_CANCELLED = "training.cancelled"
    TRAINING_SIGNED_UP = "training.signed_up"
    TRAINING_SIGNED_OFF = "training.signed_off"
    ERROR_REPORTED = "error_report.made"
    ERROR_ANSWERED = "error_report.answered"
    ERROR_CLOSED = "error_report.closed"
