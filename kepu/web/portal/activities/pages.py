"""The page of one activity as HTML, in parts, with the places open of what differs from one instant to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from kepu.activities.models import Activity, Publication
from kepu.web.portal.activities.drawing import drawn
from kepu.web.portal.map.showing import position_of
from kepu.web.portal.posters import saying, share
from kepu.web.portal.shell import slot

PARTS = ("meta", "breadcrumb", "head", "main")


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page with their places open, and the ends of the sessions that some of these places are about."""

    parts: Mapping[str, str]
    ends: Sequence[datetime | None]


def page_of(publication: Publication, behind: Activity, *, at: datetime) -> Page:
    """The page drawn, in the language at hand. One query while the rule book is warm."""
    context = drawn(publication, behind, at=at)
    places = context["places"]
    context["share"] = share.of_activity(publication, saying.of_activity(publication, places, at=at))
    context["position"] = position_of(publication, places[-1] if places else None)
    context["beside"] = {
        "of_host": slot("of_host"),
        "alike": slot("alike"),
        "near": places[-1] if places else None,
    }
    parts = {name: render_to_string(f"portal/activities/_{name}.html", context) for name in PARTS}
    ends = [session.ends_at for session in context["told"].sessions]
    return Page({"title": conditional_escape(publication.title), **parts}, ends)
