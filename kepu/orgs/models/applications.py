"""Applications (登记申请): somebody asks that a unit be registered, claimed, or taken under another."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField
from kepu.core.secrets import EncryptedTextField
from kepu.orgs.coming import OPEN, TAKEN_IN, TURN, ApplicationKind, ApplicationState, Turn
from kepu.orgs.fields import NameKeyField
from kepu.orgs.models.places import Line, Place
from kepu.orgs.models.units import Unit

PERSONAL = ("contact_name", "contact_phone", "contact_email")  # closed in the database, never in a trace


class ApplicationQuerySet(models.QuerySet["Application"]):
    def open(self) -> ApplicationQuerySet:
        """Those that somebody still has to do something with."""
        return self.filter(state__in=sorted(OPEN))

    def with_token(self, token: str) -> ApplicationQuerySet:
        """The one that a link leads to."""
        return self.filter(token_digest=token_digest(token))


class Application(models.Model):
    """What somebody says of a unit, and where the request stands. Nobody can act for the unit before it is approved."""

    kind = models.CharField(_("种类"), max_length=8, choices=ApplicationKind.choices)
    state = models.CharField(_("状态"), max_length=10, choices=ApplicationState.choices)
    version = models.PositiveIntegerField(
        default=1
    )  # grows with every write: whoever saw an older one is told
    round = models.PositiveSmallIntegerField(default=1)  # how often it was handed in

    name = models.CharField(_("单位名称"), max_length=120)
    name_key = NameKeyField(of="name")
    unit_kind = models.SlugField(_("单位类别"), max_length=40)
    place = models.ForeignKey(
        Place, models.PROTECT, verbose_name=_("所在地区"), related_name="+", db_index=False
    )
    place_path = PathField()
    line = models.ForeignKey(
        Line,
        models.PROTECT,
        verbose_name=_("所属系统"),
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    line_path = PathField(blank=True, default="")
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, db_index=True)
    purpose = models.TextField(_("用途"), max_length=500, blank=True)
    # the applicant was shown units that look the same, and says that it is none of them
    is_another = models.BooleanField(default=False)

    contact_name = EncryptedTextField(_("联系人"), blank=True, default="")
    contact_phone = EncryptedTextField(_("手机或电话"), blank=True, default="")
    contact_email = EncryptedTextField(_("电子邮箱"), blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    consented_at = models.DateTimeField(null=True, blank=True)
    consent_version = models.CharField(max_length=20, blank=True, default="")

    token = EncryptedTextField(blank=True, default="")  # mails bring the link again
    token_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)

    person = models.ForeignKey(  # who was signed in when applying; after approval, whoever got the post
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    unit = (
        models.ForeignKey(  # the unit that is claimed or taken under another; after approval, what it became
            Unit, models.PROTECT, null=True, blank=True, related_name="applications"
        )
    )
    by_unit = models.ForeignKey(  # of a unit that asks for another to be its own
        Unit, models.PROTECT, null=True, blank=True, related_name="applications_made"
    )
    receiver = models.ForeignKey(  # the coordinator nearest above; None while there is none
        Unit, models.PROTECT, null=True, blank=True, related_name="applications_received", db_index=False
    )

    reason = models.TextField(_("说明"), max_length=1000, blank=True)  # why it was sent back or refused
    filed_at = models.DateTimeField()
    turn_since = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)  # a person

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("登记申请")
        verbose_name_plural = _("登记申请")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(TAKEN_IN), unit__isnull=False) | ~Q(state__in=sorted(TAKEN_IN)),
                name="application_taken_in_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN), decided_at__isnull=True)
                | (~Q(state__in=sorted(OPEN)) & Q(decided_at__isnull=False)),
                name="application_decided_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(kind=ApplicationKind.WITHIN, by_unit__isnull=False, unit__isnull=False)
                | (~Q(kind=ApplicationKind.WITHIN) & Q(by_unit__isnull=True, consented_at__isnull=False)),
                name="application_person_consented",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ApplicationKind.CLAIM) | Q(unit__isnull=False),
                name="application_claims_a_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "state", "turn_since", "id"], name="application_inbox"),
            models.Index(fields=["place_path", "state", "id"], name="application_in_place"),
            models.Index(fields=["line_path", "state", "id"], name="application_in_line"),
            models.Index(fields=["name_key", "state"], name="application_named"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return TURN[ApplicationState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def token_digest(token: str) -> str:
    """What is kept of a link's secret: whoever reads the database cannot follow the link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
