"""What a list is called in words, and where it is in each format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from kepu.notices.rulebook import rule_book
from kepu.web.portal.activities import drawing, facets
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.addresses import path_of
from kepu.web.portal.machines.question import Question


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing a list down. ``route`` is its address, ``mime`` its type."""

    code: str
    route: str
    mime: str
    label: Any
    meant_for: Any

    def address(self, asked: Asked, **own: object) -> str:
        """The path at which a question is answered in this format."""
        return address(self.route, asked, **own)


ICALENDAR = Format(
    "ics", "portal:activities-ics", "text/calendar", _("日历订阅"),
    _("放进手机或电脑自带的日历，时间改了、取消了会自己跟着变。"),
)  # fmt: skip
ATOM = Format(
    "atom", "portal:activities-atom", "application/atom+xml", _("Atom 订阅"),
    _("放进阅读器（RSS 阅读器），有了新的会提醒。"),
)  # fmt: skip
JSON_FEED = Format(
    "json", "portal:activities-json", "application/feed+json", _("JSON Feed"),
    _("给网页和程序用：嵌在网站里的小窗口读的就是它。"),
)  # fmt: skip
CSV = Format(
    "csv", "portal:activities-csv", "text/csv", _("表格（CSV）"),
    _("用 Excel 或 WPS 打开，一行一项活动，可以筛选、统计、打印。"),
)  # fmt: skip
FORMATS = (ICALENDAR, ATOM, JSON_FEED, CSV)


def address(route: str, asked: Asked, **own: object) -> str:
    """The path of a route with a question and the words of the answer's own; what is "" or None is left out."""
    query = asked.query()
    more = urlencode({name: value for name, value in own.items() if value not in ("", None)})
    both = "&".join(part for part in (query, more) if part)
    return reverse(route) + (f"?{both}" if both else "")


def language_asked() -> str:
    """``lang`` as addresses write it; "" for Chinese."""
    return "en" if (get_language() or "").startswith("en") else ""


def title_of(question: Question, *, at: datetime) -> str:
    """东莞市 · 健康 · 2023年全国科普日. No query while the rule book is warm."""
    return " · ".join([*conditions_of(question, at=at), str(question.season or settings.SITE_NAME)])


def conditions_of(question: Question, *, at: datetime) -> Sequence[str]:
    """Each condition in words; the whole nation where there is none."""
    words: facets.Words = {}
    if question.season is not None and question.asked.kinds:
        profile = drawing.profile_at(question.place)
        words = facets.words_of(rule_book(question.season).lists_of(profile, at))
    chips = facets.chips(question.asked, words, question.place, question.unit)
    return [chip.label for chip in chips] or [pgettext("place", "全国")]


def page_address(question: Question) -> str:
    """The list as people read it, whole."""
    return whole_address(address("portal:activities", question.asked.but()))


def activity_address(pk: int) -> str:
    return whole_address(path_of("portal:activity", pk))
