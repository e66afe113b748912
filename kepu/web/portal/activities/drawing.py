"""What the page of one activity draws, from a copy of it: the published one, or the one that publishing would make."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from kepu.activities.models import Activity, Publication
from kepu.notices.inheritance import InForce
from kepu.notices.kinds.audience import Profile
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place
from kepu.web.portal.activities import finding, markup, outcome, pictures, showing
from kepu.web.portal.activities.live import PLACES, Live, open_sessions, sessions_at
from kepu.web.portal.season import ANYBODY

LISTS = ("tracks", "fields", "topics", "entries", "formats")


def drawn(
    publication: Publication, behind: Activity, *, at: datetime, live: Live | None = None
) -> dict[str, Any]:
    """What the templates of the page show; ``behind`` are the units that filed and reviewed it.

    With ``live`` the page is as at that instant; without it the places of what differs are left open (:mod:`live`). One
    query while the rule book is warm.
    """
    told = showing.told(publication, names=list_names())
    places = finding.places_of(publication)
    rules = rule_book(publication.season).rules_of(profile_at(places[-1] if places else None), at)
    path = reverse("portal:activity", args=[publication.pk])
    gallery = pictures.gallery_of(publication)
    return {
        "activity": publication, "told": told, "gallery": gallery, "outcome": outcome.outcome_of(publication), "live": live or PLACES,
        "sessions": sessions_at(told.sessions, at) if live else open_sessions(told.sessions),
        "behind": behind, "sources": showing.sources(publication, behind),
        "places": places, "theme_rule": _same(rules.get("theme"), told.theme),
        "subtheme_rule": _same(rules.get("subtheme"), told.subtheme), "description": showing.description(publication, told),
        "event": markup.as_script(markup.event(publication, told, path=path, pictures=gallery.large)),
        "site_name": settings.SITE_NAME,
    }  # fmt: skip


def list_names() -> dict[str, str]:
    """The title of each list on the page."""
    fields: list[Any] = [Activity._meta.get_field(name) for name in LISTS]
    return {field.name: str(field.verbose_name) for field in fields}


def profile_at(place: Place | None) -> Profile:
    """For whom the rules are asked: anybody who is there."""
    return Profile(place.path, ANYBODY.kind, place.level, place.kind) if place else ANYBODY


def _same(rule: InForce | None, said: str) -> InForce | None:
    """The rule where it still says what was published; a theme that was changed since is the copy's own."""
    return rule if rule is not None and said and str(rule.value) == said else None
