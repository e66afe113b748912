"""A question from a unit to the unit above, and what was said in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kepu.orgs.models import Unit
from kepu.support.workflow import TURN, Said, State, Turn


class Question(models.Model):
    """One thread. ``version`` counts every move: an act names the one it saw."""

    asker = models.ForeignKey(Unit, models.PROTECT, related_name="questions_asked")
    receiver = models.ForeignKey(Unit, models.PROTECT, related_name="questions_received")
    subject = models.CharField(_("主题"), max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    turn_since = models.DateTimeField()
    asked_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["receiver", "state", "turn_since", "id"], name="question_to_answer"),
            models.Index(fields=["asker", "-turn_since", "-id"], name="question_of_asker"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def turn(self) -> Turn:
        return TURN[State(self.state)]


class Remark(models.Model):
    """What a unit said in a question. Never changed; which person it was stands in the trace."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="remarks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Said.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "question"], name="remark_of_unit")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.kind}"
