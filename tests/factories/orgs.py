"""Places, lines, units, posts and actors for tests, with the copies that actions would keep."""

from datetime import UTC, datetime, timedelta
from itertools import count

from kepu.orgs.actor import Actor, Held
from kepu.orgs.divisions import LEVEL_OF_KIND
from kepu.orgs.models import Coordination, Deputy, Hook, Line, Place, PlaceKind, Post, Role, Term, Unit
from tests.conftest import NOON
from tests.factories.accounts import a_person

_numbers = count(1)


def a_place(code, name="", *, kind=PlaceKind.TOWN, parent=None, level=None):
    """A place under ``parent``; without one it is a root, and the nation where its code is CN."""
    path = "/" if code == "CN" else f"{parent.path if parent else '/'}{code}/"
    return Place.objects.create(
        code=code, name=name or code, kind=kind, level=level or LEVEL_OF_KIND[kind], parent=parent, path=path
    )


def a_chain():
    """中国, 广东省, 东莞市 and its town 石龙镇, which has no county above it."""
    nation = a_place("CN", "中国", kind=PlaceKind.NATION)
    guangdong = a_place("440000", "广东省", kind=PlaceKind.PROVINCE, parent=nation)
    dongguan = a_place("441900", "东莞市", kind=PlaceKind.CITY, parent=guangdong)
    shilong = a_place("441900103", "石龙镇", kind=PlaceKind.TOWN, parent=dongguan)
    return nation, guangdong, dongguan, shilong


def a_line(code, name="", *, parent=None):
    return Line.objects.create(
        code=code, name=name or code, parent=parent, path=f"{parent.path if parent else '/'}{code}/"
    )


def a_unit(place, name="", *, code="", kind="association", line=None, coordinates=(), **fields):
    """A unit in a place; ``coordinates`` are places and lines it coordinates."""
    number = next(_numbers)
    unit = Unit.objects.create(
        code=code or f"U{number}", name=name or f"第{number}单位", kind=kind,
        place=place, place_path=place.path, place_kind=place.kind, level=place.level,
        line=line, line_path=line.path if line else "", traits=["coordinator"] if coordinates else [], **fields,
    )  # fmt: skip
    for node in coordinates:
        Coordination.objects.create(unit=unit, **{"place" if isinstance(node, Place) else "line": node})
    return unit


def a_post(unit, role=Role.FILER, *, person=None, place=None, line=None, since=None, until=None):
    return Post.objects.create(
        person=person or a_person(), unit=unit, role=role, place=place, line=line, since=since, until=until
    )


def a_deputy(post, person=None, *, since=None, until=None):
    """Somebody who stands in for a post's holder, around the noon of tests where nothing else is said."""
    return Deputy.objects.create(
        post=post, person=person or a_person(), since=since or NOON - timedelta(days=1), until=until or NOON + timedelta(days=1)
    )  # fmt: skip


def an_actor(unit, role=Role.FILER, *, places=(), lines=(), person=None):
    """Somebody acting for a unit in a role that reaches these places and lines."""
    person = person or a_person()
    held = Held(role, tuple(place.path for place in places), tuple(line.path for line in lines))
    return Actor(person_id=person.pk, person_name=person.name, unit=unit, posts=(held,))


def a_coordinator(unit):
    """Somebody in the coordinator's post of a unit, with the reach of what the unit coordinates."""
    coordinated = unit.coordinations.select_related("place", "line").order_by("pk")
    places = [c.place for c in coordinated if c.place]
    return an_actor(unit, Role.COORDINATOR, places=places, lines=[c.line for c in coordinated if c.line])


def a_term(vocabulary, code, name="", **fields):
    return Term.objects.create(vocabulary=vocabulary, code=code, name=name or code, **fields)


def a_hook(unit, name="办公系统", *, address="https://oa.example.cn/kepu?token=t0p", **fields):
    """An address to which the unit's messages are pushed."""
    return Hook.objects.create(
        unit=unit,
        name=name,
        address=address,
        secret="A" * 43 + "=",
        added_at=datetime(2023, 8, 1, tzinfo=UTC),
        **fields,
    )
