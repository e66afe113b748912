"""What went wrong at an activity, as it was reported and as it went on. The public never sees it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.activities.models.activity import Activity
from kepu.activities.workflow import IncidentKind
from kepu.core.fields import PathField, under


class IncidentState(models.TextChoices):
    OPEN = "open", _("处置中")
    CLOSED = "closed", _("已了结")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def under(self, path: str) -> IncidentQuerySet:
        return self.filter(under("place_path", path))


class Incident(models.Model):
    """One incident of one activity. ``people_hurt`` is the latest number that was told; the updates keep each."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="incidents", db_index=False)
    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+", db_index=False)
    place_path = PathField()  # where it was held, which may be another place than its host's
    token = models.UUIDField(unique=True)  # made by the form: sent twice, it is reported once
    kind = models.CharField(_("类别"), max_length=16, choices=IncidentKind.choices)
    happened_at = models.DateTimeField(_("发生时间"))
    words = models.TextField(_("情况"), max_length=2000)
    measures = models.TextField(_("采取的措施"), max_length=2000, blank=True)
    people_hurt = models.PositiveIntegerField(_("受伤人数"), default=0)
    state = models.CharField(
        _("状态"), max_length=8, choices=IncidentState.choices, default=IncidentState.OPEN
    )
    version = models.PositiveIntegerField(default=1)  # grows with every write
    reported_at = models.DateTimeField()
    reported_by_id = models.BigIntegerField()  # a person
    reporting_unit_id = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.BigIntegerField(null=True, blank=True)  # a person

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("突发情况")
        verbose_name_plural = _("突发情况")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=IncidentState.OPEN, closed_at__isnull=True, closed_by_id__isnull=True)
                | Q(state=IncidentState.CLOSED, closed_at__isnull=False, closed_by_id__isnull=False),
                name="incident_closed",
            )
        ]
        indexes = [
            models.Index(fields=["activity", "id"], name="incident_of_activity"),
            models.Index(fields=["season", "place_path", "id"], name="incident_in_place"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.state == IncidentState.OPEN

    @property
    def goes_to_province(self) -> bool:
        """Whether somebody is hurt, or people talk of it: then the province is told too."""
        return self.people_hurt > 0 or self.kind == IncidentKind.PUBLIC_OPINION


class IncidentUpdate(models.Model):
    """How an incident went on. Rows are added and never changed; the one that closes it is the last."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="updates", db_index=False)
    words = models.TextField(_("进展"), max_length=2000)
    measures = models.TextField(_("采取的措施"), max_length=2000, blank=True)
    people_hurt = models.PositiveIntegerField(_("受伤人数"))
    closes = models.BooleanField(default=False)
    at = models.DateTimeField()
    person_id = models.BigIntegerField()
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("突发情况的进展")
        verbose_name_plural = _("突发情况的进展")
        indexes = [models.Index(fields=["incident", "id"], name="update_of_incident")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.at}"
