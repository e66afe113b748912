"""Every act by everybody: exactly these may, and everybody sees exactly this. The sentence is checked by each act's tests."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from kepu.activities import actions, rules
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry
from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Role
from tests.factories.activities import (
    AFTER,
    FILED,
    PUBLISHED,
    REVIEWED,
    STARTS,
    a_world,
    an_activity,
    content,
    loaded,
    summary,
    taken_back,
)
from tests.factories.orgs import a_coordinator, a_line, a_place, a_unit, an_actor

pytestmark = pytest.mark.django_db

# act: the state it starts from, how it is done
ACTS = {
    "create_draft": (State.DRAFT, lambda a, by: actions.create_draft(uuid4(), season=a.season, content=content(), by=by, at=FILED)),
    "copy_activity": (State.DRAFT, lambda a, by: actions.copy_activity(a, uuid4(), by=by, at=FILED)),
    "copy_published": (
        State.PUBLISHED,
        lambda a, by: actions.copy_published(a.publication, uuid4(), season=a.season, by=by, at=PUBLISHED),
    ),
    "edit_draft": (State.DRAFT, lambda a, by: actions.edit_draft(a, changes={"title": "新"}, by=by, at=FILED)),
    "withdraw_activity": (State.FILED, lambda a, by: actions.withdraw_activity(a, by=by, at=FILED)),
    "file_activity": (State.DRAFT, lambda a, by: actions.file_activity(a, by=by, at=FILED)),
    "return_activity": (State.FILED, lambda a, by: actions.return_activity(a, words="改", by=by, at=REVIEWED)),
    "approve_activity": (State.FILED, lambda a, by: actions.approve_activity(a, by=by, at=REVIEWED)),
    "waive_gate": (
        State.APPROVED,
        lambda a, by: actions.waive_gate(a, key="activity.participants_expected.offline", reason="小", by=by, at=REVIEWED),
    ),
    "claim_activity": (State.FILED, lambda a, by: actions.claim_activity(a, by=by, at=REVIEWED)),
    "confirm_key": (State.APPROVED, lambda a, by: actions.confirm_key(a, by=by, at=REVIEWED)),
    "publish_activity": (State.APPROVED, lambda a, by: actions.publish_activity(a, by=by, at=PUBLISHED)),
    "schedule_publication": (
        State.APPROVED, lambda a, by: actions.schedule_publication(a, publish_at=PUBLISHED, by=by, at=REVIEWED)
    ),
    "unschedule_publication": (State.APPROVED, lambda a, by: actions.unschedule_publication(a, by=by, at=REVIEWED)),
    "publish_scheduled": (State.APPROVED, lambda a, by: actions.publish_scheduled(a, by=by, at=PUBLISHED)),
    "cancel_sessions": (
        State.PUBLISHED, lambda a, by: actions.cancel_sessions(a, codes=["s1"], reason="雨", by=by, at=PUBLISHED)
    ),
    "move_session": (
        State.PUBLISHED, lambda a, by: actions.move_session(a, code="s1", reason="雨", starts_at=AFTER, by=by, at=PUBLISHED)
    ),
    "change_activity": (State.PUBLISHED, lambda a, by: actions.change_activity(a, changes={"venue": "新"}, by=by, at=PUBLISHED)),
    "approve_change": (State.CHANGED, lambda a, by: actions.approve_change(a, by=by, at=PUBLISHED)),
    "return_change": (State.CHANGED, lambda a, by: actions.return_change(a, words="不", by=by, at=PUBLISHED)),
    "take_back_change": (State.CHANGED, lambda a, by: actions.take_back_change(a, by=by, at=PUBLISHED)),
    "postpone_activity": (State.PUBLISHED, lambda a, by: actions.postpone_activity(a, reason="雨", by=by, at=PUBLISHED)),
    "cancel_activity": (State.PUBLISHED, lambda a, by: actions.cancel_activity(a, reason="雨", by=by, at=PUBLISHED)),
    "tell_places": (State.PUBLISHED, lambda a, by: actions.tell_places(a, full=True, by=by, at=PUBLISHED)),
    "hold_activity": (State.PUBLISHED, lambda a, by: actions.hold_activity(a, participants_actual=9, by=by, at=AFTER)),
    "complete_activity": (
        State.HELD, lambda a, by: actions.complete_activity(a, media_links=["https://a.cn/1"], by=by, at=AFTER)
    ),
    "summarise_activity": (State.COMPLETED, lambda a, by: actions.summarise_activity(a, sections=summary(), by=by, at=AFTER)),
    "archive_activity": (State.SUMMARISED, lambda a, by: actions.archive_activity(a, by=by, at=AFTER)),
    "show_contact": (State.FILED, lambda a, by: actions.show_contact(a, by=by, at=REVIEWED)),
}  # fmt: skip

DAYS = (STARTS, STARTS + timedelta(days=1))
IN_SESSIONS = {
    "arrangement": "recurring",
    "sessions": [{"code": f"s{n}", "starts_at": day, "ends_at": day + timedelta(hours=2)} for n, day in enumerate(DAYS, 1)],
}  # fmt: skip
# what an act starts from beyond its state
SUCH = {"cancel_sessions": IN_SESSIONS, "move_session": IN_SESSIONS}
WITH_A_TIME = {"unschedule_publication", "publish_scheduled"}


def one_for(act, world):
    """An activity that the act can be done on."""
    activity = an_activity(world, ACTS[act][0], **SUCH.get(act, {}))
    if act in WITH_A_TIME:
        actions.schedule_publication(activity, publish_at=PUBLISHED, by=world.filer, at=REVIEWED)
    return activity


OF_PICTURES = {
    "KeptPicture",
    "keep_picture",
    "add_pictures",
    "describe_picture",
    "move_picture",
    "remove_picture",
}
OF_DOUBLES = {"link_double", "merge_double", "unlink_double", "tell_apart", "look_for_doubles"}
OF_INCIDENTS = {"report_incident", "update_incident", "close_incident"}  # see test_incidents
# who may is told by their own tests: they are of many filings, of a unit or of a place, or undo another
# what no person does
OF_THE_WORKER = {"gather_links", "claim_links", "look_at_each", "note_look", "look_at_older"}
ELSEWHERE = {
    "Chosen", "begin_batch", "carry_on_batch", "release_activity", "escalate_reviews", "remind_reviewers", "add_watch_words",
    "remove_watch_word", "stop_each", "file_new", "show_results", "show_contacts", "turn_to_next", *OF_THE_WORKER, *OF_INCIDENTS, *OF_PICTURES, *OF_DOUBLES,
}  # fmt: skip
HOST = {"filer of the host"}
REVIEWERS = {"reviewer of the reviewing unit", "coordinator of the reviewing unit"}
COORDINATORS = {
    "coordinator of the reviewing unit", "coordinator of the town", "coordinator of the province",
    "coordinator of the line", "coordinator of the host", "coordinator with a post for the town",
}  # fmt: skip
FILERS = {"filer of the host", "filer of a neighbour", "filer of the town", "filer of the reviewing unit"}
MAY = {
    "create_draft": FILERS, "copy_activity": HOST, "copy_published": FILERS, "edit_draft": HOST, "withdraw_activity": HOST, "file_activity": HOST,
    "return_activity": REVIEWERS, "claim_activity": REVIEWERS, "approve_activity": REVIEWERS, "waive_gate": REVIEWERS,
    "confirm_key": REVIEWERS | COORDINATORS, "publish_activity": HOST, "change_activity": HOST,
    "approve_change": REVIEWERS, "return_change": REVIEWERS, "take_back_change": HOST,
    "postpone_activity": HOST | COORDINATORS, "cancel_activity": HOST | COORDINATORS, "hold_activity": HOST, "tell_places": HOST,
    "schedule_publication": HOST, "unschedule_publication": HOST, "publish_scheduled": {"the system"},
    "cancel_sessions": HOST | COORDINATORS, "move_session": HOST | COORDINATORS,
    "complete_activity": HOST, "summarise_activity": HOST, "archive_activity": {"the system"} | COORDINATORS,
}  # fmt: skip

OF_THE_HOST = {"filer of the host", "reviewer of the host", "coordinator of the host", "auditor of the host"}
MAY["show_contact"] = OF_THE_HOST | REVIEWERS | COORDINATORS
OVERSEERS = {
    "reviewer of the reviewing unit", "coordinator of the reviewing unit", "evaluator of the reviewing unit",
    "auditor of the reviewing unit", "reviewer of the town", "coordinator of the town", "coordinator of the province",
    "coordinator of the line", "coordinator with a post for the town",
}  # fmt: skip


@pytest.fixture(scope="module")
def names():
    return set().union(*MAY.values(), OF_THE_HOST, OVERSEERS)


@pytest.fixture
def cast():
    """The world and everybody in it, by what they are to the school's activities."""
    world = a_world()
    line = a_line("education", "教育")
    world.school.line, world.school.line_path = line, line.path
    world.school.save()
    province, city, town = world.province, world.city, world.town
    neighbour = a_unit(town, "石龙小学", kind="school", line=line)
    other_city = a_place("440100", "广州市", kind="city", parent=province)
    elsewhere = a_unit(other_city, "广州市科协", coordinates=[other_city])
    ministry = a_unit(world.nation, "教育部", line=line, coordinates=[line])
    other_line = a_line("health", "卫健")
    health = a_unit(world.nation, "卫健委", line=other_line, coordinates=[other_line])
    people = {
        "filer of the host": world.filer,
        "reviewer of the host": an_actor(world.school, Role.REVIEWER),
        "coordinator of the host": an_actor(world.school, Role.COORDINATOR, places=[town]),
        "auditor of the host": an_actor(world.school, Role.AUDITOR),
        "filer of a neighbour": an_actor(neighbour),
        "reviewer of a neighbour": an_actor(neighbour, Role.REVIEWER),
        "filer of the town": an_actor(world.town_office),
        "reviewer of the town": an_actor(world.town_office, Role.REVIEWER, places=[town]),
        "coordinator of the town": world.town_coordinator,
        "coordinator with a post for the town": an_actor(world.city_office, Role.COORDINATOR, places=[town]),
        "filer of the reviewing unit": an_actor(world.city_office),
        "reviewer of the reviewing unit": world.reviewer,
        "coordinator of the reviewing unit": world.coordinator,
        "evaluator of the reviewing unit": an_actor(world.city_office, Role.EVALUATOR, places=[city]),
        "auditor of the reviewing unit": an_actor(world.city_office, Role.AUDITOR, places=[city]),
        "operator of the reviewing unit": an_actor(world.city_office, Role.OPERATOR, places=[city]),
        "coordinator of the province": a_coordinator(world.province_office),
        "coordinator of another city": a_coordinator(elsewhere),
        "coordinator of the line": a_coordinator(ministry),
        "coordinator of another line": a_coordinator(health),
        "the system": SYSTEM,
    }
    return world, people


