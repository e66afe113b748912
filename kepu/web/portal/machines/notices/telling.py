"""A notice in plain text: whether it still holds, whose it is, where it speaks, and what was done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of, start_of_day
from kepu.notices.models import Notice
from kepu.notices.queries import LogLine
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.machines.texts import plain
from kepu.web.portal.wording import full_day, hour


def address_of(notice: Notice) -> str:
    """Its page, which is also its id in every feed."""
    return whole_address(reverse("portal:notice", args=[notice.season.code, notice.code]))


def title_of(notice: Notice) -> str:
    """Its title; of one that was withdrawn with that before it."""
    title = plain(notice.title) or notice.code
    return _("已撤回：%(title)s") % {"title": title} if notice.withdrawn_at else title


def lines_of(notice: Notice, acts: Iterable[LogLine]) -> list[str]:
    """What a reader of the feed sees of it, a sentence to a line; the newest act first."""
    number = f" · {notice.number}" if notice.number else ""
    where = " · ".join([notice.place.name, *([notice.line.name] if notice.line else [])])
    said = [
        *(_act(act) for act in acts),
        _("%(what)s，%(who)s%(number)s") % {
            "what": notice.get_status_display(), "who": notice.issuer, "number": number,
        },
        _("适用地区：%(where)s") % {"where": where},
        _("印发日期：%(day)s") % {"day": full_day(notice.issued_on)} if notice.issued_on else "",
        _("生效：%(when)s") % {"when": _moment(notice.in_force_at)} if notice.in_force_at else "",
    ]  # fmt: skip
    return [plain(line) for line in said if line]


def tags_of(notice: Notice) -> Sequence[str]:
    """The words by which a reader may sort entries: what it is, and where it speaks."""
    return [str(notice.get_status_display()), notice.place.name]


def published_at(notice: Notice) -> datetime | None:
    """The day of issue, where the text has one."""
    return start_of_day(notice.issued_on) if notice.issued_on else None


def changed_at(notice: Notice) -> datetime:
    assert notice.changed_at is not None  # others are not in a feed
    return notice.changed_at


def _act(act: LogLine) -> str:
    reason = _("原因：%(reason)s") % {"reason": act.reason} if act.reason else ""
    return _("%(day)s：%(what)s") % {"day": full_day(day_of(act.at)), "what": f"{act.sentence}{reason}"}


def _moment(at: datetime) -> str:
    return f"{full_day(day_of(at))} {hour(at)}"
