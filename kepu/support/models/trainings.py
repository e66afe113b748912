"""Trainings that a coordinator announces, and how many people each unit sends."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField
from kepu.orgs.models import Unit


class Training(models.Model):
    """One training, for the units of a place or a line (paths), of some kinds or of all. ``taken`` counts its seats."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # who announces it
    place_path = PathField(blank=True, default="")
    line_path = PathField(blank=True, default="")
    kinds = models.JSONField(default=list, blank=True)  # codes of kinds of unit; empty for all
    title = models.CharField(_("培训名称"), max_length=120)
    text = models.TextField(_("说明"), blank=True)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    link = models.CharField(_("线上网址"), max_length=300, blank=True)
    cap = models.PositiveIntegerField(_("名额"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    sign_up_until = models.DateTimeField(_("报名截止"))
    announced_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("取消原因"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place_path="") ^ Q(line_path=""), name="training_of_place_or_line"
            ),
            models.CheckConstraint(
                condition=Q(cap__isnull=True) | Q(taken__lte=F("cap")), name="training_not_overfull"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="training_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(sign_up_until__lte=F("ends_at")), name="training_sign_up_ends_before"
            ),
        ]
        indexes = [
            models.Index(fields=["place_path", "ends_at", "id"], name="training_of_place"),
            models.Index(fields=["line_path", "ends_at", "id"], name="training_of_line"),
        ]

    def __str__(self) -> str:
        return self.title


class SignUp(models.Model):
    """So many people of a unit come to a training."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="sign_ups")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training", "unit"], name="sign_up_once"),
            models.CheckConstraint(condition=Q(people__gt=0), name="sign_up_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.training_id} {self.unit_id}: {self.people}"
