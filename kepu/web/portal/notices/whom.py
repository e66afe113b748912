"""Whose rules a reader asks after: a place, a kind of unit, and where it matters a line, a level, titles and seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from kepu.core.fields import ancestors
from kepu.notices.kinds.audience import Profile
from kepu.orgs.models import Level, Line, Place, Term, Unit, Vocabulary
from kepu.web.request import Request

USUAL_KIND = "school"
MOST_TRAITS, MOST_NAMED, MOST_CHILDREN = 8, 12, 80


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody asked after. ``place`` is None where nothing was asked or no such place is known."""

    text: str  # the place as it was asked for
    place: Place | None
    alike: tuple[Place, ...]  # places that bear the name, where there are several
    kind: str
    kinds: tuple[Term, ...]
    profile: Profile | None
    more: tuple[str, ...] = ()  # what else was asked, in words

    @property
    def is_unknown(self) -> bool:
        return bool(self.text) and self.place is None and not self.alike

    def words(self) -> str:
        """东莞市 · 中小学"""
        kind = next((str(term) for term in self.kinds if term.code == self.kind), self.kind)
        return " · ".join([self.place.name if self.place else "", kind, *self.more])


def asked(request: Request, name: str) -> str:
    """A part of the query, without what no database keeps."""
    return request.GET.get(name, "").replace("\0", "").strip()[:120]


def whom_of(request: Request, names: Mapping[str, Any], *, usual: str = "") -> Whom:
    """Whom the address asks after; ``usual`` is the place where it names none. Two queries, one more for each of a name
    instead of a code, a line and a single unit.
    """
    text = asked(request, "place") or usual
    found = _places(text) if text else []
    place = found[0] if len(found) == 1 else None
    kinds = tuple(Term.objects.filter(vocabulary=Vocabulary.UNIT_KIND).order_by("position", "pk"))
    kind = asked(request, "kind")
    kind = kind if kind in {term.code for term in kinds} else USUAL_KIND
    whom = Whom(text, place, tuple(found) if len(found) > 1 else (), kind, kinds, None)
    return _with_particulars(whom, request, names) if place else whom


def chosen_profile(place: Place, kind: str) -> Profile:
    """Anybody of a kind at a place, without titles or seats."""
    return Profile(place.path, kind, place.level, place.kind)


def trail_of(place: Place) -> list[Place]:
    """The places above, the nation first, and the place itself. One query."""
    return list(Place.objects.filter(path__in=ancestors(place.path)).order_by("path"))


def children_of(place: Place) -> list[Place]:
    """The places one level down. One query."""
    return list(Place.objects.filter(parent=place).order_by("code")[:MOST_CHILDREN])


def _places(text: str) -> Sequence[Place]:
    """By code, else by name."""
    by_code = list(Place.objects.filter(code=text))
    return by_code or list(Place.objects.filter(name=text).order_by("path")[:MOST_NAMED])


def _with_particulars(whom: Whom, request: Request, names: Mapping[str, Any]) -> Whom:
    """What the address says beside place and kind; only words that notices use, so that nobody fills our memory."""
    assert whom.place is not None
    profile, more = chosen_profile(whom.place, whom.kind), []
    line = Line.objects.filter(code=asked(request, "line")).first() if asked(request, "line") else None
    if line is not None:
        profile = replace(profile, line=line.path)
        more.append(line.name)
    level = asked(request, "level")
    if level in Level.values and level != profile.level:
        profile = replace(profile, level=level)
        more.append(str(Level(level).label))
    traits = {
        trait: word for trait in request.GET.getlist("has")[:MOST_TRAITS] if (word := _trait(trait, names))
    }
    profile = replace(profile, traits=frozenset(traits))
    code = asked(request, "unit")
    if code and Unit.objects.filter(code=code).exists():
        profile = replace(profile, code=code)
        more.append(_("编号%(code)s的单位") % {"code": code})
    return replace(whom, profile=profile, more=(*more, *traits.values()))


def _trait(trait: str, names: Mapping[str, Any]) -> str:
    """The name of a title, a seat or a role; "" for a word that no notice can ask after."""
    code = trait.removeprefix("place:")
    found = (names.get(f"{prefix}:{code}") for prefix in ("designation", "body", "role"))
    return str(next((name for name in found if name is not None), ""))
