"""Two seasons side by side, for coordinators: what a kind of unit must do otherwise, or notice against notice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.core.refusals import verdict
from kepu.notices import queries, rules
from kepu.notices.comparing import Change
from kepu.notices.models import Season
from kepu.orgs.models import Place, Role, Term, Vocabulary
from kepu.orgs.queries import terms
from kepu.web.limits import costly
from kepu.web.portal.notices.whom import chosen_profile
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.seasons_desk.showing import Part, as_csv, change_words, counts, shown

NOTICES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants compared. ``place`` is None for a code that no place has."""

    seasons: list[Season]
    before: Season | None
    after: Season | None
    code: str
    place: Place | None
    kinds: list[Term]
    kind: str

    @property
    def is_whole(self) -> bool:
        return None not in (self.before, self.after, self.place) and self.before != self.after

    @property
    def pair(self) -> tuple[Season, Season]:
        assert self.before is not None
        assert self.after is not None
        return self.before, self.after

    def names(self) -> tuple[str, str]:
        """The two seasons by name; by code too where they are named alike."""
        before, after = self.pair
        if str(before) != str(after):
            return str(before), str(after)
        return f"{before}（{before.code}）", f"{after}（{after.code}）"


def asked(request: Request) -> Asked:
    """The two seasons (the last two unless said), the place (the widest coordinated) and the kind. Four queries at most."""

    def said(name: str) -> str:
        return request.GET.get(name, "").replace("\0", "")[:60]

    seasons = list(queries.seasons_listed())
    by_code = {season.code: season for season in seasons}
    after = by_code.get(said("after")) or (seasons[0] if seasons else None)
    others = [season for season in seasons if season != after]
    before = by_code.get(said("before")) or (others[0] if others else None)
    if code := said("place").strip():
        place = Place.objects.filter(code=code).first()
    else:
        paths = request.actor.places_as(Role.COORDINATOR)
        place = Place.objects.filter(path=min(paths, default=rules.NATION, key=len)).first()
    kinds = list(terms(Vocabulary.UNIT_KIND))
    kind = said("kind") if said("kind") in {term.code for term in kinds} else ""
    return Asked(seasons, before, after, code or (place.code if place else ""), place, kinds, kind)


def parts_of(it: Asked, request: Request) -> list[Part]:
    """What is compared: one part for a kind of unit, else a part for each pair of notices of the place."""
    assert it.place is not None
    if it.kind:
        label = next(str(term) for term in it.kinds if term.code == it.kind)
        title = _("%(place)s，%(kind)s") % {"place": it.place.name, "kind": label}
        who = chosen_profile(it.place, it.kind)
        return [Part(title, queries.rules_compared(*it.pair, who, request.at))]
    pairs = queries.notices_compared(*it.pair, it.place)
    return [Part(pair.title, pair.comparison) for pair in pairs]


@workspace(roles=(Role.COORDINATOR,))
@reads
def compare(request: Request) -> HttpResponse:
    """What two seasons ask differently, grouped as rules are."""
    it = asked(request)
    may_copy = bool(verdict(rules.check_season, request.actor))
    context = {"asked": it, "may_copy": may_copy, "compared": it.is_whole}
    if it.is_whole:
        only = next((change for change in Change if change == request.GET.get("show")), None)
        parts = parts_of(it, request)
        words, numbers = change_words(it.names()), counts(parts)
        tabs = [
            {"label": label, "url": _with(request, show=value), "current": value == (only or ""), "count": n}
            for value, label, n in (
                ("", _("全部"), sum(numbers.values())),
                *((change, words[change], numbers[change]) for change in words),
            )
        ]
        context |= {
            "parts": shown(islice(parts, NOTICES_SHOWN), words, only), "more": max(len(parts) - NOTICES_SHOWN, 0),
            "tabs": tabs, "names": it.names(), "differ": sum(numbers.values()),
            "unchanged": sum(part.comparison.unchanged for part in parts if part.comparison),
            "begun": queries.to_be_copied(it.pair[1]).exists(),
            "sheet": _with(request, before=it.pair[0].code, after=it.pair[1].code, place=it.code, kind=it.kind, show=""),
        }  # fmt: skip
    return page(request, "workspace/seasons/compare.html", context)


@costly("sheet", person=30)
@workspace(roles=(Role.COORDINATOR,))
@reads
def sheet(request: Request) -> HttpResponse:
    """The same as a sheet: every difference, of every notice of the place."""
    it = asked(request)
    text, name = "", "seasons"
    if it.is_whole:
        names = it.names()
        text = as_csv(parts_of(it, request), names, change_words(names))
        name = f"{it.pair[0].code}-{it.pair[1].code}"
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _with(request: Request, **changes: str) -> str:
    """This page's query with some of it changed; "" removes."""
    parameters = request.GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value:
            parameters[name] = value
    return f"?{parameters.urlencode()}"
