"""What was erased or closed anew, as figures: the report of a job that may stop and go on."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """The erasure of a season's personal data. ``after`` is where each column has come to; ``counts`` how much it emptied."""

    season = models.OneToOneField("notices.Season", models.PROTECT, related_name="erasure")
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    counts: Any = models.JSONField(default=dict, blank=True)  # column → rows
    after: Any = models.JSONField(default=dict, blank=True)  # model → id

    class Meta:
        verbose_name = _("届次个人信息删除")
        verbose_name_plural = _("届次个人信息删除")

    def __str__(self) -> str:
        return f"erasure of season {self.season_id}"


class KeyChange(models.Model):
    """Values closed anew with the key that stands first: its name, and how many of each column."""

    key = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    counts: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("密钥更换")
        verbose_name_plural = _("密钥更换")

    def __str__(self) -> str:
        return self.key
