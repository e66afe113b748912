"""A sheet's way from the file to the filings as a table, and the acts as the audit names them. Data only."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    READ = "read", _("等核对栏目")
    CHECKING = "checking", _("正在试填")
    CHECKED = "checked", _("试填完成")
    FILING = "filing", _("正在填报")
    DONE = "done", _("已填报")
    STOPPED = "stopped", _("中途停下")
    CANCELLED = "cancelled", _("已取消")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.READ: frozenset({State.CHECKING, State.CANCELLED}),
    State.CHECKING: frozenset({State.CHECKING, State.CHECKED, State.STOPPED, State.CANCELLED}),
    State.CHECKED: frozenset({State.CHECKING, State.FILING, State.CANCELLED}),
    State.FILING: frozenset({State.DONE, State.STOPPED, State.CANCELLED}),
    # what could not be filed is mended and filed later
    State.DONE: frozenset({State.CHECKING, State.FILING}),
    State.STOPPED: frozenset({State.CHECKING, State.FILING, State.CANCELLED}),
    State.CANCELLED: frozenset(),
}
AT_WORK = frozenset({State.CHECKING, State.FILING})  # the worker's turn; the person only looks on
FILEABLE = frozenset({State.CHECKED, State.DONE, State.STOPPED})
CORRIGIBLE = frozenset({State.READ, State.CHECKED, State.DONE, State.STOPPED})


class LineState(models.TextChoices):
    WAITING = "waiting", _("等试填")
    READY = "ready", _("可以填报")
    FAULTY = "faulty", _("要改")
    ASKED = "asked", _("等着填报")
    DRAFTED = "drafted", _("已存草稿")
    FILED = "filed", _("已填报")
    SKIPPED = "skipped", _("不用再填")
    REFUSED = "refused", _("没填成")


# lines whose cells may still be written, and which a new dry run looks at again
OPEN_LINES = frozenset({LineState.WAITING, LineState.READY, LineState.FAULTY, LineState.SKIPPED, LineState.REFUSED})  # fmt: skip
BAD_LINES = frozenset({LineState.FAULTY, LineState.REFUSED})


class Event(StrEnum):
    """The acts, as the audit names them."""

    STARTED = "sheet_import.started"
    COLUMNS_CHOSEN = "sheet_import.columns_chosen"
    LINE_CHANGED = "sheet_import.line_changed"
    LINE_SPLIT = "sheet_import.line_split"
    RESUMED = "sheet_import.resumed"
    FILING_ASKED = "sheet_import.filing_asked"
    FILED = "sheet_import.filed"
    STOPPED = "sheet_import.stopped"
    CANCELLED = "sheet_import.cancelled"
