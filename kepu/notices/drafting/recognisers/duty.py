"""Duties: who hands in what, to whom, by when, in which parts and through which channel; those without a date too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.duties.asked import Asked
from kepu.notices.drafting.duties.finding import duties_in
from kepu.notices.drafting.duties.following import RECORDS, goes_on, said_before, with_labels
from kepu.notices.drafting.duties.ways import all_needed
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bodies import Body, audience_of, spoken
from kepu.notices.drafting.values.forms import form_code

ORDER = 60
_ATTACHED = re.compile(r"附件\s?(?P<n>\d{1,2})?|《(?P<t>[^《》]{2,60})》")
_FORM = re.compile("表|清单|样式|模板|书$|回执")


def recognise(context: Context) -> Iterator[Proposal]:
    found: list[Asked] = []
    carried: tuple[str, list[Body]] = ("", [])
    for sentence in context.body():
        if "\t" in sentence.text or sentence.block.is_heading:
            continue
        if _is_of_heading(sentence):
            continue
        mine = duties_in(context, sentence, carried[1] if carried[0] == sentence.number else [])
        groups = context.groups(sentence)
        if groups:
            carried = (sentence.number, groups[0])
        if found and goes_on(context, found[-1], sentence, mine):
            continue
        for duty in mine:
            if not said_before(duty, found):
                found.append(duty)
    for duty in with_labels(found):
        yield _proposal(context, duty)


def _is_of_heading(sentence: Sentence) -> bool:
    """Whether it is the heading before its text: （二）及时报送信息。各单位…"""
    block = sentence.block
    return bool(block.title) and block.start <= sentence.start and sentence.end <= block.start + block.body


def _proposal(context: Context, duty: Asked) -> Proposal:
    if duty.what == "completion_record":
        duty.add_parts(
            [{"code": code, "label": label} for code, label, pattern in RECORDS if pattern.search(duty.words)]
        )
    params: dict[str, Any] = {
        "what": duty.what, "title": duty.title, "about": duty.about if duty.about != "unit" else "", "opens": duty.opens,
        "due": (duty.due.last or duty.due.first) if duty.due else None, "to": duty.to, "desk": duty.desk, "parts": duty.parts,
        "channels": duty.channels, "channels_needed": "all" if len(duty.channels) > 1 and all_needed(duty.words) else "",
        "form": _form(context, duty),
    }  # fmt: skip
    return context.propose(
        "duty", "duty", params, duty.sentences, duty.confidence, who=spoken(duty.bodies), audience=audience_of(duty.bodies),
        status=duty.status, waits_for=duty.waits_for, strictness=duty.strictness, flags=context.flags(duty.sentences[0], duty.due),
    )  # fmt: skip


def _form(context: Context, duty: Asked) -> str:
    """The code of the attachment that the words point at."""
    attachments = context.value("attachments", [])
    for m in _ATTACHED.finditer(duty.words):
        for a in attachments:
            named = (
                int(m["n"]) == a["number"]
                if m["n"]
                else m["t"] == a["title"]
                if m["t"]
                else len(attachments) == 1
            )
            if named and _FORM.search(a["title"]):
                return form_code(a["title"])
    return next((form_code(a["title"]) for a in attachments if a["title"] == duty.title), "")
