"""Invitations: a link by which somebody takes up a post of a unit, once."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.core.secrets import EncryptedTextField
from kepu.orgs.models.places import Line, Place
from kepu.orgs.models.posts import Post
from kepu.orgs.models.units import Unit
from kepu.orgs.workflow import Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> InvitationQuerySet:
        """Those that can still be accepted."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)

    def by_token(self, token: str) -> InvitationQuerySet:
        return self.filter(token_digest=digest_of(token))


class Invitation(models.Model):
    """A post offered by link. Only the digest of the link's token is kept: the database gives nobody a way in."""

    token_digest = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=12, choices=Role.choices)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="+")
    post_until = models.DateTimeField(null=True, blank=True)  # when the post given will end
    name = models.CharField(_("邀请谁"), max_length=60)  # as the giver calls them
    email = EncryptedTextField(_("电子邮箱"), blank=True, default="")  # forgotten once used or withdrawn
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    given_for = models.ForeignKey(
        Unit, models.CASCADE, null=True, related_name="+"
    )  # whom the giver acted for
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("邀请")
        verbose_name_plural = _("邀请")
        indexes = [models.Index(fields=["unit", "-id"], name="invitation_of_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(place=None) | Q(line=None), name="invitation_in_place_or_line"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_used_or_withdrawn"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id}"


def digest_of(token: str) -> str:
    """What is kept of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
