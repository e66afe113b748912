"""Questions and answers that everybody below may read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField
from kepu.orgs.models import Unit
from kepu.support.models.questions import Question


class SharedAnswer(models.Model):
    """An entry of the list of a place or a line (paths): its units read it, and the public where it is marked so."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # who answers for it
    place_path = PathField(blank=True, default="")
    line_path = PathField(blank=True, default="")
    question = models.CharField(_("问题"), max_length=200)
    answer = models.TextField(_("回答"))
    public = models.BooleanField(_("公众也能看"), default=False)
    source = models.ForeignKey(Question, models.SET_NULL, null=True, blank=True, related_name="shared")
    shared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place_path="") ^ Q(line_path=""), name="answer_of_place_or_line"
            ),
        ]
        indexes = [
            models.Index(fields=["place_path", "-shared_at", "-id"], name="answer_of_place"),
            models.Index(fields=["line_path", "-shared_at", "-id"], name="answer_of_line"),
        ]

    def __str__(self) -> str:
        return self.question
