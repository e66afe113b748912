"""The words that conditions are made of: the lists in force at a place, and the vocabularies of notices."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from ninja import Router

from kepu.activities.models import Access, TakingPart
from kepu.api import schemas
from kepu.api.reading import PROBLEMS, answered, only, season_of, text_of
from kepu.notices.inheritance import InForce
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place, Term
from kepu.orgs.models import Vocabulary as Kind
from kepu.web.portal.activities.drawing import profile_at
from kepu.web.portal.machines import filters
from kepu.web.portal.machines.problems import not_there, repeated
from kepu.web.request import Request

router = Router(tags=[gettext_noop("清单")])


@router.get(
    "/lists", response={200: schemas.Lists, **PROBLEMS}, url_name="lists", operation_id="lists",
    summary=gettext_noop("一个地区现在用的清单和活动板块"),
    description=gettext_noop("领域、主题、形式、服务人群等的代码和叫法，由通知规定，各地可以不同。"),
    openapi_extra={"parameters": [filters.parameter(name).as_openapi() for name in ("place", "season", "lang")]},
)  # fmt: skip
def lists(request: Request) -> HttpResponse:
    """Two queries while the rule book is warm."""
    only(request, ("place", "season", "lang"))
    season = season_of(request)
    place = _place(text_of(request, "place"))
    if season is None:
        return answered({"season": "", "place": place.code if place else "", "items": []})
    rules = rule_book(season).rules_of(profile_at(place), request.at)
    found = [*rules.of_kind("list"), *rules.of_kind("track")]
    return answered(
        {
            "season": season.code,
            "place": place.code if place else "",
            "items": [_told(rule) for rule in found],
        }
    )


@router.get(
    "/vocabularies", response={200: schemas.Vocabularies, **PROBLEMS}, url_name="vocabularies", operation_id="vocabularies",
    summary=gettext_noop("通知里用的词"), description=gettext_noop("单位的类别、称号、成员机制；活动怎么参加、有什么无障碍安排。"),
    openapi_extra={"parameters": [filters.parameter("lang").as_openapi()]},
)  # fmt: skip
def vocabularies(request: HttpRequest) -> HttpResponse:
    """One query."""
    only(request, ("lang",))
    terms: dict[str, list[dict[str, Any]]] = {kind: [] for kind in Kind.values}
    for term in Term.objects.order_by("vocabulary", "position", "pk"):
        said = {"code": term.code, "name": term.name, "name_en": term.name_en}
        terms.setdefault(term.vocabulary, []).append(said)
    items = [{"code": kind.value, "name": str(kind.label), "terms": terms[kind.value]} for kind in Kind]
    of_activities = (("taking_part", _("参加方式"), TakingPart), ("access", _("无障碍"), Access))
    return answered({"items": [*items, *(_fixed(*one) for one in of_activities)]})


def _fixed(code: str, name: str, choices: type[TextChoices]) -> dict[str, Any]:
    """Words that no notice changes."""
    terms = []
    for value, label in choices.choices:
        with override("zh-hans"):
            said = str(label)
        with override("en"):
            terms.append({"code": value, "name": said, "name_en": str(label)})
    return {"code": code, "name": name, "terms": terms}


def _place(code: str) -> Place | None:
    found = Place.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise not_there(_("没有代码是“%(code)s”的地区。") % {"code": repeated(code)})
    return found


def _told(rule: InForce) -> dict[str, Any]:
    params: Any = rule.params
    items = params.nodes if rule.kind == "track" else params.items
    return {
        "key": rule.key, "code": params.code, "kind": rule.kind, "title": params.title, "cite": rule.cite,
        "open_ended": params.open_ended,
        "items": [
            {"code": one.code, "label": one.label, "label_en": one.label_en, "parent": one.parent} for one in items
        ],
    }  # fmt: skip
