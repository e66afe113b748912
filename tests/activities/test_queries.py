from datetime import date

import pytest

from kepu.activities import queries
from kepu.activities.lists import page_of
from kepu.activities.models import Activity
from kepu.activities.queries import What
from kepu.activities.questions import Question
from kepu.activities.workflow import State
from kepu.core.paging import page
from tests.factories.activities import (
    AFTER,
    ENDS,
    FILED,
    a_draft,
    an_activity,
)
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_place, a_unit, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def titles(rows):
    return [getattr(row, "publication", row).title for row in rows]


class TestWorkspace:
    def test_a_unit_lists_its_own(self, world):
        mine = a_draft(world)
        a_draft(world, by=an_actor(a_unit(world.town, "石龙小学", kind="school")))
        assert list(queries.unit_activities(world.filer, world.season)) == [mine]
        assert list(queries.unit_activities(world.coordinator)) == []

    def test_the_inbox_holds_what_waits_the_longest_first(self, world):
        changed = an_activity(world, State.CHANGED)
        filed = an_activity(world, State.FILED)
        for state in (State.DRAFT, State.RETURNED, State.APPROVED, State.PUBLISHED):
            an_activity(world, state)
        assert page(queries.inbox(world.reviewer), order=queries.INBOX_ORDER).items == [filed, changed]
        assert list(queries.inbox(world.town_coordinator)) == []

    def test_a_coordinator_reads_what_was_handed_in_below_a_place(self, world):
        filed, published = an_activity(world, State.FILED), an_activity(world, State.PUBLISHED)
        a_draft(world)
        elsewhere = a_place("440100", "广州市", kind="city", parent=world.province)
        nation = a_coordinator(world.nation_office)
        for actor, path, found in (
            (world.coordinator, world.city.path, [filed, published]),
            (world.town_coordinator, world.town.path, [filed, published]),
            (
                world.town_coordinator,
                world.city.path,
                [filed, published],
            ),  # of the city only what lies in the town
            (nation, "/", [filed, published]),
            (nation, elsewhere.path, []),
            (world.filer, "/", [filed, published]),  # its own
            (an_actor(a_unit(world.town, "石龙小学", kind="school")), "/", []),
        ):
            rows = queries.area_activities(actor, world.season, path)
            assert page(rows, order=queries.AREA_ORDER).items == found

    def test_what_is_due_after_the_day(self, world):
        held = an_activity(world, State.HELD)
        completed = an_activity(world, State.COMPLETED)
        over = an_activity(world, State.PUBLISHED)
        for state in (State.DRAFT, State.SUMMARISED, State.CANCELLED):
            an_activity(world, state)
        an_activity(world, State.PUBLISHED, ends_at=china(2023, 10, 9))
        late = china(2023, 9, 28)
        found = queries.activities_due(world.filer, world.season, at=late)
        assert [(due.activity, due.what, due.late) for due in found] == [
            (held, What.COMPLETE, True), (completed, What.SUMMARISE, True), (over, What.HOLD, False),
        ]  # fmt: skip
        assert (found[0].since, found[0].due.date()) == (ENDS, date(2023, 9, 27))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_lists_cost_one_query_however_long(self, world, rows, django_assert_num_queries):
        for _ in range(rows):
            an_activity(world, State.FILED)
            an_activity(world, State.HELD)
        for read in (
            lambda: queries.unit_activities(world.filer, world.season),
            lambda: queries.inbox(world.reviewer),
            lambda: [due.activity for due in queries.activities_due(world.filer, world.season, at=AFTER)],
        ):
            with django_assert_num_queries(1):
                assert [(a.unit.name, a.season.name, a.reviewing_unit.name) for a in read()]
        activity = Activity.objects.whole().filter(state=State.HELD).first()
        with django_assert_num_queries(1):
            assert [note.unit.name for note in queries.notes_on(activity)] == ["东莞市科协"]


def test_what_is_not_published_has_no_copy(world):
    assert queries.published_detail(an_activity(world, State.APPROVED).pk) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_copy_of_one_costs_one_query(world, rows, django_assert_num_queries):
    for _ in range(rows):
        activity = an_activity(world, State.PUBLISHED)
    with django_assert_num_queries(1):
        assert queries.published_detail(activity.pk).content["summary"] == "讲座和体验"


def test_a_filing_lies_in_nobodys_list_before_it_is_handed_in(world):
    a_draft(world, at=FILED)
    assert (list(queries.inbox(world.reviewer)), page_of(Question(world.season, FILED)).items) == ([], [])
