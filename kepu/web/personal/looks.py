"""Who saw my phone number: each look, when, by which unit, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.activities.models import Activity
from kepu.core.models import AuditEntry
from kepu.core.paging import page as page_of
from kepu.orgs.models import Unit
from kepu.privacy.queries import LOOKS_ORDER, looks_at
from kepu.returns.models import Return
from kepu.web.personal.views import own
from kepu.web.request import Request
from kepu.web.shared.views import page, reads
from kepu.web.signin.own import own as for_oneself
from kepu.web.workspace.activities.showing import moment

PER_PAGE = 30
Titles = Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Look:
    """A line of the page: when, which unit, where it was shown."""

    when: str
    unit: str
    where: str


@for_oneself
@reads
def looks(request: Request) -> HttpResponse:
    """The newest looks first. Four queries however many there are."""
    person = own(request)
    found = page_of(looks_at(person), order=LOOKS_ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    context = {
        "page": found,
        "looks": _told(found.items),
        "proven": person.phone_verified_at is not None,
        "has_phone": bool(person.phone),
    }
    return page(request, "personal/looks.html", context)


def _told(entries: Iterable[AuditEntry]) -> list[Look]:
    seen = list(entries)
    places = {_place(entry) for entry in seen}
    titles: dict[tuple[str, int], str] = {}
    for thing, model in (("activity", Activity), ("return", Return)):
        wanted = [pk for name, pk in places if name == thing]
        if wanted:
            rows = model._default_manager.filter(pk__in=wanted).order_by("pk").values_list("pk", "title")
            titles |= {(thing, pk): title for pk, title in rows}
    asked = {entry.unit_id for entry in seen if entry.unit_id}
    units = dict(Unit.objects.filter(pk__in=asked).order_by("pk").values_list("pk", "name")) if asked else {}
    return [_look(entry, units, titles) for entry in seen]


def _look(entry: AuditEntry, units: Mapping[int, str], titles: Titles) -> Look:
    thing, pk = _place(entry)
    title = titles.get((thing, pk), "")
    where = {"activity": _("活动“%(title)s”的联系人"), "return": _("报送件“%(title)s”里的联系人")}.get(
        thing, _("您的个人信息")
    )
    words = where % {"title": title} if title else where
    if entry.detail.get("how") == "file":
        words = _("%(where)s（导出的文件）") % {"where": words}
    return Look(moment(entry.at), units.get(entry.unit_id or 0, _("系统")), words)


def _place(entry: AuditEntry) -> tuple[str, int]:
    return str(entry.detail.get("of", entry.thing)), int(entry.detail.get("of_id", entry.thing_id))
