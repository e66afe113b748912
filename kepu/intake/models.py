"""A sheet that was handed in, its lines, and how a unit's columns were matched before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.core.secrets import EncryptedJSONField
from kepu.intake.workflow import AT_WORK, LineState, State

SURE = 0.95  # where every column is as sure as this, nobody is asked


class SheetImport(models.Model):
    """One table of activities, handed in by a person for a unit in a season."""

    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="sheet_imports", db_index=False)
    token = models.UUIDField(unique=True)  # made by the form: sent twice, it is one import
    # as whom the work is done: whoever asked for it last, and in whose stead
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", db_index=False)
    deputy_for = models.BigIntegerField(null=True, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    header_line = models.PositiveIntegerField(default=1)  # where the header stands in the sheet
    signature = models.CharField(max_length=64)  # of the header: the same layout has the same one
    sheet_name = models.CharField(_("工作表"), max_length=100, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")  # the line over the table
    heading: Any = EncryptedJSONField(_("表头上面填的"), default=dict)  # label → text, such as 填报单位
    notes: Any = EncryptedJSONField(default=list)  # a sentence for each line that was taken for no activity
    # [{"index", "header", "field", "sure", "note"}]: the column's place from 0, "" where no field is filled from it
    columns = models.JSONField(_("各栏对应"), default=list)
    # what the sheet has no column for and is the same in all lines: field → text, read like a cell
    common: Any = EncryptedJSONField(_("各行都一样的"), default=dict, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.READ)
    version = models.PositiveIntegerField(default=1)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    done = models.PositiveIntegerField(default=0)  # of the work under way: lines that are through
    asked = models.PositiveIntegerField(default=0)  # of the work under way: lines in all
    as_drafts = models.BooleanField(default=False)  # keep drafts, file nothing
    why_stopped = models.TextField(blank=True, default="")
    started_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)  # when the work under way last came on
    filed_at = models.DateTimeField(null=True, blank=True)  # when the last filing was through
    forgotten_at = models.DateTimeField(null=True, blank=True)  # since when its cells are gone

    class Meta:
        verbose_name = _("收表")
        verbose_name_plural = _("收表")
        indexes = [
            models.Index(fields=["unit", "season", "-started_at", "-id"], name="sheet_import_of_unit"),
            models.Index(
                fields=["started_at", "id"], name="sheet_import_kept", condition=Q(forgotten_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @staticmethod
    def knows(column: Mapping[str, Any]) -> bool:
        """Whether a column was matched so surely that nobody needs to be asked."""
        return bool(column["sure"] >= SURE)

    @property
    def knows_its_columns(self) -> bool:
        return any(c["field"] == "title" for c in self.columns) and all(map(self.knows, self.columns))


class SheetLine(models.Model):
    """One line: its cells as they stand, what was read from them, and what filing would find or has found."""

    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()  # in the sheet, as people count
    part = models.PositiveSmallIntegerField(default=0)  # where one line was made into several
    cells: Any = EncryptedJSONField(default=list)  # texts, one for each of the import's columns
    carried = models.JSONField(default=list, blank=True)  # columns whose text comes down from a merged cell
    content: Any = EncryptedJSONField(
        default=dict, blank=True
    )  # plain data by the names of activities' CONTENT
    # [{"sentence", "tone", "field", "code", "clause", "clause_id", "notice"}]; tones: error, warning, plain
    findings: Any = EncryptedJSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=LineState.choices, default=LineState.WAITING)
    may_be_double = models.BooleanField(default=False)
    likeness = models.CharField(max_length=64, blank=True, default="")  # digest of title, day and place
    token = models.UUIDField(
        null=True, blank=True
    )  # of the activity that the line makes: see kepu.intake.tokens
    activity_id = models.BigIntegerField(
        null=True, blank=True
    )  # the activity that it made, or found made before
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "number", "part"], name="sheet_line_once")]
        indexes = [
            models.Index(fields=["sheet", "state", "number", "part"], name="sheet_line_in_state"),
            models.Index(fields=["sheet", "likeness"], name="sheet_line_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.part}" if self.part else str(self.number)


class ColumnMapping(models.Model):
    """How a unit matched the columns of one layout the last time."""

    unit = models.ForeignKey("orgs.Unit", models.CASCADE, related_name="+", db_index=False)
    signature = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)  # header → field code, "" for a column that is left out
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "signature"], name="column_mapping_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.signature[:8]}"
