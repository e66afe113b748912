"""The public's view of activities: the list, one of them, and one for a reader's own calendar."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities.models import Activity
from kepu.notices.inheritance import InForce
from kepu.notices.kinds.audience import Profile
from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place
from kepu.web.portal.activities import facets, finding, icalendar, markup, pictures, showing
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.caching import public, stamped, unchanged
from kepu.web.portal.season import ANYBODY
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.views import page, reads

LISTS = ("tracks", "fields", "topics", "entries", "formats")


@public
@reads
def activities(request: Request) -> HttpResponse:
    """What is asked for, a page of it. Three queries; one more for each of season, place (two) and unit asked for."""
    asked = Asked.of(request.GET)
    season = Season.objects.filter(code=asked.season).first() if asked.season else shown_season()
    place = Place.objects.filter(code=asked.place).exclude(path="/").first() if asked.place else None
    unit = finding.unit_named(asked.unit) if asked.unit else None
    meant = asked if season or not asked.season else asked.but(season="")
    meant = meant if place or not asked.place else meant.but(place="")
    meant = meant if unit or not asked.unit else meant.but(unit="")
    if request.GET.urlencode() != meant.query():  # one question has one address, so that it is cached once
        return HttpResponseRedirect(facets.address(meant))
    if season is None:
        return page(request, "portal/activities/none.html")
    found = finding.find(asked, season, place, at=request.at)
    days = asked.days(request.at)
    words = facets.field_words(rule_book(season).rules_of(_profile_at(place), request.at))
    chips = facets.chips(asked, words, place, unit)
    context = {
        "asked": asked, "season": season, "found": found, "chips": chips, "days": days,
        "groups": showing.groups(found.items, at=request.at, since=days[0] if days else None),
        "heading": _heading(asked, place, unit), "counted": _counted(found, asked),
        "tabs": facets.when_tabs(asked), "modes": facets.modes(asked), "fields": facets.fields(asked, words),
        "trail": facets.trail(asked, finding.trail_of(place) if place else []),
        "inside": facets.inside(asked, finding.children_of(place)),
        "kept_by_text": facets.kept(asked, "q"), "kept_by_day": facets.kept(asked, "day", "when"),
        "everything": facets.address(Asked(season=asked.season)), "filtering": len(chips),
    }  # fmt: skip
    return page(request, "portal/activities/list.html", context)


@public
@reads
def activity(request: Request, pk: int) -> HttpResponse:
    """One activity as it was last published. Three queries while the rule book is warm; one where the reader has it already."""
    publication = finding.publication_of(pk)
    if publication is None:
        return _nothing(request)
    since = showing.changed_at(publication, request.at)
    version = f"{publication.pk} {publication.version} {publication.digest} {publication.season.edition}"
    if answer := unchanged(request, version=version, since=since):
        return answer
    told = showing.told(publication, at=request.at, names=_list_names())
    behind = finding.people_behind(publication)
    places = finding.places_of(publication)
    rules = rule_book(publication.season).rules_of(_profile_at(places[-1] if places else None), request.at)
    path = reverse("portal:activity", args=[pk])
    gallery = pictures.gallery_of(publication)
    context = {
        "activity": publication, "told": told, "gallery": gallery, "alert": showing.alert(publication, request.at),
        "standing": showing.standing(publication, request.at), "behind": behind, "sources": showing.sources(publication, behind),
        "places": places, "theme_rule": _same(rules.get("theme"), told.theme), "subtheme_rule": _same(rules.get("subtheme"), told.subtheme), "description": showing.description(publication, told),
        "address": markup.whole_address(path),
        "event": markup.as_script(markup.event(publication, told, path=path, pictures=gallery.large)),
    }  # fmt: skip
    response = page(request, "portal/activities/detail.html", context)
    return stamped(response, request, version=version, since=since)


@public
@reads
def calendar(request: Request, pk: int) -> HttpResponse:
    """One activity as an iCalendar file; nothing while its time is to be told. One query."""
    publication = finding.publication_of(pk)
    if publication is None or publication.time_pending:
        return _nothing(request)
    told = showing.told(publication, at=request.at, names=_list_names())
    url = markup.whole_address(reverse("portal:activity", args=[pk]))
    text = icalendar.calendar_of(publication, told, url=url)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="activity-{pk}.ics"'
    return response


def _nothing(request: Request) -> HttpResponse:
    """The same for what never was and for what is not public: nobody learns which."""
    return errors.answer(
        request, 404, _("没有找到这项活动"),
        [_("可能地址写错了，也可能活动还没有发布。"), _("请核对地址，或者到活动列表里找。")],
    )  # fmt: skip


def _profile_at(place: Place | None) -> Profile:
    return Profile(place.path, ANYBODY.kind, place.level, place.kind) if place else ANYBODY


def _same(rule: InForce | None, said: str) -> InForce | None:
    """The rule where it still says what was published; a theme that was changed since is the copy's own."""
    return rule if rule is not None and said and str(rule.value) == said else None


def _list_names() -> dict[str, str]:
    fields: list[Any] = [Activity._meta.get_field(name) for name in LISTS]
    return {field.name: str(field.verbose_name) for field in fields}


def _heading(asked: Asked, place: Place | None, unit: object) -> str:
    if unit is not None:
        return _("%(who)s的活动") % {"who": unit}
    return _("%(where)s的活动") % {"where": place} if place is not None else _("找活动")


def _counted(found: finding.Found, asked: Asked) -> str:
    """How many, as far as it is known without counting: a full page says "at least"."""
    n = len(found.items)
    if not n or asked.cursor:
        return ""
    return _("%(n)s场以上") % {"n": n} if found.next else _("共%(n)s场") % {"n": n}
