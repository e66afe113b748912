"""The menu of the workspace, and the place in it of every route.

A route of the workspace that is no entry of its own says here under which entry it belongs, so that a page always
shows where the reader is. A test walks all routes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kepu.orgs.actor import Actor
from kepu.orgs.models import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: where it leads, who sees it (no role named: everybody), and what else lies under it."""

    route: str
    label: Any
    icon: str
    roles: tuple[Role, ...] = ()
    under: tuple[str, ...] = ()
    content: bool = True  # of what units write, which who only helps (an operator) does not read

    def visible_to(self, actor: Actor | None) -> bool:
        if self.content and actor is not None and actor.only_helps:
            return False
        return not self.roles or (actor is not None and actor.holds(*self.roles))


_ACTS = (
    "edit", "change", "submission", "withdrawal", "publication", "schedule", "schedule-removal", "session-cancellation", "session-move", "change-withdrawal", "postponement", "cancellation", "holding",
    "completion", "summary", "results", "key-mark", "incident", "pictures", "picture-small", "picture-original", "preview", "copying",
)  # fmt: skip

_SHEETS = (
    "imports",
    "import",
    "import-new",
    "import-template",
    "import-columns",
    "import-line",
    "import-faulty",
)

_DESK = (
    "header", "decisions", "discarding", "restoring", "clause-new", "clause", "clause-move", "source", "above", "file", "document", "issue",
)  # fmt: skip

_HELP = (
    "contact", "questions", "question", "question-new", "answers", "answer", "answer-new", "trainings", "training", "training-new",
    "training-change", "error-reports", "error-report",
)  # fmt: skip

MENU: tuple[Entry, ...] = (
    Entry("workspace:home", _("今日"), "sun", under=("workspace:unit",)),
    Entry(
        "workspace:activities", _("活动"), "calendar",
        under=("workspace:programme", "workspace:programme-export", "workspace:incidents", "workspace:incident",
            "workspace:activity", "workspace:activity-new", *(f"workspace:activity-{noun}" for noun in _ACTS), *(f"workspace:{noun}" for noun in _SHEETS),
            "workspace:doubles", "workspace:doubles-decided", "workspace:double",
        ),
    ),
    Entry(
        "workspace:reviews", _("审核"), "review", (Role.REVIEWER, Role.COORDINATOR),
        ("workspace:review", "workspace:review-batch-new", "workspace:review-batch", "workspace:review-words"),
    ),
    Entry("workspace:duties", _("报送"), "hand-up", under=("workspace:duty", "workspace:duty-delegation", "workspace:delegated")),
    Entry("workspace:returns", _("收到的报送"), "hand-down", (Role.REVIEWER, Role.COORDINATOR), ("workspace:return",)),
    Entry(
        "workspace:areas", _("地区"), "chart", (Role.COORDINATOR, Role.REVIEWER, Role.EVALUATOR, Role.AUDITOR),
        ("workspace:area", "workspace:area-activities", "workspace:area-stopping", "workspace:area-quotas", "workspace:area-duty", "workspace:area-release"),
    ),
    Entry(
        "workspace:received", _("收到的通知"), "notice",
        under=(
            "workspace:delivery", "workspace:delivery-forwarding", "workspace:delivery-receipt", "workspace:delivery-file",
            "workspace:sent", "workspace:notice-deliveries", "workspace:notice-sending",
        ),
    ),
    Entry(
        "workspace:desk", _("发通知"), "file", (Role.COORDINATOR,),
        ("workspace:draft-new", "workspace:draft", *(f"workspace:draft-{noun}" for noun in _DESK), "workspace:notice-change", "workspace:notice-withdrawal"),
    ),
    Entry("workspace:calendar", _("日历"), "clock", under=("workspace:calendar-feed",)),
    Entry(
        "workspace:rules", _("规定"), "list",
        under=(
            "workspace:notice-log", "workspace:season-compare", "workspace:season-compare-sheet", "workspace:season-new",
            "workspace:season-copying",
        ),
    ),
    Entry(
        "workspace:units", _("单位"), "unit",
        under=(
            "workspace:unit-detail", "workspace:unit-change", "workspace:unit-parts", "workspace:unit-part-asking",
            "workspace:applications", "workspace:application",
        ),
    ),
    Entry(
        "workspace:people", _("人员"), "person",
        under=(
            "workspace:unit-people", "workspace:post-new", "workspace:hand-over", "workspace:invitation-new",
            "workspace:post-dates", "workspace:post-ending", "workspace:post-deputy",
        ),
        content=False,
    ),
    Entry("workspace:messages", _("消息"), "mail", under=("workspace:hooks",)),
    Entry(
        "workspace:trace", _("留痕"), "lock",
        under=(
            "workspace:unit-trace", "workspace:person-trace", "workspace:thing-trace", "workspace:area-trace",
            "workspace:area-looks", "workspace:unit-trace-export", "workspace:area-trace-export",
        ),
    ),
    Entry("workspace:help", _("帮助"), "info", under=tuple(f"workspace:help-{noun}" for noun in _HELP)),
    Entry("workspace:operations", _("运维"), "settings", (Role.OPERATOR,), content=False),
)  # fmt: skip


PORTAL: tuple[Entry, ...] = (
    Entry(
        "portal:home",
        _("首页"),
        "sun",
        under=(
            "portal:place",
            "portal:join",
            "portal:join-new",
            "portal:join-claim",
            "portal:join-status",
            "portal:join-correction",
        ),
    ),
    Entry(
        "portal:activities",
        _("活动"),
        "calendar",
        under=(
            "portal:activity",
            "portal:activity-suggestions",
            "portal:map",
            "portal:calendar",
            "portal:compilation",
            "portal:compilation-file",
            "portal:venues",
            "portal:tracks",
            "portal:track",
            "portal:resources",
            "portal:activity-poster",
            "portal:place-poster",
            "portal:error-report-new",
            "portal:error-report",
        ),
    ),
    Entry(
        "portal:figures",
        _("数据"),
        "chart",
        under=(
            "portal:seasons",
            "portal:season",
        ),
    ),
    Entry("portal:cloud", _("云上"), "video", under=("portal:cloud-part", "portal:cloud-matrix")),
    Entry("portal:notices", _("通知"), "notice", under=("portal:notice", "portal:in-force", "portal:why")),
    Entry("portal:help", _("帮助"), "info"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as one request shows it."""

    label: Any
    icon: str
    url: str
    current: bool


def lines(request: HttpRequest, actor: Actor | None) -> Iterator[Line]:
    """The menu for this actor, with the present page's place marked."""
    return _lines(request, (entry for entry in MENU if entry.visible_to(actor)))


def portal_lines(request: HttpRequest) -> Iterator[Line]:
    """The menu of the portal, the same for everybody."""
    return _lines(request, PORTAL)


def _lines(request: HttpRequest, entries: Iterable[Entry]) -> Iterator[Line]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    for entry in entries:
        yield Line(entry.label, entry.icon, reverse(entry.route), here in (entry.route, *entry.under))
