"""Delegation of one duty (委托): somebody else writes and hands in the return of a unit, and sees nothing else of it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def holding(self, at: datetime) -> DelegationQuerySet:
        """Those that hold at an instant."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)

    def whole(self) -> DelegationQuerySet:
        """With what pages and acts ask of it."""
        return self.select_related("season", "unit", "to_unit", "to_person")


class Delegation(models.Model):
    """One duty of one unit, handed to another unit, or to one person acting for a unit, which may be the same unit."""

    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="delegations", db_index=False)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="delegations_given", db_index=False)
    duty = models.CharField(max_length=120)  # the rule's key
    title = models.CharField(max_length=200)  # what the duty was called then
    to_unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="delegations", db_index=False)
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("委托")
        verbose_name_plural = _("委托")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="delegation_ends_after_beginning"
            ),
            models.CheckConstraint(
                condition=~Q(to_unit=F("unit")) | Q(to_person__isnull=False), name="delegation_to_somebody_else"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "season", "duty"], name="delegation_of_duty"),
            models.Index(fields=["to_unit", "id"], name="delegation_to_unit"),
        ]

    def __str__(self) -> str:
        return self.title
