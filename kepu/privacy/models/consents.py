"""What somebody agreed to, in which wording, and until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kepu.privacy.workflow import Purpose

APPLICANT = "privacy_consent.applicant"  # what the digest of an applicant's number or mailbox is bound to


class Consent(models.Model):
    """A person's consent, or that of somebody who has no account yet and is known by a keyed digest of the address given.

    A row is never deleted: that it was withdrawn is part of the proof.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
        db_index=False,
    )
    applicant_digest = models.CharField(max_length=64, blank=True, default="")
    purpose = models.CharField(_("用途"), max_length=20, choices=Purpose.choices)
    version = models.CharField(max_length=20)  # of the statement that was shown
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, applicant_digest="")
                | (Q(person__isnull=True) & ~Q(applicant_digest="")),
                name="consent_of_person_or_applicant",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("at")),
                name="consent_withdrawn_after_given",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose", "version"],
                condition=Q(withdrawn_at=None, person__isnull=False),
                name="consent_once_in_force",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "purpose", "-id"], name="consent_of_person"),
            models.Index(
                fields=["applicant_digest"], name="consent_of_applicant", condition=~Q(applicant_digest="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or 'applicant'} {self.purpose}"
