"""How units come in and change, as tables: applications and whose turn it is, the kinds of change. Data, and nothing else."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationKind(TextChoices):
    NEW = "new", _("新登记")
    CLAIM = "claim", _("认领")
    WITHIN = (
        "within",
        _("归入上级单位"),
    )  # a unit asks that another, which is there already, be one of its own


class ApplicationState(TextChoices):
    FILED = "filed", _("待审核")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已通过")
    MERGED = "merged", _("已并入")
    REFUSED = "refused", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


class Turn(StrEnum):
    """Whose turn it is."""

    APPLICANT = "applicant"
    COORDINATOR = "coordinator"
    NOBODY = "nobody"


TRANSITIONS: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.FILED: frozenset(ApplicationState) - {ApplicationState.FILED},
    ApplicationState.RETURNED: frozenset({ApplicationState.FILED, ApplicationState.WITHDRAWN}),
    ApplicationState.APPROVED: frozenset(),
    ApplicationState.MERGED: frozenset(),
    ApplicationState.REFUSED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
}

TURN: dict[ApplicationState, Turn] = {
    ApplicationState.FILED: Turn.COORDINATOR,
    ApplicationState.RETURNED: Turn.APPLICANT,
    ApplicationState.APPROVED: Turn.NOBODY,
    ApplicationState.MERGED: Turn.NOBODY,
    ApplicationState.REFUSED: Turn.NOBODY,
    ApplicationState.WITHDRAWN: Turn.NOBODY,
}

OPEN = frozenset(state for state, nexts in TRANSITIONS.items() if nexts)
TAKEN_IN = frozenset({ApplicationState.APPROVED, ApplicationState.MERGED})


class ChangeKind(TextChoices):
    REGISTERED = "registered", _("登记")
    RENAMED = "renamed", _("更名")
    CORRECTED = "corrected", _("更正")  # kind or credit code
    MOVED = "moved", _("改隶")
    MERGED = "merged", _("并入")
    SPLIT = "split", _("分设")
    CLOSED = "closed", _("注销")
    TAKEN_IN = "taken_in", _("归入上级单位")
    LET_GO = "let_go", _("不再归入上级单位")


# what may be laid down for a day to come
ON_A_DAY = frozenset({
    ChangeKind.RENAMED, ChangeKind.CORRECTED, ChangeKind.MOVED, ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.CLOSED,
})  # fmt: skip


class ChangeState(TextChoices):
    PLANNED = "planned", _("等生效")
    DONE = "done", _("已生效")
    CALLED_OFF = "called_off", _("已取消")
