"""The public's view of activities: the list, one of them, and one for a reader's own calendar."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities.showing import name_of
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import NATION, Place
from kepu.web.portal.activities import (
    drawing,
    facets,
    finding,
    icalendar,
    live,
    markup,
    pages,
    panels,
    showing,
    storing,
)
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.beside.reading import beside
from kepu.web.portal.activities.understanding import understood
from kepu.web.portal.caching import public, shows, shows_place, stamped, unchanged, version_tag
from kepu.web.portal.shell import framed
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.views import page, reads


@public
@reads
def activities(request: Request) -> HttpResponse:
    """What is asked for, a page of it, how many there are and of which kinds. Seven queries at most, three where only place and
    time are asked, however much there is."""
    asked = Asked.of(request.GET)
    season, trail, inside = _around(asked)
    place = trail[-1] if len(trail) > 1 else None
    unit = finding.unit_named(asked.unit) if asked.unit else None
    meant = asked if season or not asked.season else asked.but(season="")
    meant = meant if place or not asked.place else meant.but(place="")
    meant = meant if unit or not asked.unit else meant.but(unit="")
    if season is not None:
        words = facets.words_of(rule_book(season).lists_of(drawing.profile_at(place), request.at))
        meant = understood(meant, words, at=request.at)
    if request.GET.urlencode() != meant.query():  # one question has one address, so that it is cached once
        return HttpResponseRedirect(facets.address(meant))
    if season is None:
        return page(request, "portal/activities/none.html")
    shows_place(request, place)
    question = finding.question_of(asked, season, place, at=request.at)
    cards = storing.with_card(season.edition)
    found, counts = finding.find_and_count(asked, question, inside, columns=cards)
    groups = showing.groups(
        storing.completed(found.items), at=request.at, since=question.first if question.days else None,
        by_day=not (asked.near or asked.sort),
    )  # fmt: skip
    asks = facets.all_of(asked, words, counts, trail if place else [], inside, place, unit)
    return framed(request, "portal/activities/list.html", panels.parts_of(asks, groups, found))


def _around(asked: Asked) -> tuple[Season | None, list[Place], list[finding.Inside]]:
    """The season that is asked for, the places down to the one asked for, and those inside it; of the nation without one.
    One query; two where a season is named."""
    code = asked.place or NATION
    if not asked.season:
        return finding.shown_around(code)
    return Season.objects.filter(code=asked.season).first(), *finding.around(code)


@public
@reads
def activity(request: Request, pk: int) -> HttpResponse:
    """One activity as it was last published, and what stands beside it. Two queries; three more where it was not drawn
    beforehand. One more where it is cancelled: it may have been merged into another.
    """
    kept = storing.kept_page(pk)
    if kept is None:
        return _nothing(request)
    publication, shown = kept.publication, kept.page
    if shown is None:
        whole = finding.publication_of(pk)
        if whole is None or whole.digest != publication.digest:  # somebody was faster
            return HttpResponseRedirect(request.get_full_path())
        shown = pages.page_of(whole, finding.people_behind(whole), at=request.at)
    ends = [end for end in shown.ends if end is not None]
    around = beside(publication, kept.beside, at=request.at)
    since = max(showing.changed_at(publication, request.at, ends), around.since)
    version = (
        f"{publication.pk} {publication.version} {publication.digest} {kept.edition} {kept.failing_since or ''} "
        f"{around.of_host}{around.alike}"
    )
    turns = [turn for turn in (showing.changes_at(publication, request.at, ends), around.until) if turn]
    shows(request, *map(name_of, (pk, *around.pks)), turns=min(turns, default=None))
    tag = version_tag(request, version, since)
    if answer := unchanged(request, tag=tag, since=since):
        return answer
    now = live.live_at(publication, request.at, failing=kept.failing_since)
    lists = {"of_host": around.of_host, "alike": around.alike}
    parts = live.filled(shown.parts, now, shown.ends, request.at, lists)
    response = framed(request, "portal/activities/detail.html", parts)
    return stamped(response, tag=tag, since=since)


@public
@reads
def calendar(request: Request, pk: int) -> HttpResponse:
    """One activity as an iCalendar file; nothing while its time is to be told. One query."""
    publication = finding.publication_of(pk)
    if publication is None or publication.time_pending:
        return _nothing(request)
    told = showing.told(publication, names=drawing.list_names())
    shows(request, name_of(pk))
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
