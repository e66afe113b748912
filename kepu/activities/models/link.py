"""What became of the web addresses of online activities: looked at for life, beside the copies that the public reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.activities.models.activity import Activity


class Outcome(models.TextChoices):
    """What a look found."""

    FINE = "fine", _("打得开")
    GONE = "gone", _("网页不存在")
    BROKEN = "broken", _("对方网站出错")
    UNREACHED = "unreached", _("连不上对方网站")
    NO_END = "no_end", _("网址转来转去，到不了头")
    NOT_PUBLIC = "not_public", _("网址不能给公众用，比如指向内部网络")
    UNSURE = "unsure", _("对方不让程序查看，不能判断")


class LinkHost(models.Model):
    """A web server that links lead to: it is asked for one of them at a time, and not again for a while."""

    name = models.CharField(max_length=255, unique=True)
    next_at = models.DateTimeField(
        null=True
    )  # when one of its links may be looked at; None while none is due

    class Meta:
        verbose_name = _("线上活动的网站")
        verbose_name_plural = _("线上活动的网站")
        indexes = [
            models.Index(fields=["next_at", "id"], name="link_host_next", condition=Q(next_at__isnull=False))
        ]

    def __str__(self) -> str:
        return self.name


class OnlineLink(models.Model):
    """The address of one published activity, and how it went when it was last looked at. ``pk`` is the activity's.

    ``failures`` counts one after another; what cannot be told apart from a wall against programs counts neither way.
    """

    activity = models.OneToOneField(Activity, models.PROTECT, primary_key=True, related_name="link")
    host = models.ForeignKey(LinkHost, models.PROTECT, related_name="links", db_index=False)
    url = models.CharField(max_length=500)
    next_look_at = models.DateTimeField(null=True)  # None: nobody needs to know any more
    looked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    status = models.PositiveSmallIntegerField(null=True)  # of the answer, where there was one
    well_at = models.DateTimeField(null=True)  # the last time that it opened
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # since when the host knows that it does not open

    class Meta:
        verbose_name = _("线上活动的链接")
        verbose_name_plural = _("线上活动的链接")
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, failing_since__isnull=True)
                | Q(failures__gt=0, failing_since__isnull=False),
                name="link_failing_since",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(failing_since__isnull=False),
                name="link_told_of_failing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["host", "next_look_at", "activity"],
                name="link_next",
                condition=Q(next_look_at__isnull=False),
            ),
            models.Index(fields=["well_at"], name="link_well", condition=Q(well_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.url}"


class LinkMark(models.Model):
    """How far the copies of a season were gone through for links: the last one, by when it was written."""

    season = models.OneToOneField("notices.Season", models.PROTECT, primary_key=True, related_name="+")
    updated_at = models.DateTimeField()
    activity_id = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("链接收集进度")
        verbose_name_plural = _("链接收集进度")

    def __str__(self) -> str:
        return f"{self.season_id} {self.updated_at}"
