"""What was sent, word for word, and how far a sending has come."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kepu.notices.models.deliveries import Delivery
from kepu.notices.models.notices import Notice


class SentFile(models.Model):
    """A notice's file as it was sent, kept once for each wording: what the digest of a delivery stands for."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="sent_files", db_index=False)
    number = models.PositiveSmallIntegerField()  # the first wording is 1
    digest = models.CharField(max_length=64)  # SHA-256 of the text
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "digest"], name="sent_file_once"),
            models.UniqueConstraint(fields=["notice", "number"], name="sent_file_one_of_number"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} v{self.number}"


class SendingKind(models.TextChoices):
    """What a sending does."""

    SEND = "send", _("发出")
    FORWARD = "forward", _("转发")
    UNOPENED = "unopened", _("催办没打开的")
    UNRECEIVED = "unreceived", _("催办没签收的")


class Sending(models.Model):
    """A notice on its way to its recipients, or a reminder: whom it is for, and how far the worker has come.

    The worker goes from unit to unit by their ids; ``after`` is the last one that was dealt with.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="sendings", db_index=False)
    kind = models.CharField(max_length=10, choices=SendingKind.choices)
    file = models.ForeignKey(
        SentFile, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    source = models.ForeignKey(  # what is forwarded
        Delivery, models.PROTECT, null=True, blank=True, related_name="sendings", db_index=False
    )
    recipients: Any = models.JSONField(default=list, blank=True)  # as a notice file has them
    places: Any = models.JSONField(default=list, blank=True)  # paths that a forwarding unit coordinates
    lines: Any = models.JSONField(default=list, blank=True)
    unit_id = models.BigIntegerField(null=True, blank=True)  # who asked for it: None for the system
    at = models.DateTimeField()
    after = models.BigIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("发送")
        verbose_name_plural = _("发送")
        indexes = [
            models.Index(fields=["notice", "-id"], name="sending_of_notice"),
            models.Index(fields=["source", "-id"], name="sending_of_delivery"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.kind}"
