"""Drafts of notices (通知稿): what is being written, with what was read in a document. Nothing of it is in force."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kepu.core.secrets import EncryptedTextField
from kepu.notices.models.notices import Notice, Season


class DraftOrigin(models.TextChoices):
    BLANK = "blank", _("从空白写起")
    DOCUMENT = "document", _("从文件识别")
    PARENT = "parent", _("从上级通知写起")
    FORMAL = "formal", _("代替预备通知")
    SUPPLEMENT = "supplement", _("补充通知")
    CORRECTION = "correction", _("更正通知")
    SEASON = "season", _("从上一届照抄")


class DraftState(models.TextChoices):
    OPEN = "open", _("起草中")
    ISSUED = "issued", _("已发出")
    DISCARDED = "discarded", _("已作废")


class NoticeDraft(models.Model):
    """A notice being written (通知稿): nothing of it is in force. ``header`` is that of a notice file, perhaps not whole."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="drafts")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="notice_drafts")
    place = models.ForeignKey("orgs.Place", models.PROTECT, related_name="+")
    line = models.ForeignKey("orgs.Line", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("标题"), max_length=200, blank=True)
    header = models.JSONField(default=dict, blank=True)
    origin = models.CharField(_("起草方式"), max_length=12, choices=DraftOrigin.choices)
    about = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="drafts_about")
    source_name = models.CharField(max_length=200, blank=True)
    # the document as it was read, closed because papers name people; spans count in it
    source_text = EncryptedTextField(blank=True, default="")
    found = models.JSONField(default=list, blank=True)  # what was read for the header, with spans
    state = models.CharField(_("状态"), max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="draft")
    version = models.PositiveIntegerField(default=1)  # of the header; each clause has its own
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        "accounts.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("通知稿")
        verbose_name_plural = _("通知稿")
        indexes = [models.Index(fields=["unit", "state", "-changed_at"], name="draft_of_unit")]

    def __str__(self) -> str:
        return self.title or str(_("未命名的通知稿"))


class ClauseState(models.TextChoices):
    PROPOSED = "proposed", _("等您核对")
    CONFIRMED = "confirmed", _("已确认")
    REJECTED = "rejected", _("不采用")


class DraftClause(models.Model):
    """A clause of a draft as it was typed: ``data`` is a notice file's clause and may be faulty; nothing is thrown away."""

    draft = models.ForeignKey(NoticeDraft, models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    code = models.CharField(_("条款代码"), max_length=40)
    kind = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ClauseState.choices, default=ClauseState.CONFIRMED)
    proposal = models.JSONField(default=dict, blank=True)  # confidence, spans, recogniser, flags
    above = models.CharField(
        max_length=120, blank=True
    )  # "national-2023#NA-05": the clause it was taken from
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "code"], name="draft_clause_once")]
        indexes = [models.Index(fields=["draft", "position"], name="draft_clause_in_order")]

    def __str__(self) -> str:
        return self.code
