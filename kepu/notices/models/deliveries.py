"""Who a notice was sent to, and the keys of calendar feeds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField
from kepu.notices.models.notices import Notice


class Delivery(models.Model):
    """A notice sent to one unit (送达): when it was opened, received (签收) and forwarded, and by whom.

    ``level`` and ``part`` are copies, so that 200,000 deliveries are counted in one index.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", db_index=False)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="deliveries", db_index=False)
    role = models.CharField(max_length=2, choices=[("to", _("主送")), ("cc", _("抄送"))])
    title = models.CharField(max_length=200, blank=True)  # which line of the recipients
    level = models.CharField(max_length=10)  # the unit's
    # the place directly below the notice's own in which the unit lies; "" at the notice's own place
    part = PathField(blank=True, default="")
    forwarded_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="forwarded_to", db_index=False
    )
    forwards = models.PositiveIntegerField(default=0)  # how many units it was forwarded to
    digest = models.CharField(
        max_length=64
    )  # of the notice's file as it was sent: the proof of what was received
    sent_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        "accounts.Person", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        "accounts.Person", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("送达")
        verbose_name_plural = _("送达")
        constraints = [
            models.UniqueConstraint(fields=["notice", "unit"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(opened_at__isnull=False),
                name="delivery_received_is_opened",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-sent_at", "-id"], name="delivery_of_unit"),
            models.Index(
                fields=["notice", "part", "level", "opened_at", "received_at", "forwarded_from"],
                name="delivery_counts",
            ),
            models.Index(
                fields=["notice", "part", "id"], condition=Q(opened_at=None), name="delivery_unopened"
            ),
            models.Index(
                fields=["notice", "part", "id"],
                condition=Q(opened_at__isnull=False, received_at=None),
                name="delivery_unreceived",
            ),
            models.Index(
                fields=["notice", "part", "id"],
                condition=Q(received_at__isnull=False),
                name="delivery_received",
            ),
            models.Index(fields=["notice", "id"], condition=Q(forwards__gt=0), name="delivery_forwarding"),
            models.Index(
                fields=["forwarded_from", "opened_at", "received_at"],
                condition=Q(forwarded_from__isnull=False),
                name="delivery_forwarded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.unit_id}"


class FeedKey(models.Model):
    """The secret in the address of a unit's calendar feed; ended when somebody asks for a new one."""

    unit = models.ForeignKey("orgs.Unit", models.CASCADE, related_name="feed_keys")
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_at=None), name="feed_key_one_in_use")
        ]

    def __str__(self) -> str:
        return str(self.unit_id)
