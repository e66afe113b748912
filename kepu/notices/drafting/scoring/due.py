"""Windows and duties: what has a day.

=========== =================================================================================================
window      the same first and last day, each where given (or the same count of days, or both await word);
            one without any day by its title. Purpose, audience and title decide between several
duty        the same deadline (instant, count of days, or that word is awaited), and the like is handed in (总结,
            计划, 图片 …), or the same day is set in the same place of the text, or one of the two does not say
            what sort of thing it is. Days that count from an activity are to be of one activity on both sides.
            Title, receiver, audience and what it is about decide between several. One that is due so many days
            before an activity is a lead time
=========== =================================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.audiences import in_common
from kepu.notices.drafting.scoring.gates import ahead
from kepu.notices.drafting.scoring.items import Group, Item, clauses, said
from kepu.notices.drafting.scoring.times import WAITS, deadline, first_day, last_day
from kepu.notices.drafting.scoring.words import ENOUGH, alike
from kepu.notices.format.schema import NoticeFile
from kepu.notices.kinds import Status

_THINGS = (
    ("summary", re.compile("总结|小结")), ("report", re.compile("报告")), ("plan", re.compile("计划|安排|活动表|方案|清单|名单|一览|汇总|目录|台账")),
    ("picture", re.compile("图片|照片|影像|摄影")), ("video", re.compile("视频|短片|录像")), ("work", re.compile("作品|征文")),
    ("nomination", re.compile("推荐|申报|申请|评选")), ("registration", re.compile("登记|报名|回执")),
    ("record", re.compile("完善|填报|补充.{0,4}信息")), ("contact", re.compile("联系人|联络员")),
)  # fmt: skip

_MARKS = re.compile("[（）、. ]")  # 三（二）1 and 三、（二）1. are one place


def _windows(notice: NoticeFile) -> Iterator[Item]:
    """Every stretch of time; one that the text says again under another name counts once."""
    seen: dict[Any, str] = {}
    for clause in clauses(notice, "window"):
        ends = first_day(clause.window.start), last_day(clause.window.end), clause.window.purpose
        if seen.setdefault(ends, clause.window.title) == clause.window.title or None in ends[:2]:
            yield Item(said(clause), clause, clause)


def _same_window(one: Any, other: Any) -> float:
    a, b = one.window, other.window
    ends, theirs = (first_day(a.start), last_day(a.end)), (first_day(b.start), last_day(b.end))
    words = alike(a.title, b.title)
    if ends != theirs or (ends == (None, None) and words < ENOUGH):
        return 0.0
    return 0.5 + 0.5 * (a.purpose == b.purpose) + 0.3 * words + 0.2 * in_common(one.audience, other.audience)


def _due(clause: Any) -> Any:
    when = deadline(clause.duty.due)
    return WAITS if when is None and clause.status is Status.PENDING else when


def _duties(notice: NoticeFile) -> Iterator[Item]:
    for clause in clauses(notice, "duty"):
        if ahead(clause.duty.due) is None:
            yield Item(said(clause), clause, clause)


def _same_duty(one: Any, other: Any) -> float:
    due, about = _due(one), one.duty.about == other.duty.about
    if due != _due(other) or not (about or _is_day(due)):
        return 0.0
    here = _is_day(due) and bool(one.number) and _MARKS.sub("", one.number) == _MARKS.sub("", other.number)
    like = _what(one.duty, other.duty, fixed=_is_day(due)) or (ENOUGH if here else 0.0)
    if not like:
        return 0.0
    receiver = 0.2 * (one.duty.to == other.duty.to)
    return like + receiver + 0.2 * in_common(one.audience, other.audience) + 0.2 * about


def _is_day(due: Any) -> bool:
    """Whether it is a day or an hour of the calendar, which seldom is that of two things."""
    return due is not None and due[0] == "at"


def _what(one: Any, other: Any, *, fixed: bool) -> float:
    """How alike it is what two duties ask for; 0 where one asks for quite another thing."""
    words = alike(one.title, other.title)
    if one.what == other.what:
        return max(words, 0.8)
    things, theirs = _things(one), _things(other)
    if things and theirs:
        return max(words, ENOUGH) if things & theirs else 0.0
    return words if words >= ENOUGH else ENOUGH * fixed


def _things(duty: Any) -> frozenset[str]:
    """What sorts of thing are handed in; plain material is no sort."""
    text = "、".join([duty.title, *(part.label for part in duty.parts)])
    found = frozenset(code for code, words in _THINGS if words.search(text))
    return found


GROUPS = (
    Group("window", _("时间段"), _windows, _same_window, whole=True),
    Group("duty", _("报送任务"), _duties, _same_duty, whole=True),
)
