"""Deputies (代理): who stands in for the holder of a post, between two instants."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kepu.orgs.models.posts import Post


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def holding(self, at: datetime) -> DeputyQuerySet:
        """Those who stand in at an instant: only while the post itself holds."""
        return self.filter(
            Q(post__since__isnull=True) | Q(post__since__lte=at),
            Q(post__until__isnull=True) | Q(post__until__gt=at),
            since__lte=at, until__gt=at,
        )  # fmt: skip


class Deputy(models.Model):
    """Somebody who acts in another's post for a time. It ends by itself, and never later than the post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="deputies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stands_in")
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("代理")
        verbose_name_plural = _("代理")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="deputy_ends_after_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.post_id}"
