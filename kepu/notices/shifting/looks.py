"""What a person must look at after a notice was moved into another year, each in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel

from kepu.core import calendar
from kepu.notices.drafting.proposals import Flag
from kepu.notices.format.schema import Header
from kepu.notices.kinds import Mode, Status
from kepu.notices.kinds.moments import Moment
from kepu.notices.kinds.window import Window
from kepu.notices.shifting.ordinals import EDITION
from kepu.notices.shifting.shift import Shift
from kepu.notices.shifting.texts import years_left

_WEEKDAY = re.compile(
    r"(?:星期|礼拜|周)[一二三四五六日天末]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
)

LONGEST_LOOKED_THROUGH = timedelta(days=31)
_CODE = re.compile(r"[A-Za-z0-9_.:@#-]*")  # a code is no text, whatever numbers it has
_NOT_MOVED = {"number": None, "based_on": ()}  # of a header; what is said of them is said on its own


@dataclass(frozen=True, slots=True)
class Moved:
    """A day of a clause, before and after."""

    clause: str
    before: date
    after: date
    with_year: bool = False  # the first or last day of a calendar year


def day_words(day: date) -> str:
    """ "2024年9月15日（星期日）"."""
    said = {"day": Moment(date=day).words(), "weekday": WEEKDAYS[day.weekday()]}
    return _("%(day)s（%(weekday)s）") % said


def unmoved() -> Flag:
    """For a clause that could not be moved."""
    return Flag("unmoved", _("移动日期以后这一条前后矛盾，所以还是上一届的日期。请改成今年的。"))


def looks_at_clause(
    before: Any, after: Any, moves: Sequence[Moved], shift: Shift, stayed: Sequence[str], status: str
) -> tuple[Flag, ...]:
    """Everything about a moved clause that a person must look at; nothing: it is settled. ``status`` is the notice's."""
    said = list(_of_notice(status))
    said += _of_status(after)
    if after.kind == "theme" and after.status is not Status.PENDING:
        said.append(Flag("theme", _("主题一般每届不同。请换成今年的；还没有定的，注明待定。")))
    said += _of_days(moves)
    said += _inside(after.params)
    said += _of_words(before, after, shift, stayed)
    return tuple(said)


def looks_at_header(before: Header, after: Header, shift: Shift, stayed: Sequence[str]) -> tuple[Flag, ...]:
    """What of the head must be looked at."""
    said: list[Flag] = []
    if before.number:
        said.append(Flag("number", _("上一届的文号没有照抄，请填今年的。")))
    if before.issued or before.printed or before.in_force:
        said.append(Flag("issued", _("落款日期和生效日期没有照抄：发出之日起生效，要另定的请填写。")))
    for name, words in (("edition", _("第%(n)s届")), ("edition_local", _("当地第%(n)s届"))):
        if number := getattr(after, name):
            edition = words % {"n": number}
            said.append(Flag(name, _("届数按年份推算为“%(edition)s”，请核对。") % {"edition": edition}))
    if after.attachments:
        n = len(after.attachments)
        text = ngettext("%(n)s个附件照抄了名称，请换成今年的。", "%(n)s个附件照抄了名称，请换成今年的。", n)
        said.append(Flag("attachments", text % {"n": n}))
    if before.based_on:
        said.append(Flag("based_on", _("所依据的文件照抄了上一届的，今年有新文件的请更换。")))
    if not calendar.knows_holidays_of(shift.year):
        text = _("%(year)s年的放假和调休安排还没有公布，日期是否碰上节假日，请公布以后再核对。")
        said.append(Flag("holidays_unknown", text % {"year": shift.year}))
    old, new = (head.model_copy(update=_NOT_MOVED) for head in (before, after))
    said += [flag for flag in _of_words(old, new, shift, stayed) if flag.code != "edition_words"]
    return tuple(said)


def _of_notice(status: str) -> Iterator[Flag]:
    if status in ("supplement", "correction"):
        yield Flag("of_last_season", _("这是上一届的补充或更正。今年还要的，请并进正文；不要的，不采用。"))
    elif status == "results":
        yield Flag("of_last_season", _("这是上一届的结果。今年的结果出来以后再写。"))


def _of_status(clause: Any) -> Iterator[Flag]:
    if clause.status is Status.PENDING or clause.mode is Mode.PENDING:
        text = _("上一届发文时这一条待定（等%(what)s）。请写定，或注明仍然待定。")
        yield Flag("pending", text % {"what": clause.waits_for or _("后续通知")})
    elif clause.status is Status.TENTATIVE:
        yield Flag("tentative", _("上一届发文时这一条是暂定的。请核对今年是不是定了。"))


def _of_days(moves: Iterable[Moved]) -> Iterator[Flag]:
    for move in moves:
        if move.with_year:
            continue  # nobody chose it for its weekday
        said = {"before": day_words(move.before), "after": day_words(move.after)}
        if not calendar.is_public_holiday(move.after) and calendar.is_made_up_workday(move.after):
            yield Flag("made_up", _("%(after)s是调休的上班日（上一届是%(before)s），请核对。") % said)
        elif calendar.is_public_holiday(move.after):
            yield Flag("holiday", _("%(after)s是节假日（上一届是%(before)s），请核对。") % said)
        elif move.before.weekday() != move.after.weekday():
            yield Flag("weekday", _("%(before)s移到了%(after)s，不在同一个星期几，请核对。") % said)


def _inside(params: Any) -> Iterator[Flag]:
    """Holidays in the middle of a window of days; what happens at its ends is said on its own."""
    if not isinstance(params, Window) or not (params.start and params.end):
        return
    first, last = params.start.date, params.end.date
    if first is None or last is None or last - first > LONGEST_LOOKED_THROUGH:
        return
    days = [first + timedelta(days=n) for n in range(1, (last - first).days)]
    off = [Moment(date=day).words() for day in days if calendar.is_public_holiday(day)]
    if off:
        yield Flag(
            "holiday_inside", _("这段时间里有节假日：%(days)s。请核对。") % {"days": _("、").join(off)}
        )


def _of_words(before: BaseModel, after: BaseModel, shift: Shift, stayed: Sequence[str]) -> Iterator[Flag]:
    texts = list(zip(_texts(before), _texts(after), strict=True))
    if stayed:
        words = _("、").join(dict.fromkeys(f"“{text}”" for text in stayed))
        yield Flag("date_words", _("文字里的%(words)s没有移动，请核对。") % {"words": words})
    years = dict.fromkeys(year for old, new in texts for year in years_left(old, new, shift))
    if years:
        words = _("、").join(f"“{year}”" for year in years)
        yield Flag("year_words", _("文字里有%(words)s，没有移动，请核对。") % {"words": words})
    for code, pattern, sentence in (
        ("weekday_words", _WEEKDAY, _("文字里有%(words)s，请核对是不是今年的那一天。")),
        ("edition_words", EDITION, _("文字里有%(words)s，没有移动，请核对。")),
    ):
        found = dict.fromkeys(f"“{hit[0]}”" for _old, new in texts for hit in pattern.finditer(new))
        if found:
            yield Flag(code, sentence % {"words": _("、").join(found)})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, str) and not _CODE.fullmatch(value):
        yield value
