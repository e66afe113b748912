"""Activities in each state, made by the same acts as people use; and a small country to hold them in."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from kepu.activities import actions
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core import audit, tallies
from kepu.core.models import OutboxRow
from kepu.notices.models import Season
from kepu.orgs.actor import Actor, Held
from kepu.orgs.models import Place, Role, Unit
from tests.factories.accounts import a_person
from tests.factories.notices import SUMMARY_PARTS, a_season, china, dongguan
from tests.factories.orgs import a_chain, a_coordinator, a_unit, an_actor

FILED = china(2023, 8, 25)
REVIEWED = china(2023, 8, 26)
PUBLISHED = china(2023, 8, 28)
STARTS = china(2023, 9, 17)
ENDS = china(2023, 9, 17, 17)
AFTER = china(2023, 9, 18)


@dataclass
class World:
    """A nation, a province, a city and its town; who coordinates each; a school that files and its reviewers."""

    season: Season
    nation: Place
    province: Place
    city: Place
    town: Place
    nation_office: Unit
    province_office: Unit
    city_office: Unit
    town_office: Unit
    school: Unit
    filer: Actor
    reviewer: Actor
    coordinator: Actor
    town_coordinator: Actor


def a_world(*, rules=dongguan):
    """Dongguan with its notice; ``rules=None`` for a season in which no notice says anything."""
    nation, province, city, town = a_chain()
    offices = [
        a_unit(place, f"{place.name}科协", coordinates=[place]) for place in (nation, province, city, town)
    ]
    school = a_unit(town, "石龙中学", kind="school")
    season = a_season()
    if rules:
        rules(season, city, issuer_unit=offices[2])
    return World(
        season, nation, province, city, town, *offices, school,
        filer=an_actor(school), reviewer=an_actor(offices[2], Role.REVIEWER, places=[city]),
        coordinator=a_coordinator(offices[2]), town_coordinator=a_coordinator(offices[3]),
    )  # fmt: skip


def content(**changes):
    """What passes every gate of :func:`~tests.factories.notices.dongguan` when filed by 10 September."""
    return {
        "title": "走进中医药", "theme": "提升全民科学素质，助力科技自立自强", "mode": "offline", "starts_at": STARTS,
        "ends_at": ENDS, "venue": "石龙中学礼堂", "summary": "讲座和体验", "fields": ["health"],
        "participants_expected": 120, "safety_person": "张安", "host_place_person": "李场", "contact_name": "王联",
        "contact_phone": "13800000000", **changes,
    }  # fmt: skip


def with_roles(unit, *roles, places=(), lines=(), person=None):
    """One person with several posts in a unit."""
    person = person or a_person()
    reach = (tuple(p.path for p in places), tuple(line.path for line in lines))
    posts = tuple(Held(role, *(reach if role != Role.FILER else ((), ()))) for role in roles)
    return Actor(person_id=person.pk, person_name=person.name, unit=unit, posts=posts)


def a_draft(world, *, by=None, at=FILED, **changes):
    return actions.create_draft(
        uuid4(), season=world.season, content=content(**changes), by=by or world.filer, at=at
    )


def an_activity(world, state=State.DRAFT, *, waivers=None, **changes):
    """An activity brought to a state by the acts of the world's people, at instants that suit its rules."""
    activity = a_draft(world, **changes)
    for step in _WAY[state]:
        step(activity, world, waivers or {})
    return activity


@contextmanager
def taken_back():
    """What acts write inside is taken back: a bare savepoint, since an act runs in no other transaction than a test's."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def loaded(activity):
    """The row as a page would fetch it."""
    return Activity.objects.whole().get(pk=activity.pk)


def summary(**changes):
    return {**{code: f"{title}：做得好。" for code, title in SUMMARY_PARTS.items()}, **changes}


def _file(activity, world, waivers):
    actions.file_activity(activity, by=world.filer, at=FILED)


def _approve(activity, world, waivers):
    actions.approve_activity(activity, waivers=waivers, by=world.reviewer, at=REVIEWED)


def _return(activity, world, waivers):
    actions.return_activity(activity, words="请补充内容", by=world.reviewer, at=REVIEWED)


def _publish(activity, world, waivers):
    actions.publish_activity(activity, by=world.filer, at=PUBLISHED)


def _change(activity, world, waivers):
    actions.change_activity(
        activity, changes={"venue": "石龙镇文化馆"}, reason="礼堂维修", by=world.filer, at=PUBLISHED
    )


def _postpone(activity, world, waivers):
    later = {"starts_at": STARTS + timedelta(days=2), "ends_at": ENDS + timedelta(days=2)}
    actions.postpone_activity(activity, reason="台风", **later, by=world.filer, at=PUBLISHED)


def _cancel(activity, world, waivers):
    actions.cancel_activity(activity, reason="台风", by=world.filer, at=PUBLISHED)


def _hold(activity, world, waivers):
    actions.hold_activity(activity, participants_actual=130, by=world.filer, at=AFTER)


def _complete(activity, world, waivers):
    actions.complete_activity(activity, media_links=["https://news.example.cn/1"], by=world.filer, at=AFTER)


def _summarise(activity, world, waivers):
    actions.summarise_activity(activity, sections=summary(), by=world.filer, at=AFTER)


def _archive(activity, world, waivers):
    actions.archive_activity(activity, by=world.coordinator, at=china(2023, 12, 1))


def _withdraw(activity, world, waivers):
    actions.withdraw_activity(activity, reason="不办了", by=world.filer, at=FILED)


_PUBLIC = (_file, _approve, _publish)
_WAY = {
    State.DRAFT: (),
    State.FILED: (_file,),
    State.RETURNED: (_file, _return),
    State.APPROVED: (_file, _approve),
    State.PUBLISHED: _PUBLIC,
    State.CHANGED: (*_PUBLIC, _change),
    State.POSTPONED: (*_PUBLIC, _postpone),
    State.CANCELLED: (*_PUBLIC, _cancel),
    State.HELD: (*_PUBLIC, _hold),
    State.COMPLETED: (*_PUBLIC, _hold, _complete),
    State.SUMMARISED: (*_PUBLIC, _hold, _complete, _summarise),
    State.ARCHIVED: (*_PUBLIC, _hold, _complete, _summarise, _archive),
    State.WITHDRAWN: (_withdraw,),
}


def trace_of(activity):
    """What the audit says was done with it: (event, person, detail)."""
    return [(row.event, row.person_id, row.detail) for row in audit.of(activity)]


def events_of(activity):
    return [event.removeprefix("activity.") for event, *_rest in trace_of(activity)]


def told():
    """Who has been told what, in the order of the acts: (unit, kind, subject)."""
    rows = OutboxRow.objects.filter(kind="unit.message").order_by("id").values_list("payload", flat=True)
    return [(p["unit_id"], p["kind"].removeprefix("activity."), p["subject"]) for p in rows]


def tally(world, unit=None):
    """What is counted for a unit, by measure."""
    found = tallies.of_unit(world.season.pk, (unit or world.school).pk)
    return {measure: n for (measure, _facet), n in found.items() if n}
