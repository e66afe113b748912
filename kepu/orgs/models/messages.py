"""What units are told inside the system."""

from __future__ import annotations

from django.db import models

from kepu.orgs.models.units import Unit


class Message(models.Model):
    """A message in the system to a unit: what happened, whose turn it is, where to go. Never the only record."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    outbox_key = models.CharField(max_length=80, unique=True)  # the same delivery twice makes one message

    class Meta:
        indexes = [models.Index(fields=["unit", "-sent_at", "-id"], name="message_of_unit")]

    def __str__(self) -> str:
        return self.subject