# a coordinator's post at the reviewing unit reviews there, however far it reaches
REVIEWERS.add("coordinator with a post for the town")


def test_the_table_speaks_of_every_act():
    assert (set(ACTS), set(MAY)) == (
        set(actions.__all__) - ELSEWHERE,
        set(ACTS),
    )


@pytest.mark.parametrize("act", ACTS)
def test_exactly_these_may(cast, act):
    world, people = cast
    activity = one_for(act, world)
    done_by = ACTS[act][1]
    before, may = AuditEntry.objects.count(), set()
    for name, person in people.items():
        with taken_back():
            try:
                done_by(loaded(activity), person)
            except NotAllowed:
                traces = 0
            else:
                may.add(name)
                traces = 1
            assert (AuditEntry.objects.count(), loaded(activity).version) in (
                (before + traces, activity.version + traces), (before + traces, activity.version),
            )  # fmt: skip
    assert may == MAY[act]


@pytest.mark.parametrize("act", sorted(set(ACTS) - {"create_draft", "copy_activity", "copy_published"}))
def test_the_button_says_what_the_act_would(cast, act):
    world, people = cast
    verb = {"return_activity": "review", "approve_activity": "review", "approve_change": "review_change",
            "return_change": "review_change", "take_back_change": "take_back_change", "confirm_key": "confirm_key",
            "waive_gate": "waive", "cancel_sessions": "session", "move_session": "session",
            "schedule_publication": "schedule", "unschedule_publication": "unschedule"}.get(act, act.removesuffix("_activity").removesuffix("_draft"))  # fmt: skip
    activity = loaded(one_for(act, world))
    can = getattr(rules, f"can_{verb}")
    assert {name for name, person in people.items() if can(person, activity)} == MAY[act]


