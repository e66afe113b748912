"""Seasons, notices and clauses as rows. What they mean together is computed in :mod:`kepu.notices.inheritance`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField
from kepu.notices.kinds.base import Mode, Status, Strictness


class Season(models.Model):
    """A campaign's year (届). ``edition`` counts changes of its rule book: caches are keyed by it."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    campaign = models.SlugField(_("活动"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年份"))
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    first_day = models.DateField(_("第一天"))
    last_day = models.DateField(_("最后一天"))
    edition = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(_("进行中"), default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    contacts_kept_days = models.PositiveSmallIntegerField(_("个人信息保存天数"), default=180)  # from closing

    class Meta:
        verbose_name = _("届次")
        verbose_name_plural = _("届次")

    def __str__(self) -> str:
        return (self.name_en or self.name) if (get_language() or "").startswith("en") else self.name


class NoticeStatus(models.TextChoices):
    ADVANCE = "advance", _("预备通知")
    FORMAL = "formal", _("正式通知")
    SUPPLEMENT = "supplement", _("补充通知")
    CORRECTION = "correction", _("更正通知")
    RESULTS = "results", _("结果通知")
    PLACEHOLDER = "placeholder", _("未见正文")
    WITHDRAWN = "withdrawn", _("已撤回")


class Notice(models.Model):
    """One notice: who issued it for which place or line, when, on what basis, to whom."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="notices")
    code = models.SlugField(_("代码"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("发文字号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文单位"), max_length=120)
    issuer_unit = models.ForeignKey(
        "orgs.Unit", models.PROTECT, null=True, blank=True, related_name="notices"
    )
    place = models.ForeignKey("orgs.Place", models.PROTECT, related_name="notices")
    line = models.ForeignKey("orgs.Line", models.PROTECT, null=True, blank=True, related_name="notices")
    status = models.CharField(_("状态"), max_length=12, choices=NoticeStatus.choices)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    in_force_at = models.DateTimeField(
        _("生效时间"), null=True, blank=True
    )  # empty: from the season's beginning
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # when it was last issued, changed, corrected, replaced or withdrawn: what is read again
    changed_at = models.DateTimeField(null=True, blank=True)
    parents = models.JSONField(default=list, blank=True)  # codes of notices it is based on
    replaces = models.JSONField(
        default=list, blank=True
    )  # codes of notices it stands in for from its own in_force_at
    header = models.JSONField(
        default=dict, blank=True
    )  # joint issuers, recipients, attachments, names: as in the file

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [models.UniqueConstraint(fields=["season", "code"], name="notice_once_in_season")]
        indexes = [models.Index(fields=["season", "-changed_at", "-id"], name="notice_news")]

    def __str__(self) -> str:
        return self.title

    def traced_under(self) -> tuple[int | None, str, str]:
        """A notice is its issuer's, and lies where it speaks."""
        return self.issuer_unit_id, self.place.path, self.line.path if self.line else ""

    @property
    def short(self) -> str:
        """How a clause is cited: by number, else by title."""
        return self.number or f"《{self.title}》"


class Clause(models.Model):
    """One thing a notice says: typed parameters, whom it binds, how strictly, how settled, how it inherits."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    number = models.CharField(_("条款号"), max_length=40, blank=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    summary = models.TextField(_("概述"))
    summary_en = models.TextField(blank=True)
    wording = models.TextField(blank=True)
    params = models.JSONField(default=dict)
    audience = models.JSONField(default=dict, blank=True)
    scope = PathField(blank=True, default="")  # where it reaches when that is not the notice's own place
    caller = models.CharField(max_length=60, blank=True)
    strictness = models.CharField(max_length=12, choices=[(s, s) for s in Strictness])
    status = models.CharField(max_length=10, choices=[(s, s) for s in Status])
    waits_for = models.CharField(max_length=120, blank=True)
    mode = models.CharField(max_length=10, choices=[(m, m) for m in Mode])
    relates = models.JSONField(default=list, blank=True)  # "same:NA-69" …

    class Meta:
        verbose_name = _("条款")
        verbose_name_plural = _("条款")
        constraints = [models.UniqueConstraint(fields=["notice", "code"], name="clause_once_in_notice")]
        indexes = [
            models.Index(fields=["notice", "position"], name="clause_in_order"),
            models.Index(fields=["scope"], name="clause_of_wider_scope", condition=~Q(scope="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class RulesSnapshot(models.Model):
    """Rules in force as data, kept once however many filings were made under them; found by their digest."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()

    def __str__(self) -> str:
        return self.digest[:12]
