"""The remaining kinds.

============ ================================================================================================
theme        the same role and the same words (both none while pending); a right with the same holders
routing      the same object through the same steps in the same time
commendation the same step; objects in common where both name them
contact      desks alike; what is given of it decides between several
programme    titles alike, or of one type and one day; the same day where both say it
coverage     the same share of the same thing
text         titles alike
============ ================================================================================================
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.audiences import in_common
from kepu.notices.drafting.scoring.items import Group, whole
from kepu.notices.drafting.scoring.times import deadline
from kepu.notices.drafting.scoring.words import ENOUGH, alike, plain, same_body


def _same_theme(one: Any, other: Any) -> float:
    a, b = one.theme, other.theme
    said = [(t.role, plain(t.text or ""), frozenset(t.set_by)) for t in (a, b)]
    return float(said[0] == said[1])


def _same_routing(one: Any, other: Any) -> float:
    ways = [
        (c.routing.object, [([_step(s) for s in r.steps], r.days, r.working_days) for r in c.routing.routes])
        for c in (one, other)
    ]
    return float(ways[0] == ways[1])


def _step(step: str) -> str:
    """A step without the code of a single unit, which a draft cannot know."""
    return "unit" if step.startswith("unit:") else step


def _same_commendation(one: Any, other: Any) -> float:
    a, b = one.commendation, other.commendation
    objects, theirs = set(a.objects), set(b.objects)
    if a.step != b.step or (objects and theirs and not objects & theirs):
        return 0.0
    shared = len(objects & theirs) / len(objects | theirs) if objects | theirs else 1.0
    return 0.5 + 0.5 * shared + 0.2 * alike(a.by or "", b.by or "")


def _desk(contact: Any) -> str:
    return re.sub("联系人|联系方式|联系电话|咨询|电话", "", contact.title) or contact.title


def _same_contact(one: Any, other: Any) -> float:
    a, b = one.contact, other.contact
    words = max(same_body(a.title, b.title), alike(_desk(a), _desk(b)))
    return words + 0.3 * (set(a.gives) == set(b.gives)) if words >= ENOUGH else 0.0


def _same_programme(one: Any, other: Any) -> float:
    a, b = one.programme, other.programme
    words, days = alike(a.title, b.title), (deadline(a.when), deadline(b.when))
    if None not in days and days[0] != days[1]:
        return 0.0
    of_one_day = a.type == b.type and days[0] is not None and days[0] == days[1]
    return words + 0.3 * of_one_day if words >= ENOUGH or of_one_day else 0.0


def _same_coverage(one: Any, other: Any) -> float:
    a, b = one.coverage, other.coverage
    words = alike(a.title or a.of, b.title or b.of)
    if (a.percent, a.min) != (b.percent, b.min) or (a.of != b.of and words < ENOUGH):
        return 0.0
    return 0.5 + 0.5 * words + 0.2 * in_common(one.audience, other.audience)


def _same_text(one: Any, other: Any) -> float:
    words = alike(one.text.title or one.summary, other.text.title or other.summary)
    return words if words >= ENOUGH else 0.0


THEME = (Group("theme", _("主题"), whole("theme"), _same_theme, whole=True),)
GROUPS = (
    Group("routing", _("审核路线"), whole("routing"), _same_routing, whole=True),
    Group("commendation", _("评优表扬"), whole("commendation"), _same_commendation, whole=True),
    Group("contact", _("联系方式"), whole("contact"), _same_contact, whole=True),
    Group("programme", _("主要安排"), whole("programme"), _same_programme, whole=True),
    Group("coverage", _("覆盖目标"), whole("coverage"), _same_coverage, whole=True),
    Group("text", _("文字"), whole("text"), _same_text, whole=True),
)
