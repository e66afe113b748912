"""Activities: the list with the conditions of the portal, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from kepu.activities.models import Publication
from kepu.api import schemas
from kepu.api.reading import PROBLEMS, answered, china, next_address
from kepu.web.portal.activities import finding, pictures
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.machines import filters
from kepu.web.portal.machines.gathering import gather
from kepu.web.portal.machines.naming import activity_address
from kepu.web.portal.machines.problems import not_there
from kepu.web.portal.machines.question import question_of, size_of
from kepu.web.request import Request

USUAL, MOST = 50, 200
PARAMETERS = [
    *(condition.as_openapi() for condition in filters.conditions()), filters.size(USUAL, MOST),
    filters.parameter("lang").as_openapi(),
]  # fmt: skip

_TEXTS = (
    "summary", "venue", "address", "online_link", "taking_part", "booking_link", "booking_note", "accessibility_note"
)  # fmt: skip

router = Router(tags=[gettext_noop("活动")])


@router.get(
    "/activities", response={200: schemas.Activities, **PROBLEMS}, url_name="activities", operation_id="activities",
    summary=gettext_noop("活动，按条件"), openapi_extra={"parameters": PARAMETERS},
    description=gettext_noop("与网站上的活动列表一样的条件和次序。一页一页取：有 next 就接着取它。"),
)  # fmt: skip
def activities(request: Request) -> HttpResponse:
    """Three queries; one more for each of place and unit asked for."""
    size = size_of(request, usual=USUAL, most=MOST)
    question = question_of(request)
    found = gather(question, at=request.at, size=size)
    return answered({
        "season": question.season.code if question.season else "",
        "items": [
            {
                **told(line.publication), "listed_starts_at": china(line.starts_at), "listed_ends_at": china(line.ends_at),
            }
            for line in found.lines
        ],
        "next": next_address(request, found.after.cursor) if found.after else None,
    })  # fmt: skip


@router.get(
    "/activities/{int:pk}", response={200: schemas.Activity, **PROBLEMS}, url_name="activity", operation_id="activity",
    summary=gettext_noop("一项活动"), description=gettext_noop("公布的全部内容。取消了的还在，没有公布的是 404。"),
)  # fmt: skip
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One query."""
    publication = finding.publication_of(pk)
    if publication is None:
        raise not_there(_("没有编号是 %(code)s 的活动，或者它还没有公布。") % {"code": str(pk)[:20]})
    return answered(told(publication))


def told(publication: Publication) -> dict[str, Any]:
    """What the public may know of an activity. No query; its content must be there."""
    content: Mapping[str, Any] = publication.content
    plain = {name: content.get(name) or "" for name in _TEXTS}
    return {
        "id": publication.pk, "url": activity_address(publication.pk), "title": publication.title, "host": publication.host_name,
        "status": publication.status, "status_words": publication.status_words, "mode": publication.mode,
        "starts_at": china(publication.starts_at), "ends_at": china(publication.ends_at), "time_pending": publication.time_pending,
        "sessions": [_session(one) for one in content.get("sessions") or ()],
        "place": {
            "name": content.get("place") or "", "province": publication.province, "city": publication.city,
            "county": publication.county, "town": publication.town,
        },
        "latitude": content.get("latitude"), "longitude": content.get("longitude"),
        "labels": {name: found for name, found in content.get("labels", {}).items() if found},
        "capacity": content.get("capacity"), "full": publication.is_full, "accessibility": content.get("accessibility") or [],
        "key_activity": publication.key_activity, "participants_expected": content.get("participants_expected"),
        "pictures": [_picture(one) for one in content.get("pictures", ())], "version": publication.version,
        "results": _results(content.get("results") or {}),
        "published_at": china(publication.published_at), "updated_at": china(publication.updated_at), **plain,
        **{name: content.get(name) or [] for name in ("co_hosts", "undertakers", "supporters")},
    }  # fmt: skip


def _session(one: Mapping[str, Any]) -> dict[str, Any]:
    said = {
        name: one.get(name) or ""
        for name in ("code", "title", "place", "venue", "address", "note", "status", "words")
    }
    return said | {name: _instant(one.get(name)) for name in ("starts_at", "ends_at")}


def _instant(text: str | None) -> datetime | None:
    found = parse_datetime(text) if text else None
    return china(found) if found else None


def _results(said: Mapping[str, Any]) -> dict[str, Any] | None:
    if not said:
        return None
    came = said.get("participants") or {}
    materials = [
        {"kind": one["kind"], "url": one["place"], "note": one["note"]} for one in said.get("materials") or ()
    ]
    return {
        "on_site": came.get("on_site"), "online": came.get("online"), "counted": came.get("note") or "",
        "as_of": _instant(came.get("as_of")), "words": said.get("results") or "",
        "media_links": said.get("media_links") or [], "materials": materials,
    }  # fmt: skip


def _picture(one: Mapping[str, Any]) -> dict[str, Any]:
    where = whole_address(pictures.public_address(one["digest"], max(pictures.WIDTHS)))
    return {"url": where} | {name: one[name] for name in ("width", "height", "alt", "credit")}
