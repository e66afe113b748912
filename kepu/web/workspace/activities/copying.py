"""Filling in from what there is already: own activities of any season, and what others have published."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions import copy_activity, copy_published
from kepu.activities.copying import Taken, of_published, what_is_taken
from kepu.activities.lines import Line
from kepu.activities.lists import page_of as page_of_list
from kepu.activities.models import Activity, Publication
from kepu.activities.queries import OWN_ORDER, published_detail, unit_activities
from kepu.activities.questions import Question
from kepu.core.paging import Page
from kepu.core.paging import page as page_of
from kepu.core.search import phrases
from kepu.notices.models import Season
from kepu.web.portal.wording import span_words
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import span
from kepu.web.workspace.seasons import in_season

PER_PAGE = 20
LONGEST_TEXT = 60
OTHERS = "others"


@workspace
@in_season
@reads
def copying(request: Request, season: Season) -> HttpResponse:
    """What can be copied, the newest first: the unit's own of all seasons, or what others published in one. Four queries."""
    rules.check_create(request.actor, season)
    others = request.GET.get("tab") == OTHERS
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_TEXT]
    seasons = list(Season.objects.order_by("-year", "-pk")) if others else []
    chosen = next((s for s in seasons if s.code == request.GET.get("season")), season)
    cursor = request.GET.get("cursor", "")
    found: Page[Any]
    if others:
        found = _published(chosen, request.at, text, cursor)
        rows = [_row_of_others(one) for one in _of_others(request, found)]
    else:
        found = _own(request, text, cursor)
        rows = [_row_of_own(a) for a in found.items]
    context = {
        "season": season, "others": others, "tabs": _tabs(others, text), "q": text, "page": found, "rows": rows,
        "seasons": seasons, "chosen": chosen,
    }  # fmt: skip
    return page(request, "workspace/activities/copying.html", context, pieces=("found",))


@workspace
@writes(back="workspace:activity")
@in_season
def copy(request: Request, season: Season, pk: int) -> HttpResponse:
    """A new draft in the season at hand with the content of an own activity, without its dates."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    rules.check_copy(request.actor, activity, season)
    taken = what_is_taken(activity, season, at=request.at)
    made = copy_activity(activity, _token(request), season=season, by=request.actor, at=request.at)
    return _done(request, str(activity), taken, made)


@workspace
@writes(back="workspace:activity-copying")
@in_season
def copy_of_others(request: Request, season: Season) -> HttpResponse:
    """A new draft from what another unit has published."""
    rules.check_copy_published(request.actor, season)
    number = request.POST.get("publication", "")
    publication = published_detail(int(number)) if number.isdecimal() and len(number) < 19 else None
    if publication is None:
        raise Http404
    taken = of_published(publication, season, unit=unit_of(request), at=request.at)
    made = copy_published(publication, _token(request), season=season, by=request.actor, at=request.at)
    return _done(request, publication.title, taken, made)


def _done(request: Request, title: str, taken: Taken, made: Activity) -> HttpResponse:
    said = _("已照“%(title)s”建了一份草稿，请填写时间。") % {"title": title}
    return done(request, said + left_words(taken), to="workspace:activity-edit", pk=made.pk)


def left_words(taken: Taken) -> str:
    """What was left behind, by the names of its questions; "" where nothing was."""
    lists: list[Any] = [(Activity._meta.get_field(left.name), left.words) for left in taken.left]
    return "".join(
        _("“%(list)s”里的%(words)s，现在的清单里没有，没有照抄，请重新选。")
        % {"list": field.verbose_name, "words": _("、").join(f"“{word}”" for word in words)}
        for field, words in lists
    )


def _token(request: Request) -> UUID:
    """The token of the form, so that sent twice it is one draft; a new one where it brings none."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


def _own(request: Request, text: str, cursor: str) -> Page[Activity]:
    own = unit_activities(request.actor)
    if text:
        own = own.filter(title__icontains=text)
    return page_of(own, order=OWN_ORDER, cursor=cursor, size=PER_PAGE)


def _published(season: Season, at: datetime, text: str, cursor: str) -> Page[Line]:
    if text and not phrases(text):
        return Page([])
    return page_of_list(Question(season, at, when="all", text=text), cursor=cursor, size=PER_PAGE)


def _of_others(request: Request, found: Page[Line]) -> list[Publication]:
    """What the unit itself has published stands in the other list. One query."""
    copies = [line.publication for line in found.items]
    own = set(
        Activity.objects.filter(
            pk__in=[one.pk for one in copies], unit_id=request.actor.unit_id or 0
        ).values_list("pk", flat=True)
    )
    return [one for one in copies if one.pk not in own]


def _row_of_own(activity: Activity) -> dict[str, Any]:
    return {
        "pk": activity.pk, "token": uuid4(), "title": str(activity), "url": reverse("workspace:activity", args=[activity.pk]),
        "when": span(activity), "beside": str(activity.season), "state": activity.state,
        "state_words": activity.get_state_display(), "act": reverse("workspace:activity-copy", args=[activity.pk]),
    }  # fmt: skip


def _row_of_others(publication: Any) -> dict[str, Any]:
    when = (
        _("时间待定")
        if publication.time_pending
        else span_words(publication.starts_at, publication.ends_at, year=True)
    )
    return {
        "pk": publication.pk, "token": uuid4(), "title": publication.title, "url": reverse("portal:activity", args=[publication.pk]),
        "when": when, "beside": f"{publication.host_name} · {publication.place_words}", "state": "", "state_words": "",
        "act": reverse("workspace:activity-copy-published"),
    }  # fmt: skip


def _tabs(others: bool, text: str) -> list[dict[str, Any]]:
    address = reverse("workspace:activity-copying")
    kept = {"q": text} if text else {}
    return [
        {"label": _("本单位办过的"), "url": _with(address, kept), "current": not others, "count": None},
        {"label": _("别的单位发布的"), "url": _with(address, {"tab": OTHERS, **kept}), "current": others, "count": None},
    ]  # fmt: skip


def _with(address: str, query: dict[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address
