"""Units split, merge, move and close while activities are under way: nothing counted changes, nothing open is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kepu.activities import actions
from kepu.activities.models import Activity, Publication
from kepu.activities.workflow import FINAL, State
from kepu.core import audit, tallies
from kepu.core.models import TallyEntry, TallyTotal
from kepu.core.refusals import NotAllowed, Refused
from kepu.orgs import actions as orgs
from kepu.orgs.actions.changes import Piece
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Role, Unit
from kepu.orgs.queries import actor_for
from tests.factories.accounts import a_person
from tests.factories.activities import a_draft, a_world, an_activity, content, loaded, taken_back, tally
from tests.factories.coming import kinds_known
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_place, a_post, a_unit

pytestmark = pytest.mark.django_db
LATER = china(2023, 9, 1)


@pytest.fixture
def world():
    kinds_known()
    return a_world()


@pytest.fixture
def dalang(world):
    return a_place("441900122", "大朗镇", parent=world.city)


@pytest.fixture
def other(world):
    return a_unit(world.town, "东莞市石龙中学", kind="school")


class TestMerging:
    def test_a_draft_goes_over_and_is_filed_by_the_other(self, world, other):
        draft = a_draft(world)
        orgs.merge_unit(world.school, other, by=world.coordinator, at=LATER)
        assert (loaded(draft).unit, loaded(draft).version) == (other, draft.version + 1)
        assert audit.of(draft).last().event == "activity.handed_over"

    def test_what_was_filed_stays_where_it_counts_and_the_people_go_on_with_it(self, world, other):
        activity = an_activity(world, State.PUBLISHED)
        post = a_post(world.school)
        before = tally(world)
        orgs.merge_unit(world.school, other, by=world.coordinator, at=LATER)
        assert (loaded(activity).unit, tally(world), tally(world, other)) == (world.school, before, {})
        assert Publication.objects.get(activity=activity).host_name == "石龙中学"

        person = post.person
        after = LATER + timedelta(days=20)
        for_the_old = actor_for(person, world.school.pk, after)
        actions.hold_activity(loaded(activity), participants_actual=99, by=for_the_old, at=after)
        assert tally(world)["participants.actual"] == 99
        with pytest.raises(NotAllowed, match="已经并入别的单位，只能办完原来的事"):
            actions.create_draft(uuid4(), season=world.season, content=content(), by=for_the_old, at=after)

    def test_what_waits_for_the_reviewer_waits_for_whoever_takes_over(self, world):
        activity = an_activity(world, State.FILED)
        office = a_unit(world.city, "东莞市科学技术协会")
        orgs.merge_unit(world.city_office, office, by=a_coordinator(world.province_office), at=LATER)
        assert loaded(activity).reviewing_unit == office


class TestMoving:
    def test_a_draft_goes_along_and_what_was_filed_does_not(self, world, dalang):
        draft, filed = a_draft(world), an_activity(world, State.FILED)
        before = tallies.in_place(world.season.pk, world.town.path)
        orgs.move_unit(world.school, dalang, None, by=world.coordinator, at=LATER)
        assert (loaded(draft).place_path, loaded(filed).place_path) == (dalang.path, world.town.path)
        assert tallies.in_place(world.season.pk, world.town.path) == before
        by = world.filer
        by.unit.refresh_from_db()
        actions.file_activity(loaded(draft), by=by, at=LATER)
        assert tallies.in_place(world.season.pk, dalang.path) == {("activity.filed", ""): 1}
        assert tallies.verify() == []


class TestFilingForAPart:
    def test_it_is_the_parts_own_and_counts_once(self, world):
        part = a_unit(world.town, "天文社", kind="venue", within=world.school)
        person = a_post(world.school).person
        by = actor_for(person, part.pk, LATER)
        draft = actions.create_draft(uuid4(), season=world.season, content=content(), by=by, at=LATER)
        actions.file_activity(draft, by=by, at=LATER)

        assert (tally(world, part), tally(world)) == ({"activity.filed": 1}, {})
        assert tallies.in_place(world.season.pk, world.town.path) == {("activity.filed", ""): 1}
        row = audit.of(draft).last()
        assert (row.unit_id, row.person_id, row.detail["through"]) == (part.pk, person.pk, world.school.pk)


class TestClosing:
    @pytest.mark.parametrize(
        "state", [State.FILED, State.RETURNED, State.APPROVED, State.PUBLISHED, State.HELD]
    )
    def test_what_is_under_way_stands_in_the_way_by_name(self, world, state):
        an_activity(world, state)
        with pytest.raises(NotAllowed) as refused:
            orgs.close_unit(world.school, by=world.coordinator, at=LATER)
        assert [str(reason) for reason in refused.value.reasons] == [
            "还有活动没有办完：“走进中医药”。请先撤回、取消，或办完总结；由别的单位接着办的，请用“并入”。"
        ]

    @pytest.mark.parametrize("state", [State.CANCELLED, State.WITHDRAWN, State.SUMMARISED, State.ARCHIVED])
    def test_what_is_over_does_not(self, world, state):
        an_activity(world, state)
        before = tally(world)
        orgs.close_unit(world.school, by=world.coordinator, at=china(2023, 12, 2))
        assert tally(world) == before

    def test_a_draft_is_put_away(self, world):
        draft = a_draft(world)
        orgs.close_unit(world.school, by=world.coordinator, at=LATER)
        assert (loaded(draft).state, audit.of(draft).last().detail["unit_closed"]) == (
            "withdrawn",
            world.school.pk,
        )


def figures():
    """Every figure in every scope, folded or not."""
    sums = {}
    for t in TallyTotal.objects.all():
        key = (t.scope, t.measure, t.facet)
        sums[key] = sums.get(key, 0) + t.n
    for e in TallyEntry.objects.all():
        for scope in tallies.scopes(tallies.Spot(e.season_id, e.unit_id, e.place, e.line)):
            key = (scope, e.measure, e.facet)
            sums[key] = sums.get(key, 0) + e.n
    return {key: n for key, n in sums.items() if n}


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["file", "draft", "approve", "move", "merge", "split", "split off", "close", "rename", "fold"]),
        st.integers(0, 30), st.integers(0, 30),
    ),
    min_size=3, max_size=14,
)  # fmt: skip


def test_whatever_becomes_of_units_the_figures_of_before_stay(world, dalang):
    """Random sequences: no change of a unit moves a figure; recount and tallies agree; nothing open is left without people."""
    towns = [world.town, dalang]

    @settings(
        max_examples=10,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )  # an act is no matter of microseconds: what fails is told, not shrunk
    @given(ACTS)
    def holds(acts):
        with taken_back():
            units = [a_unit(place, kind="school") for place in towns for _ in range(2)]
            person = a_person()
            for unit in units:
                a_post(unit, Role.FILER, person=person)
            play(world, towns, units, person, acts)
            assert tallies.verify() == []
            under_way = Activity.objects.exclude(state__in=sorted(FINAL)).select_related("unit")
            for activity in under_way:
                assert actor_for(person, activity.unit_id, LATER + timedelta(hours=1)).acts_for(
                    activity.unit_id
                )
                assert activity.state != State.DRAFT or activity.unit.closed_on is None
            for unit in Unit.objects.filter(merged_into__isnull=False).select_related("merged_into"):
                assert unit.merged_into.merged_into_id is None
                assert (
                    unit.merged_into.closed_on is None
                    or not Activity.objects.filter(unit=unit).exclude(state__in=sorted(FINAL)).exists()
                )

    holds()


def play(world, towns, units, person, acts):
    minute = 0
    for what, a, b in acts:
        minute += 1
        at = LATER + timedelta(minutes=minute)
        unit = Unit.objects.get(pk=units[a % len(units)].pk)
        before = figures()
        try:
            if what in ("file", "draft"):
                actor = actor_for(person, unit.pk, at)
                draft = actions.create_draft(uuid4(), season=world.season, content=content(), by=actor, at=at)
                if what == "file":
                    actions.file_activity(draft, by=actor, at=at)
                continue
            if what == "approve":
                waiting = Activity.objects.whole().filter(state=State.FILED).order_by("pk").first()
                if waiting:
                    actions.approve_activity(waiting, by=world.reviewer, at=at)
                continue
            change(what, unit, units, towns, b, at)
        except Refused:
            pass
        assert figures() == before, what


def change(what, unit, units, towns, b, at):
    other = Unit.objects.get(pk=units[b % len(units)].pk)
    if what == "move":
        orgs.move_unit(unit, towns[b % len(towns)], None, by=SYSTEM, at=at)
    elif what == "merge":
        orgs.merge_unit(unit, other, by=SYSTEM, at=at)
    elif what == "close":
        orgs.close_unit(unit, by=SYSTEM, at=at)
    elif what == "rename":
        orgs.rename_unit(unit, f"{unit.name}乙", by=SYSTEM, at=at)
    elif what == "fold":
        tallies.fold()
    else:
        pieces = [Piece(f"{unit.name}甲", "school"), Piece(f"{unit.name}丙", "school")]
        done = orgs.split_unit(unit, pieces, goes_on=what == "split off", by=SYSTEM, at=at)
        units += list(done.others.order_by("pk"))
