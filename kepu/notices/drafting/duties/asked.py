"""A duty on its way to a proposal, and what follows from its date, its words and from whom it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.duties.things import is_generic
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bodies import Body
from kepu.notices.drafting.values.dates import Dated

_PENDING = re.compile(r"另行|待定|另定|后续|随后|届时")
_EACH = re.compile(r"每[场项次个]|单场|活动(?:举办)?(?:方|单位)|举办结束后|活动小结|各举办单位|主办方")
_WHOLE = re.compile(
    r"活动[周月季]|宣传[周月]|生产月|阅读月|科技周|科普日|读书月|全部|集中|整个|期间|节|本次|系列活动|赛事|大赛|[\u4e00-\u9fff][周月日](?:活动)?(?:结束|后)"
)
_OF_ACTIVITIES = frozenset({"activity_summary", "completion_record", "activity_filing"})
_OF_ONE = {
    "organisation_summary": "activity_summary",
    "materials": "completion_record",
    "news": "completion_record",
}
_BROKEN = ("impossible_date", "year_unknown")


@dataclass(slots=True)
class Asked:
    """What is asked for. Sentences after the one it was found in may add to it."""

    sentences: list[Sentence]
    title: str
    what: str
    words: str  # those that speak of it
    due: Dated | None = None
    opens: dict[str, Any] | None = None
    bodies: list[Body] = field(default_factory=list)
    channels: list[dict[str, str]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    to: str = ""
    desk: str = ""
    about: str = "unit"
    status: str = "final"
    waits_for: str = ""
    strictness: str = ""
    is_labelled: bool = False  # 申报时间：…, which does not say what is handed in
    confidence: float = 0.9

    def add_parts(self, parts: list[dict[str, Any]]) -> None:
        """More parts; those of a code it has already stay out."""
        known = {p["code"] for p in self.parts}
        self.parts += [p for p in parts if p["code"] not in known]

    def add_channels(self, channels: list[dict[str, str]]) -> None:
        known = {c["code"] for c in self.channels}
        self.channels += [c for c in channels if c["code"] not in known]


def settle(context: Context, duty: Asked, *, strong: bool) -> None:
    """Sets what follows: for each what it is due, from when it can be handed in, how settled and how strict it is."""
    due, text = duty.due, duty.sentences[0].text
    _about(duty, text)
    if due is not None and (due.is_span or due.now):
        issued = context.years.issued
        duty.opens = due.first or ({"date": issued} if due.now and issued else None)
    elif due is None or due.counted is None:
        duty.opens = _opens(context, text, duty.about)
    if due is not None and due.is_reference and _PENDING.search(due.words):
        duty.status, duty.waits_for = "pending", due.words
    if due is not None and any(f.code in _BROKEN for f in due.faults):
        duty.status, duty.waits_for = "pending", "核对日期"
    if any("意" in str(b.audience.get("only_for", "")) for b in duty.bodies) or re.search(
        "鼓励|欢迎|有条件的", text[:30]
    ):
        duty.strictness = "strive"
    elif "原则上" in text:
        duty.strictness = "in_principle"
    duty.confidence = (
        (0.9 if due else 0.62) - (0 if strong else 0.05) - (0.2 if is_generic(duty.title) else 0)
    )


def _about(duty: Asked, text: str) -> None:
    counted = duty.due.counted if duty.due else None
    after_one = counted is not None and counted.moment.get("after") == "activity_end"
    each = _EACH.search(text) is not None or any(b.is_host for b in duty.bodies)
    if counted is not None and counted.is_before:
        duty.about = "activity"
    if duty.what in _OF_ACTIVITIES or (
        after_one and (each or not _WHOLE.search(counted.event if counted else ""))
    ):
        duty.about = "activity"
        duty.what = _OF_ONE.get(duty.what, duty.what)
    if re.search(r"每(?:件|幅|部|篇|个)(?:参赛)?作品|参赛作品(?:须|需|应)", text):
        duty.about = "entry"


def _opens(context: Context, text: str, about: str) -> dict[str, Any] | None:
    m = re.search(r"(?P<event>[^，。；：]{0,20}活动)(?:举办|全部)?结束后", text)
    if m is None:
        return None
    if about == "unit" and _WHOLE.search(m["event"]):
        window = any(p.kind == "window" and p.params.get("code") == "concentrated" for p in context.proposals)
        return {"days": 0, "after": "window.concentrated.end"} if window else None
    return {"days": 0, "after": "activity_end"} if about == "activity" else None
