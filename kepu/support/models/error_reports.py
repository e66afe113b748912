"""What anybody says is wrong with what the public reads of an activity."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField
from kepu.core.secrets import EncryptedTextField
from kepu.orgs.models import Unit
from kepu.support.workflow import ErrorState, Wrong


class ErrorReport(models.Model):
    """One report. ``key`` is made with the form and leads its writer back to it; sent twice it is the same report.

    The activity is known by its number and the title it then had: this module does not know activities. It concerns the
    unit that holds it and the one that reviewed it.
    """

    key = models.UUIDField(unique=True)
    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    title = models.CharField(_("活动"), max_length=120)
    host = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    reviewer = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    place_path = PathField()
    line_path = PathField(blank=True, default="")
    wrong = models.CharField(_("哪里有错"), max_length=12, choices=Wrong.choices)
    words = models.TextField(_("怎么错了"))
    contact = EncryptedTextField(_("怎么联系您"), blank=True, default="")
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ErrorState.choices, default=ErrorState.OPEN)
    answer = models.TextField(_("处理结果"), blank=True)
    answered_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ErrorState.OPEN, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=ErrorState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="error_report_answered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["host", "state", "reported_at", "id"], name="error_report_of_host"),
            models.Index(fields=["reviewer", "state", "reported_at", "id"], name="error_report_of_reviewer"),
            models.Index(fields=["about_id", "state"], name="error_report_about"),
        ]

    def __str__(self) -> str:
        return self.title

    def traced_under(self) -> tuple[int, str, str]:
        """The host's; where it lies."""
        return self.host_id, self.place_path, self.line_path
