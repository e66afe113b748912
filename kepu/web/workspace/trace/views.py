"""The pages. Each fetches whose trace it is, in scope, reads one page of it and shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of
from kepu.orgs.actor import TRACING
from kepu.oversight.trace import reading
from kepu.oversight.trace.reading import TracePage
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.trace.finding import (
    FilterForm,
    area_tab,
    day_asked,
    filters_of,
    neighbours,
    people_of,
    person_in_reach,
    place_in_reach,
    tabs,
    thing_in_sight,
    unit_in_reach,
)
from kepu.web.workspace.trace.showing import PAGES, days


@workspace
@reads
def mine(request: Request) -> HttpResponse:
    """What I did, for whichever unit."""
    form = FilterForm(request.GET)
    found = reading.of_person(request.actor, _me(request), filters_of(form), cursor=_cursor(request))
    context = {
        "title": _("我做过的"),
        "lead": _("您用这个账号办过的每一件事，不论代表哪个单位。"),
        "form": form,
        "tabs": tabs(request, "mine"),
    }
    return _page(request, found, context)


@workspace
@reads
def unit(request: Request, pk: int) -> HttpResponse:
    """What a unit did, and what was done to what is its own."""
    it = unit_in_reach(request, pk)
    form = FilterForm(request.GET, people=people_of(it))
    found = reading.of_unit(request.actor, it, filters_of(form), cursor=_cursor(request))
    context = {
        "title": it.name, "lead": _("这个单位办的事，和别人对它的活动、报送、人员办的事。"), "form": form,
        "tabs": tabs(request, f"unit:{it.pk}"), "unit": it, "may_export": request.actor.holds(*TRACING),
    }  # fmt: skip
    return _page(request, found, context)


@workspace(roles=TRACING)
@reads
def person(request: Request, pk: int) -> HttpResponse:
    """What a person did for units whose trace the reader reads."""
    name = person_in_reach(request, pk)
    form = FilterForm(request.GET)
    found = reading.of_person(request.actor, pk, filters_of(form), cursor=_cursor(request))
    context = {
        "title": name,
        "lead": _("这个人代表您统筹或审计的单位办过的事。"),
        "form": form,
        "tabs": tabs(request, ""),
    }
    return _page(request, found, context)


@workspace
@reads
def thing(request: Request, kind: str, pk: int) -> HttpResponse:
    """What was done with a thing that the reader's pages show."""
    named = thing_in_sight(request, kind, pk)
    form = FilterForm(request.GET)
    found = reading.of_thing(request.actor, kind, pk, filters_of(form), cursor=_cursor(request))
    context = {
        "title": named.text.strip("“”《》"), "lead": _("对它办过的每一件事。"), "form": form, "up": PAGES[named.kind](named.key),
    }  # fmt: skip
    return _page(request, found, context)


@workspace(roles=TRACING)
@reads
def area(request: Request, code: str) -> HttpResponse:
    """What was done on a day with what lies in an area."""
    place = place_in_reach(request, code)
    day, today = day_asked(request), day_of(request.at)
    form = FilterForm({"day": day.isoformat(), "group": request.GET.get("group", "")})
    found = reading.of_area(request.actor, place, day, filters_of(form), cursor=_cursor(request))
    context = {
        "title": place.name, "lead": _("这个地区的单位、活动、报送和通知，一天里发生的每一件事。"), "form": form, "place": place,
        "tabs": tabs(request, area_tab(request, place)), "may_export": True, "day": day, **neighbours(day, today),
        "empty": _("%(day)s没有留痕。") % {"day": date_format(day)},
    }  # fmt: skip
    return _page(request, found, context)


@workspace(roles=TRACING)
@reads
def area_looks(request: Request, code: str) -> HttpResponse:
    """Who looked at personal data in an area, whenever."""
    place = place_in_reach(request, code)
    found = reading.looks_in_area(request.actor, place, cursor=_cursor(request))
    context = {
        "title": _("看过个人信息的"), "lead": _("%(place)s的单位里，谁在什么时候看过哪些遮住的个人信息。") % {"place": place.name},
        "tabs": tabs(request, area_tab(request, place)), "up_place": place, "empty": _("还没有人看过。"),
    }  # fmt: skip
    return _page(request, found, context)


def _me(request: Request) -> int:
    assert request.actor.person_id is not None  # somebody is signed in
    return request.actor.person_id


def _cursor(request: Request) -> str:
    return request.GET.get("cursor", "")


def _page(request: Request, found: TracePage, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    filtered = form is not None and any(
        form.cleaned_data.get(name) for name in form.fields if "place" not in context or name != "day"
    )
    return page(
        request, "workspace/trace/trace.html", {"empty": _("这里办了什么，都会记下来。"), **context, "days": days(found.lines), "page": found, "filtered": filtered}, status=200
    )  # fmt: skip
