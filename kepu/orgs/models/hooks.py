"""Where a unit's messages are pushed to, besides its people: a system of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kepu.core.secrets import EncryptedTextField
from kepu.orgs.models.units import Unit


class Hook(models.Model):
    """An address that gets every message of a unit, signed (Standard Webhooks 1.0). Paused when it fails for long."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="hooks")
    name = models.CharField(_("名称"), max_length=60)
    address = EncryptedTextField(_("网址"))  # it may hold a token
    secret = EncryptedTextField()
    added_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # one after another, up to now
    last_at = models.DateTimeField(null=True, blank=True)
    last_answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("推送地址")
        verbose_name_plural = _("推送地址")

    def __str__(self) -> str:
        return self.name
