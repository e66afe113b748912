"""What the operations share: instants in China's time, cursors, the season that is asked for, what may go wrong."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kepu.api import schemas
from kepu.core.calendar import CHINA
from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.machines.naming import language_asked
from kepu.web.portal.machines.problems import not_there, not_understood, repeated

PROBLEMS: dict[Any, Any] = dict.fromkeys((400, 404, 429), schemas.Problem)


def answered(said: Mapping[str, Any]) -> HttpResponse:
    """An answer as JSON, Chinese as it is. Its shape is that of the operation's schema; tests hold every answer to it,
    because checking each value of each answer again would cost more than reading it."""
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def china(instant: datetime) -> datetime:
    return instant.astimezone(CHINA)


def only(request: HttpRequest, names: Collection[str]) -> None:
    """Refuse a word in the address that the operation does not know. Raises :class:`Problem`."""
    if strange := [name for name in request.GET if name not in names]:
        known = _("、").join(names)
        raise not_understood(
            [
                _("没有“%(name)s”这个条件；这里能用的是：%(known)s。")
                % {"name": repeated(strange[0]), "known": known}
            ]
        )


def text_of(request: HttpRequest, name: str, *, longest: int = 60) -> str:
    """A word of the address. Raises :class:`Problem` where it is longer than any that there is."""
    value = request.GET.get(name, "").replace("\0", "").strip()
    if len(value) > longest:
        raise not_understood([_("“%(name)s”太长了，最多 %(most)d 个字。") % {"name": name, "most": longest}])
    return value


def season_of(request: HttpRequest) -> Season | None:
    """The season asked for, else the one a reader sees; None where there is none at all. One query."""
    code = text_of(request, "season")
    if not code:
        return shown_season()
    season = Season.objects.filter(code=code).first()
    if season is None:
        raise not_there(_("没有代码是“%(code)s”的届次。") % {"code": repeated(code)})
    return season


def next_address(request: HttpRequest, cursor: str) -> str | None:
    """The same question from a cursor on, in the same language; None for no cursor."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    if lang := language_asked():
        query["lang"] = lang
    return whole_address(f"{request.path}?{query.urlencode()}")


def understood(request: HttpRequest, page: Any) -> Any:
    """The page, unless its cursor led nowhere: then a program would read the first page for ever."""
    if request.GET.get("cursor") and page.items and not page.previous:
        raise not_understood([_("“cursor”看不懂，或者条件变了。请去掉它，从第一页取起。")])
    return page
