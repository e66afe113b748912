"""Scope at two hundred thousand units: a province's list beside a town's, and what asking for permission adds to a page."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.cli.bench.measuring import Measurement, look, median, visitor
from kepu.cli.bench.scene import set_scene
from kepu.cli.throwaway import throwaway
from kepu.core import clock
from kepu.core.calendar import start_of_day
from kepu.orgs import actions, rules
from kepu.orgs.actions.units import new_unit
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Coordination, Level, Place, Role, Unit
from kepu.orgs.queries import actor_for

PROVINCE = "440000"
UNITS, IN_PROVINCE, IN_TOWN, LOOKS = 200_000, 50_000, 40, 30
ADDRESS = "/workspace/units/"


def measure(*, scale: float = 1.0) -> list[Measurement]:
    with throwaway():
        scene = set_scene(units=300)
        clock.set_rehearsal_clock(start_of_day(scene.span.week_start))
        province = Place.objects.get(code=PROVINCE)
        town = Place.objects.filter(path__startswith=province.path, level=Level.TOWN).order_by("path")[0]
        fill_units(int(UNITS * scale), int(IN_PROVINCE * scale), province, town)
        large, small = _coordinator_of(province), _coordinator_of(town)
        of_province, of_town = _look(large), _look(small)
        counts = {place: Unit.objects.under(place.path).count() for place in (province, town)}
        share = _share_of_permission(large)
    return [
        Measurement(
            _("单位列表，%(place)s，%(n)s个单位") % {"place": place.name, "n": f"{counts[place]:,}"}, ms, "ms",
            _("查询%(queries)s次") % {"queries": queries},
        )
        for place, (ms, queries) in ((province, of_province), (town, of_town))
    ] + [
        Measurement(
            _("时间之比"), of_province[0] / of_town[0], _("倍"),
            _("全库%(n)s个单位；省一级的列表比镇一级的。") % {"n": f"{int(UNITS * scale):,}"},
        ),
        Measurement(_("问权限占一页的"), share * 100, "%", _("定范围、查规则，对整页的时间。")),
    ]  # fmt: skip


def fill_units(total: int, in_province: int, province: Place, town: Place) -> None:
    """Units in bulk: forty in the town, many in the province, the rest over the country."""
    near = [
        p for p in Place.objects.under(province.path).order_by("path") if not p.path.startswith(town.path)
    ]
    far = list(Place.objects.exclude(path__startswith=province.path).exclude(path="/").order_by("path"))
    spread = (
        (town, IN_TOWN - Unit.objects.under(town.path).count()),
        (near, in_province - Unit.objects.under(province.path).count() - IN_TOWN),
        (far, total - in_province),
    )
    number = 0
    for places, wanted in spread:
        rows = []
        for place in islice(cycle([places] if isinstance(places, Place) else places), max(0, wanted)):
            number += 1
            rows.append(
                new_unit(
                    code=f"bench-{number}",
                    name=f"测速单位{number}",
                    kind="school",
                    place=place,
                    line=None,
                    credit_code="",
                    made_up=True,
                )
            )
        Unit.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _coordinator_of(place: Place) -> Person:
    """Somebody who coordinates just this place."""
    at = clock.now()
    held = Coordination.objects.filter(place=place).select_related("unit").first()
    unit = held.unit if held else Unit.objects.filter(place=place).order_by("pk")[0]
    if held is None:
        actions.name_coordinator(unit, place, by=SYSTEM, at=at)
    post = actions.enrol(
        unit, Role.COORDINATOR, username=f"bench-{place.code}", name="测速", password=None, by=SYSTEM, at=at
    )
    return post.person


def _look(person: Person) -> tuple[float, int]:
    client = visitor()
    client.force_login(person)
    return look(client, ADDRESS, times=LOOKS)


def _share_of_permission(person: Person) -> float:
    """What deciding costs once it is known who acts, over what the page costs: the scope as a queryset, and each row's rule."""
    at = clock.now()
    unit_id = person.posts.order_by("pk").values_list("unit_id", flat=True)[0]
    actor = actor_for(person, unit_id, at=at)
    rows = list(rules.visible_to(actor).order_by("place_path", "id")[:40])

    def decide() -> None:
        rules.visible_to(actor)
        for unit in rows:
            rules.sees(actor, unit)
            rules.covers(actor, place=unit.place_path, line=unit.line_path)

    return _timed(decide) * 1000 / _look(person)[0]


def _timed(function: Callable[[], Any]) -> float:
    spent = []
    for _i in range(LOOKS):
        began = time.perf_counter()
        function()
        spent.append(time.perf_counter() - began)
    return median(spent)