@pytest.mark.parametrize(
    ("state", "see"),
    [
        (State.DRAFT, OF_THE_HOST),
        (State.WITHDRAWN, OF_THE_HOST),  # never handed in
        (State.FILED, OF_THE_HOST | OVERSEERS),
        (State.RETURNED, OF_THE_HOST | OVERSEERS),
        (State.PUBLISHED, OF_THE_HOST | OVERSEERS),
        (State.ARCHIVED, OF_THE_HOST | OVERSEERS),
    ],
)
def test_exactly_these_see(cast, state, see):
    world, people = cast
    activity = an_activity(world, state)
    found = {
        name for name, person in people.items() if rules.visible_to(person).filter(pk=activity.pk).exists()
    }
    assert found == see | {"the system"}
    assert {name for name, person in people.items() if rules.sees(person, activity)} == found


def test_a_reviewing_unit_outside_the_place_sees_what_was_handed_to_it(cast):
    world, people = cast
    activity = an_activity(world, State.FILED)
    stranger = people["coordinator of another city"]
    Activity.objects.filter(pk=activity.pk).update(reviewing_unit=stranger.unit)
    assert rules.visible_to(stranger).get() == activity
    assert not rules.visible_to(an_actor(stranger.unit, Role.FILER)).exists()


def test_somebody_without_a_unit_sees_and_does_nothing(cast):
    world, _people = cast
    activity = an_activity(world, State.FILED)
    nobody = replace(world.filer, unit=None)
    assert (list(rules.visible_to(nobody)), rules.can_file(nobody, activity), rules.can_create(nobody, world.season)) == (
        [], False, False,
    )  # fmt: skip


def test_what_is_fetched_brings_what_acts_ask_of(cast, django_assert_num_queries):
    world, _people = cast
    an_activity(world, State.FILED)
    with django_assert_num_queries(1):
        activity = rules.visible_to(world.reviewer).get()
        assert (activity.unit.name, activity.season.code, activity.reviewing_unit.name) == (
            "石龙中学", "2023", "东莞市科协",
        )  # fmt: skip
