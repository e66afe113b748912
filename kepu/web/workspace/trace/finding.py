"""Whose trace a page is about, and what of it the reader asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts.models import Person
from kepu.core import telling
from kepu.core.calendar import day_of
from kepu.core.fields import under
from kepu.notices.models import Delivery, Notice
from kepu.orgs.actor import TRACING
from kepu.orgs.models import Place, Post, Unit
from kepu.orgs.rules import traceable_by
from kepu.oversight.trace.reading import Filters
from kepu.oversight.trace.rules import may_read_rows
from kepu.web.request import Request
from kepu.web.shared.forms import Form

# what has a page on which its trace may be opened; who sees the first of them may read what was done with it
SIGHT_IS_ENOUGH = frozenset({"activity", "return", "noticedraft"})
THINGS = SIGHT_IS_ENOUGH | {"notice", "delivery"}
FIRST_DAY, LAST_DAY = (
    date(2000, 1, 1),
    date(2099, 12, 31),
)  # no trace is older, and no page leads past the end of days


class FilterForm(Form):
    """What of a trace to show. What makes no sense asks for nothing."""

    day = forms.DateField(
        label=lazy("哪一天"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )  # fmt: skip
    group = forms.ChoiceField(label=lazy("哪一类"), required=False)
    person = forms.TypedChoiceField(label=lazy("谁办的"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: list[tuple[int, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: list[tuple[Any, Any]] = [("", _("全部"))]
        self.fields["group"].choices = every + list(telling.groups().items())  # type: ignore[attr-defined]
        if people:
            self.fields["person"].choices = every + people  # type: ignore[attr-defined]
        else:
            del self.fields["person"]


def filters_of(form: FilterForm) -> Filters:
    form.is_valid()
    said = form.cleaned_data
    return Filters(said.get("day"), said.get("group") or "", said.get("person"))


def day_asked(request: Request) -> date:
    """The day that the address names, today where it names none that is one."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return day_of(request.at)
    return day if FIRST_DAY <= day <= LAST_DAY else day_of(request.at)


def neighbours(day: date, today: date) -> dict[str, date | None]:
    """The days before and after, none after today."""
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    return {"before": before if before >= FIRST_DAY else None, "after": after if after <= today else None}


def unit_in_reach(request: Request, pk: int) -> Unit:
    """A unit whose trace the actor reads. Raises Http404 elsewhere."""
    found: Unit = get_object_or_404(traceable_by(request.actor), pk=pk)
    return found


def place_in_reach(request: Request, code: str) -> Place:
    """A place whose trace the actor reads. Raises Http404 elsewhere."""
    for path in request.actor.places_as(*TRACING):
        if place := Place.objects.filter(under("path", path), code=code).first():
            return place
    raise Http404


def person_in_reach(request: Request, pk: int) -> str:
    """The name of a person whose trace the actor reads. Raises Http404 elsewhere."""
    person = Person.objects.filter(pk=pk).first()
    near = Post.objects.filter(person_id=pk, unit__in=traceable_by(request.actor))
    if person is None or not (request.actor.holds(*TRACING) and near.exists()):
        raise Http404
    return person.name


def thing_in_sight(request: Request, kind: str, pk: int) -> telling.Named:
    """A thing whose trace the actor may open. Raises Http404 elsewhere."""
    if kind not in THINGS:
        raise Http404
    named = telling.resolve({kind: {pk}}, request.actor)[kind, pk]
    if not named.kind or not (kind in SIGHT_IS_ENOUGH or _may_read(request, kind, pk)):
        raise Http404
    return named


def _may_read(request: Request, kind: str, pk: int) -> bool:
    """A notice is everybody's to read, and its sending is not: that is for its issuer and those above."""
    if kind == "notice":
        notice = Notice.objects.select_related("place").get(pk=pk)
        return may_read_rows(request.actor, notice.issuer_unit_id, notice.place.path)
    delivery = Delivery.objects.select_related("unit").get(pk=pk)
    return may_read_rows(request.actor, delivery.unit_id, delivery.unit.place_path)


def people_of(unit: Unit) -> list[tuple[int, str]]:
    """Who holds or held a post in a unit, for the filter. One query."""
    posts = Post.objects.filter(unit=unit).order_by("person__name", "person_id")
    return list(posts.values_list("person_id", "person__name").distinct()[:200])


def tabs(request: Request, current: str, *, place: Place | None = None) -> list[dict[str, Any]]:
    """The traces that this reader has: their own, their unit's, their areas'. One query for those with areas."""
    actor = request.actor
    found = [
        ("mine", _("我做过的"), reverse("workspace:trace")),
        ("looks", _("谁看过我的信息"), reverse("personal:looks")),
        (f"unit:{actor.unit_id}", _("本单位"), reverse("workspace:unit-trace", args=[actor.unit_id])),
    ]
    paths = actor.places_as(*TRACING)
    for one in Place.objects.filter(path__in=paths).order_by("path") if paths else ():
        found.append((f"area:{one.path}", one.name, reverse("workspace:area-trace", args=[one.code])))
    return [
        {"label": label, "url": url, "current": key == current, "count": None} for key, label, url in found
    ]


def area_tab(request: Request, place: Place) -> str:
    """The key of the tab under which a place stands: the area of the reader's in which it lies."""
    return next(
        (f"area:{path}" for path in request.actor.places_as(*TRACING) if place.path.startswith(path)), ""
    )
