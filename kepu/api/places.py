"""Places: what lies in a place, a place by its name, a place with what is above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from kepu.api import schemas
from kepu.api.reading import PROBLEMS, answered, next_address, only, text_of, understood
from kepu.core.fields import ancestors
from kepu.core.paging import page
from kepu.orgs.models import Place
from kepu.orgs.queries import place_names
from kepu.web.portal.machines import filters
from kepu.web.portal.machines.problems import not_there, repeated
from kepu.web.portal.machines.question import size_of
from kepu.web.shared.place_finding import places_named

USUAL, MOST = 100, 500

router = Router(tags=[gettext_noop("地区")])


def _said(name: str, meaning: str, example: str) -> dict[str, Any]:
    return {
        "in": "query", "name": name, "required": False, "description": meaning, "schema": {"type": "string"}, "example": example,
    }  # fmt: skip


@router.get(
    "/places", response={200: schemas.Places, **PROBLEMS}, url_name="places", operation_id="places",
    summary=gettext_noop("地区，一级一级，或按名称"),
    description=gettext_noop("不写条件是全国下面的省级地区。"),
    openapi_extra={
        "parameters": [
            _said("parent", gettext_noop("上一级的代码，给出它下面一级的地区。"), "441900"),
            _said("name", gettext_noop("名称或全称，给出叫这个名字的地区。"), "石龙镇"),
            filters.parameter("cursor").as_openapi(), filters.size(USUAL, MOST), filters.parameter("lang").as_openapi(),
        ]
    },
)  # fmt: skip
def places(request: HttpRequest) -> HttpResponse:
    """At most five queries."""
    only(request, ("parent", "name", "cursor", "size", "lang"))
    size = size_of(request, usual=USUAL, most=MOST)
    if name := "".join(text_of(request, "name").split()):
        return answered({"items": _told(places_named(name)), "next": None})
    code = text_of(request, "parent")
    inside = Place.objects.filter(parent=_place(code)) if code else Place.objects.filter(parent__path="/")
    found = understood(
        request, page(inside, order=("code",), cursor=request.GET.get("cursor", ""), size=size)
    )
    return answered({"items": _told(found.items), "next": next_address(request, found.next)})


@router.get(
    "/places/{code}", response={200: schemas.PlaceDetail, **PROBLEMS}, url_name="place", operation_id="place",
    summary=gettext_noop("一个地区"), description=gettext_noop("连同从全国到上一级的各级地区。"),
)  # fmt: skip
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Three queries."""
    found = _place(code)
    rows = Place.objects.filter(path__in=ancestors(found.path)).order_by("path")
    *above, own = _told(list(rows))
    return answered({**own, "above": above})


def _place(code: str) -> Place:
    found = Place.objects.filter(code=code[:20]).first() if "\0" not in code else None
    if found is None or found.code != code:
        raise not_there(_("没有代码是“%(code)s”的地区。") % {"code": repeated(code)})
    return found


def _told(places: Sequence[Place]) -> list[dict[str, Any]]:
    """Two queries: for the names above, and for the parents."""
    names = place_names([place.path for place in places])
    codes = _parents(places)
    return [
        {
            "code": place.code, "name": place.name, "full_name": names[place.path] or place.name, "kind": place.kind,
            "level": place.level, "parent": codes.get(place.parent_id or 0),
        }
        for place in places
    ]  # fmt: skip


def _parents(places: Sequence[Place]) -> dict[int, str]:
    wanted = {place.parent_id for place in places if place.parent_id}
    return dict(Place.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "code"))
