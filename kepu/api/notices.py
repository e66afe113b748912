"""Seasons and notices: what has been issued, and what each clause says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from kepu.api import schemas
from kepu.api.reading import PROBLEMS, answered, china, next_address, only, season_of, understood
from kepu.core.paging import page
from kepu.notices.inheritance import ClauseView
from kepu.notices.kinds import kinds
from kepu.notices.models import Notice
from kepu.notices.queries import clauses_of, notices_of
from kepu.notices.queries.seasons import seasons_listed
from kepu.notices.rulebook import rule_book
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.machines import filters
from kepu.web.portal.machines.problems import not_there, repeated
from kepu.web.portal.machines.question import size_of
from kepu.web.shared.sources import url_of

USUAL, MOST = 50, 200
WITHOUT_PARAMETERS = ("contact",)  # whom to reach is said in a sentence, as on the page

router = Router(tags=[gettext_noop("届次和通知")])


@router.get(
    "/seasons", response={200: schemas.Seasons, **PROBLEMS}, url_name="seasons", operation_id="seasons",
    summary=gettext_noop("各届，最近的在前"), description=gettext_noop("每一届的代码、名称和日子。"),
    openapi_extra={"parameters": [filters.parameter("lang").as_openapi()]},
)  # fmt: skip
def seasons(request: HttpRequest) -> HttpResponse:
    """One query."""
    only(request, ("lang",))
    names = ("code", "name", "name_en", "year", "first_day", "last_day", "is_open")
    return answered({"items": [{name: getattr(one, name) for name in names} for one in seasons_listed()]})


@router.get(
    "/notices", response={200: schemas.Notices, **PROBLEMS}, url_name="notices", operation_id="notices",
    summary=gettext_noop("一届的通知"), description=gettext_noop("从全国到地方。"),
    openapi_extra={
        "parameters": [
            filters.parameter("season").as_openapi(), filters.parameter("cursor").as_openapi(), filters.size(USUAL, MOST),
            filters.parameter("lang").as_openapi(),
        ]
    },
)  # fmt: skip
def notices(request: HttpRequest) -> HttpResponse:
    """Two queries."""
    only(request, ("season", "cursor", "size", "lang"))
    size = size_of(request, usual=USUAL, most=MOST)
    season = season_of(request)
    if season is None:
        return answered({"season": "", "items": [], "next": None})
    order = ("place_id", "id")
    found = understood(
        request, page(notices_of(season), order=order, cursor=request.GET.get("cursor", ""), size=size)
    )
    return answered({
        "season": season.code, "items": [_told(one, season.code) for one in found.items],
        "next": next_address(request, found.next),
    })  # fmt: skip


@router.get(
    "/notices/{season}/{code}", response={200: schemas.NoticeDetail, **PROBLEMS}, url_name="notice", operation_id="notice",
    summary=gettext_noop("一份通知和它的条款"), description=gettext_noop("每一条一句话，连同对谁、多严、定没定，和参数。"),
)  # fmt: skip
def notice(request: HttpRequest, season: str, code: str) -> HttpResponse:
    """Two queries while the rule book is warm."""
    rows = Notice.objects.select_related("season", "place", "line")
    found = (
        rows.filter(season__code=season[:60], code=code[:60]).first() if "\0" not in season + code else None
    )
    if found is None or (found.season.code, found.code) != (season, code):
        raise not_there(
            _("届次“%(season)s”里没有代码是“%(code)s”的通知。")
            % {"season": repeated(season), "code": repeated(code)}
        )
    names = dict(rule_book(found.season).names)
    return answered({
        **_told(found, season), "clauses": [_clause(one, names) for one in clauses_of(found)],
        "file": whole_address(reverse("portal:notice-file", args=[season, code])),
    })  # fmt: skip


def _told(one: Notice, season: str) -> dict[str, Any]:
    instants = {name: getattr(one, name) for name in ("in_force_at", "withdrawn_at")}
    plain = {
        name: getattr(one, name) for name in ("code", "title", "number", "issuer", "status", "issued_on")
    }
    return {
        "season": season, "url": whole_address(reverse("portal:notice", args=[season, one.code])),
        "place": one.place.code, "line": one.line.code if one.line else None, "parents": list(one.parents),
        "replaces": list(one.replaces), **plain, **{name: at and china(at) for name, at in instants.items()},
    }  # fmt: skip


def _clause(one: ClauseView, names: dict[str, Any]) -> dict[str, Any]:
    kept = one.kind not in WITHOUT_PARAMETERS
    return {
        "id": one.code, "url": whole_address(url_of(one)), "number": one.number, "kind": one.kind,
        "kind_name": str(kinds()[one.kind].LABEL), "key": one.key, "sentence": one.params.sentence(), "summary": one.told(),
        "audience": "" if one.audience.is_everybody() else one.audience.words(names), "strictness": str(one.strictness),
        "status": str(one.standing), "mode": str(one.mode),
        "params": one.params.model_dump(mode="json", exclude_defaults=True) if kept else None,
    }  # fmt: skip
