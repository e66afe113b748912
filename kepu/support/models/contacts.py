"""How an office can be reached that coordinates a place or a line."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.orgs.models import Line, Place, Unit


class OfficeContact(models.Model):
    """An office's own telephone and mailbox, for everybody to read. Never a person's: nobody's name has a column here."""

    place = models.OneToOneField(Place, models.CASCADE, null=True, blank=True, related_name="help_contact")
    line = models.OneToOneField(Line, models.CASCADE, null=True, blank=True, related_name="help_contact")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # who keeps it
    office = models.CharField(_("办公室名称"), max_length=80)
    phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    mail = models.EmailField(_("办公邮箱"), max_length=120, blank=True)
    hours = models.CharField(_("接听时间"), max_length=80, blank=True)
    about = models.CharField(_("管什么"), max_length=120, blank=True)
    kept_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=True) ^ Q(line__isnull=True), name="contact_of_place_or_line"
            ),
            models.CheckConstraint(condition=~Q(phone="", mail=""), name="contact_can_be_reached"),
        ]

    def __str__(self) -> str:
        return self.office
