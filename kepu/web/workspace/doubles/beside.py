"""What a page of an activity says of those it may be a double of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities import alike, queries
from kepu.activities.models import Activity, Double, DoubleState
from kepu.activities.workflow import State
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.web.workspace.activities.showing import span

MOST_HINTS = 3
SHOWN = (DoubleState.OPEN, DoubleState.LINKED, DoubleState.MERGED)


@dataclass(frozen=True, slots=True)
class Beside:
    """One pair as a page of one of the two speaks of it; without ``pk`` the reader does not see the pair."""

    pk: int
    words: str
    open: bool


def besides(actor: Actor, activity: Activity) -> list[Beside]:
    """The pairs of an activity that the actor sees; that it counts with another, also to whoever does not see which.

    One query.
    """
    found = alike.doubles_of([activity.pk], actor=actor, states=SHOWN).get(activity.pk, [])
    told = [_beside(double, activity) for double in found]
    if activity.same_as_id is not None and all(one.open for one in told):
        told.append(Beside(0, _("这项活动和另一项是同一项，只算一次，算在那一项里。"), False))
    return told


def open_beside(actor: Actor, activities: Sequence[Activity]) -> dict[int, Double]:
    """For each of a list the pair most alike that nobody has decided. One query."""
    found = alike.doubles_of([one.pk for one in activities], actor=actor)
    return {pk: doubles[0] for pk, doubles in found.items()}


@dataclass(frozen=True, slots=True)
class Hint:
    """What is like the activity that is being written, and the way to it."""

    words: str
    url: str


def alike_now(values: Mapping[str, Any], host: Unit, season: Season, activity: Activity | None) -> list[Hint]:
    """What to say while somebody writes; nothing before title and time are there. At most four queries."""
    if len(str(values.get("title") or "")) < 2 or not values.get("starts_at"):
        return []
    besides = [activity.pk] if activity is not None else []
    found = queries.like_this(values, host=host, season=season, besides=besides)[:MOST_HINTS]
    return [_hint(one) for one in found]


def _hint(one: queries.Alike) -> Hint:
    it = one.activity
    told = {"title": it, "host": it.unit.name, "when": span(it) or _("时间待定")}
    if one.own:
        state = State(it.state).label
        words = _("本单位已有一项很像的活动：“%(title)s”，%(when)s，%(state)s。") % {**told, "state": state}
        return Hint(words, reverse("workspace:activity", args=[it.pk]))
    words = _("公众已经看到一项很像的活动：“%(title)s”（%(host)s），%(when)s。") % told
    return Hint(words, reverse("portal:activity", args=[it.pk]))


def _beside(double: Double, activity: Activity) -> Beside:
    other = double.other(activity.pk)
    told = {"title": other, "host": other.unit.name}
    if double.state == DoubleState.OPEN:
        return Beside(double.pk, _("可能与“%(title)s”（%(host)s）重复，请先看看是不是同一项。") % told, True)
    if double.kept_id == activity.pk:
        return Beside(double.pk, _("“%(title)s”（%(host)s）是同一项，算在这一项里。") % told, False)
    return Beside(double.pk, _("和“%(title)s”（%(host)s）是同一项，算在那一项里。") % told, False)
