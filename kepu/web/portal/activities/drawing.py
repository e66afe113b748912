"""What the page of one activity draws, from a copy of it: the published one, or the one that publishing would make."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from kepu.activities.models import Activity, Publication
from kepu.notices.inheritance import InForce
from kepu.notices.kinds.audience import Profile
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place
from kepu.web.portal.activities import finding, markup, pictures, showing
from kepu.web.portal.season import ANYBODY

LISTS = ("tracks", "fields", "topics", "entries", "formats")


def drawn(publication: Publication, behind: Activity, *, at: datetime) -> dict[str, Any]:
    """What ``portal/activities/detail.html`` shows; ``behind`` are the units that filed and reviewed it.

    One query while the rule book is warm.
    """
    told = showing.told(publication, at=at, names=list_names())
    places = finding.places_of(publication)
    rules = rule_book(publication.season).rules_of(profile_at(places[-1] if places else None), at)
    path = reverse("portal:activity", args=[publication.pk])
    gallery = pictures.gallery_of(publication)
    return {
        "activity": publication, "told": told, "gallery": gallery, "alert": showing.alert(publication, at),
        "standing": showing.standing(publication, at), "behind": behind, "sources": showing.sources(publication, behind),
        "places": places, "theme_rule": _same(rules.get("theme"), told.theme),
        "subtheme_rule": _same(rules.get("subtheme"), told.subtheme), "description": showing.description(publication, told),
        "address": markup.whole_address(path), "event": markup.as_script(markup.event(publication, told, path=path, pictures=gallery.large)),
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
