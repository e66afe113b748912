from datetime import date, timedelta

import pytest

from kepu.activities import actions, queries
from kepu.activities.models import Activity
from kepu.activities.queries import What
from kepu.activities.workflow import State
from kepu.core.paging import page
from tests.factories.activities import (
    AFTER,
    ENDS,
    FILED,
    PUBLISHED,
    STARTS,
    a_draft,
    a_world,
    an_activity,
)
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_place, a_unit, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_world()


def titles(rows):
    return [getattr(row, "publication", row).title for row in rows]


def upcoming(world, **narrowed):
    narrowed.setdefault("at", PUBLISHED)
    return titles(queries.published(world.season, **narrowed).order_by(*queries.UPCOMING_ORDER))


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


class TestPortal:
    def test_what_begins_today_or_later_comes_in_its_order(self, world):
        an_activity(world, State.PUBLISHED, title="后", starts_at=STARTS + timedelta(hours=2))
        an_activity(world, State.PUBLISHED, title="先")
        an_activity(
            world, State.PUBLISHED, title="早已", starts_at=china(2023, 9, 5), ends_at=china(2023, 9, 20)
        )
        for state in (State.DRAFT, State.FILED, State.APPROVED, State.WITHDRAWN):
            an_activity(world, state, title="看不见")
        assert upcoming(world) == ["早已", "先", "后"]
        assert upcoming(world, at=china(2023, 9, 17, 23)) == ["先", "后"]
        assert upcoming(world, at=china(2023, 9, 17, 23), when="past") == ["早已"]
        assert upcoming(world, at=china(2023, 9, 30), when="all") == ["早已", "先", "后"]

    def test_the_cancelled_and_the_changed_are_still_found(self, world):
        for state in (State.CANCELLED, State.CHANGED, State.POSTPONED, State.HELD):
            an_activity(world, state, title=state.value)
        assert sorted(upcoming(world)) == ["cancelled", "changed", "held", "postponed"]

    def test_by_place_at_every_level(self, world):
        an_activity(world, State.PUBLISHED)
        village = a_place("441900103001", "黄洲社区", kind="community", parent=world.town)
        an_activity(world, State.PUBLISHED, title="社区", place=village)
        elsewhere = a_place("440100", "广州市", kind="city", parent=world.province)
        both = ["走进中医药", "社区"]
        assert [upcoming(world, place=p) for p in (world.nation, world.province, world.city, world.town, village, elsewhere)] == [
            both, both, both, both, ["社区"], [],
        ]  # fmt: skip
        day = date(2023, 9, 17)
        assert [
            titles(queries.on_day(world.season, day, place=p).order_by(*queries.DAY_ORDER))
            for p in (world.nation, world.province, world.city, world.town, village, elsewhere)
        ] == [both, both, both, both, ["社区"], []]

    def test_by_mode_label_and_mark(self, world):
        an_activity(world, State.PUBLISHED)
        live = an_activity(
            world, State.PUBLISHED, title="云看展", mode="online", online_link="https://a.cn", fields=["space"], formats=["cloud"]
        )  # fmt: skip
        actions.confirm_key(live, by=world.reviewer, at=PUBLISHED)
        assert upcoming(world, mode="online") == ["云看展"]
        assert upcoming(world, labels={"fields": "space", "formats": "cloud"}) == ["云看展"]
        assert upcoming(world, labels={"fields": "spac"}) == []
        assert upcoming(world, key=True) == ["云看展"]
        day = queries.on_day(
            world.season, date(2023, 9, 17), mode="online", labels={"fields": "space"}, text="看展"
        )
        assert titles(day) == ["云看展"]

    @pytest.mark.parametrize(
        ("text", "found"),
        [("中医", 1), ("中医药", 1), ("医药走进", 0), ("石龙中学", 1), ("东莞市", 1), ("健康", 1), ("讲座 体验", 1), ("航天", 0),
         ("  ", 1), ("'\"*) OR", 0), ("a" * 300, 0)],
    )  # fmt: skip
    def test_by_words(self, world, text, found):
        an_activity(world, State.PUBLISHED)
        assert len(upcoming(world, text=text)) == found

    def test_the_words_follow_the_copy_and_not_the_draft(self, world):
        activity = an_activity(world, State.PUBLISHED)
        actions.change_activity(activity, changes={"title": "天宫对话"}, by=world.filer, at=PUBLISHED)
        assert (len(upcoming(world, text="中医")), len(upcoming(world, text="天宫"))) == (1, 0)
        actions.approve_change(activity, by=world.reviewer, at=PUBLISHED)
        assert (len(upcoming(world, text="中医")), len(upcoming(world, text="天宫"))) == (0, 1)

    def test_nobody_is_found_by_a_number(self, world):
        an_activity(world, State.PUBLISHED, summary="讲座和体验，报名 13800001111，或发 bao@example.cn。")
        assert len(upcoming(world, text="讲座")) == 1
        assert [
            len(upcoming(world, text=text)) for text in ("13800001111", "13800000000", "bao", "example")
        ] == [0, 0, 0, 0]

    def test_what_is_on_on_a_day_is_exact(self, world):
        an_activity(
            world, State.PUBLISHED, title="长展", starts_at=china(2023, 9, 10), ends_at=china(2023, 9, 18, 0)
        )
        an_activity(world, State.PUBLISHED)
        pending = an_activity(world, State.PUBLISHED, title="待定")
        actions.postpone_activity(pending, reason="雨", by=world.filer, at=PUBLISHED)

        def on(day):
            return titles(queries.on_day(world.season, date(2023, 9, day)).order_by(*queries.DAY_ORDER))

        assert (on(9), on(10), on(17), on(18)) == ([], ["长展"], ["长展", "走进中医药"], [])
        counts = queries.counts_by_day(world.season, date(2023, 9, 16), date(2023, 9, 30))
        assert counts == {date(2023, 9, 16): 1, date(2023, 9, 17): 2}
        there = queries.counts_by_day(world.season, date(2023, 9, 1), date(2023, 9, 30), place=world.city)
        assert sum(there.values()) == 9

    def test_another_season_is_another_list(self, world):
        an_activity(world, State.PUBLISHED)
        from tests.factories.notices import a_season

        assert list(queries.published(a_season("2024"), at=PUBLISHED)) == []

    @pytest.mark.parametrize("rows", [1, 3])
    def test_pages_cost_one_query_without_the_full_content(self, world, rows, django_assert_num_queries):
        for _ in range(rows):
            activity = an_activity(world, State.PUBLISHED)
        with django_assert_num_queries(1):
            found = page(
                queries.published(world.season, at=PUBLISHED, text="中医"), order=queries.UPCOMING_ORDER
            )
            assert [(p.title, p.host_name, p.place_words) for p in found.items]
        with django_assert_num_queries(1):
            on = page(queries.on_day(world.season, date(2023, 9, 17)), order=queries.DAY_ORDER)
            assert [row.publication.title for row in on.items]
        with django_assert_num_queries(1):
            assert queries.counts_by_day(world.season, date(2023, 9, 1), date(2023, 9, 30)) == {
                date(2023, 9, 17): rows
            }
        with django_assert_num_queries(1):
            assert queries.published_detail(activity.pk).content["summary"] == "讲座和体验"
        assert "content" in found.items[0].get_deferred_fields()

    def test_pages_follow_each_other_without_gap_or_repetition(self, world):
        made = [an_activity(world, State.PUBLISHED, title=f"第{n}场").pk for n in range(5)]
        rows, cursor, seen = queries.published(world.season, at=PUBLISHED), "", []
        while True:
            found = page(rows, order=queries.UPCOMING_ORDER, cursor=cursor, size=2)
            seen += [p.pk for p in found.items]
            cursor = found.next
            if not cursor:
                break
        assert seen == made

    def test_what_is_not_published_has_no_copy(self, world):
        assert queries.published_detail(an_activity(world, State.APPROVED).pk) is None


def test_a_filing_lies_in_nobodys_list_before_it_is_handed_in(world):
    a_draft(world, at=FILED)
    assert (list(queries.inbox(world.reviewer)), list(queries.published(world.season, at=FILED))) == ([], [])
