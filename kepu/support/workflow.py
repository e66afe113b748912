"""A question's life as a table, the kinds of what is said in it, and the acts as the audit names them. Data only."""

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
