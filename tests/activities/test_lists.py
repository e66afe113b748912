"""The lists that the public reads, on real publications: what is in them, in which order, how many, of which kinds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities import actions, jobs, lists
from kepu.activities.lines import LISTED
from kepu.activities.listing import MOST_DAYS, spread
from kepu.activities.lists import Total
from kepu.activities.models import Publication
from kepu.activities.questions import Question
from kepu.activities.workflow import State
from kepu.core import tallies
from kepu.core.calendar import ONE_DAY
from kepu.core.fields import ancestors
from kepu.core.rows import columns_of, instances
from kepu.core.searching import Search
from tests.factories.activities import PUBLISHED, STARTS, an_activity
from tests.factories.notices import a_season, china
from tests.factories.orgs import a_place

pytestmark = pytest.mark.django_db
DAY = date(2023, 9, 17)


@pytest.fixture
def world(standing_world):
    return standing_world


def asked(world, **parts):
    parts.setdefault("at", PUBLISHED)
    return Question(world.season, **parts)


def titles(world, **parts):
    return [line.publication.title for line in lists.page_of(asked(world, **parts)).items]


def total_of(question):
    return lists.counted(question, {}).total


def kinds_of(question):
    return lists.counted(question, {}).kinds


def on(world, day=DAY, until=None, **parts):
    return titles(world, when="days", first=day, last=until or day, **parts)


def session(code, starts_at, hours=2, **more):
    ends_at = starts_at + timedelta(hours=hours)
    return {"code": code, "starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat(), **more}


def a_course(world, *starts, **values):
    """A recurring activity with a session at each of these instants."""
    sessions = [session(f"s{n}", at) for n, at in enumerate(starts)]
    return an_activity(
        world, State.PUBLISHED, arrangement="recurring", sessions=sessions, starts_at=starts[0],
        ends_at=starts[-1] + timedelta(hours=2), **values,
    )  # fmt: skip


class TestInOrder:
    def test_what_begins_today_or_later_comes_in_its_order(self, world):
        an_activity(world, State.PUBLISHED, title="后", starts_at=STARTS + timedelta(hours=2))
        an_activity(world, State.PUBLISHED, title="先")
        an_activity(
            world, State.PUBLISHED, title="早已", starts_at=china(2023, 9, 5), ends_at=china(2023, 9, 20)
        )
        for state in (State.DRAFT, State.FILED, State.APPROVED, State.WITHDRAWN):
            an_activity(world, state, title="看不见")
        assert titles(world) == ["早已", "先", "后"]
        assert titles(world, at=china(2023, 9, 17, 23)) == ["先", "后"]
        assert titles(world, at=china(2023, 9, 17, 23), when="past") == ["早已"]
        assert titles(world, when="all") == ["后", "先", "早已"]
        assert titles(world, first=DAY) == ["先", "后"]

    def test_the_newest_first_and_by_the_way_of_words_too(self, world):
        for n, title in enumerate(["天文一", "天文二", "航天"]):
            an_activity(world, State.PUBLISHED, title=title, starts_at=STARTS - timedelta(hours=n))
        assert titles(world, sort="new") == ["航天", "天文二", "天文一"]
        assert titles(world, sort="new", text="天文") == ["天文二", "天文一"]
        assert titles(world, text="天文") == ["天文二", "天文一"]
        assert titles(world, text="天文", when="all") == ["天文一", "天文二"]

    def test_the_nearest_first_with_how_far(self, world):
        for title, latitude, longitude in (("远", 23.6, 113.9), ("近", 23.041, 113.81), ("中", 23.1, 113.85)):
            an_activity(world, State.PUBLISHED, title=title, latitude=latitude, longitude=longitude)
        an_activity(world, State.PUBLISHED, title="不知在哪")
        found = lists.page_of(asked(world, sort="near", near=(23.04, 113.8)))
        assert [line.publication.title for line in found.items] == ["近", "中", "远"]
        assert [round(line.metres, -3) for line in found.items] == [1000, 8000, 63000]
        assert lists.page_of(asked(world, sort="near", near=(45.0, 126.0))).items == []

    @pytest.mark.parametrize(
        "parts", [{}, {"text": "场"}, {"sort": "new"}, {"when": "days", "first": DAY, "last": DAY}]
    )
    def test_pages_follow_each_other_and_back_without_gap_or_repetition(self, world, parts):
        made = [an_activity(world, State.PUBLISHED, title=f"第{n}场").pk for n in range(5)]
        question, cursor, seen, backs = asked(world, **parts), "", [], []
        while True:
            found = lists.page_of(question, cursor=cursor, size=2)
            seen.append([line.publication.pk for line in found.items])
            backs.append(found.previous)
            cursor = found.next
            if not cursor:
                break
        assert [pk for some in seen for pk in some] == (made[::-1] if "sort" in parts else made)
        assert [
            line.publication.pk for line in lists.page_of(question, cursor=backs[2], size=2).items
        ] == seen[1]

    @pytest.mark.parametrize(
        "cursor", ["x", "eyJ9", "WzEsMl0", "W3RydWUsIDFd", "W2ZhbHNlLCAtMV0", "W2ZhbHNlLCAxZTk5OV0"]
    )
    def test_a_broken_cursor_gives_a_page(self, world, cursor):
        an_activity(world, State.PUBLISHED)
        for parts in ({}, {"text": "中医"}, {"sort": "new"}):
            assert len(lists.page_of(asked(world, **parts), cursor=cursor).items) <= 1


class TestWhatIsFound:
    def test_the_cancelled_and_the_changed_are_still_found(self, world):
        for state in (State.CANCELLED, State.CHANGED, State.POSTPONED, State.HELD):
            an_activity(world, state, title=state.value)
        assert sorted(titles(world)) == ["cancelled", "changed", "held", "postponed"]

    def test_by_place_at_every_level(self, world):
        an_activity(world, State.PUBLISHED)
        village = a_place("441900103001", "黄洲社区", kind="community", parent=world.town)
        an_activity(world, State.PUBLISHED, title="社区", place=village)
        elsewhere = a_place("440100", "广州市", kind="city", parent=world.province)
        both = ["走进中医药", "社区"]
        everywhere = (world.nation, world.province, world.city, world.town, village, elsewhere)
        expected = [both, both, both, both, ["社区"], []]
        assert [titles(world, place=p) for p in everywhere] == expected
        assert [on(world, place=p) for p in everywhere] == expected
        assert [titles(world, place=p, text="石龙") for p in everywhere] == expected
        assert [total_of(asked(world, place=p)).n for p in everywhere] == [2, 2, 2, 2, 1, 0]

    def test_by_kind_alone_and_together(self, world):
        an_activity(world, State.PUBLISHED)
        live = an_activity(
            world, State.PUBLISHED, title="云看展", mode="online", online_link="https://a.cn", fields=["space"], formats=["cloud"]
        )  # fmt: skip
        actions.confirm_key(live, by=world.reviewer, at=PUBLISHED)
        for facets in ({"mode": "online"}, {"fields": "space", "formats": "cloud"}, {"key_activity": "1"}):
            assert titles(world, facets=facets) == ["云看展"]
        assert titles(world, facets={"fields": "spac"}) == []
        assert on(world, facets={"mode": "online", "fields": "space"}, text="看展") == ["云看展"]
        assert titles(world, host=live.unit_id) == ["走进中医药", "云看展"]
        assert titles(world, host=0) == []

    @pytest.mark.parametrize(
        ("text", "found"),
        [("中医", 1), ("中医药", 1), ("医药走进", 0), ("石龙中学", 1), ("东莞市", 1), ("健康", 1), ("讲座 体验", 1), ("航天", 0),
         ("  ", 1), ("'\"*) OR", 0), ("a" * 300, 0), ("fields:health", 0), ("on:2023-09-17", 0)],
    )  # fmt: skip
    def test_by_words(self, world, text, found):
        an_activity(world, State.PUBLISHED)
        assert len(titles(world, text=text)) == found

    def test_the_words_follow_the_copy_and_not_the_draft(self, world):
        activity = an_activity(world, State.PUBLISHED)
        actions.change_activity(activity, changes={"title": "天宫对话"}, by=world.filer, at=PUBLISHED)
        assert (len(titles(world, text="中医")), len(titles(world, text="天宫"))) == (1, 0)
        actions.approve_change(activity, by=world.reviewer, at=PUBLISHED)
        for sort in ("time", "new"):
            found = [len(titles(world, text=text, sort=sort)) for text in ("中医", "天宫")]
            assert found == [0, 1]

    def test_nobody_is_found_by_a_number(self, world):
        an_activity(world, State.PUBLISHED, summary="讲座和体验，报名 13800001111，或发 bao@example.cn。")
        assert len(titles(world, text="讲座")) == 1
        found = [len(titles(world, text=text)) for text in ("13800001111", "13800000000", "bao", "example")]
        assert found == [0, 0, 0, 0]

    def test_another_season_is_another_list(self, world):
        an_activity(world, State.PUBLISHED)
        other = a_season("2024")
        for parts in ({}, {"text": "中医"}, {"sort": "new"}, {"when": "days", "first": DAY, "last": DAY}):
            assert lists.page_of(Question(other, PUBLISHED, **parts)).items == []
        assert total_of(Question(other, PUBLISHED)) == Total(0)


class TestByDay:
    def test_what_is_on_on_a_day_is_exact(self, world):
        an_activity(
            world, State.PUBLISHED, title="长展", starts_at=china(2023, 9, 10), ends_at=china(2023, 9, 18, 0)
        )
        an_activity(world, State.PUBLISHED)
        pending = an_activity(world, State.PUBLISHED, title="待定")
        actions.postpone_activity(pending, reason="雨", by=world.filer, at=PUBLISHED)
        days = [date(2023, 9, n) for n in (9, 10, 17, 18)]
        assert [on(world, day) for day in days] == [[], ["长展"], ["长展", "走进中医药"], []]
        assert [on(world, day, text="医药") for day in days] == [[], [], ["走进中医药"], []]
        counts = lists.by_day(world.season, date(2023, 9, 16), date(2023, 9, 30))
        assert counts == {date(2023, 9, 16): 1, DAY: 2}
        there = lists.by_day(world.season, date(2023, 9, 1), date(2023, 9, 30), place=world.city)
        assert sum(there.values()) == 9
        assert total_of(asked(world, when="days", first=DAY, last=DAY)) == Total(2)

    def test_by_words_a_session_comes_with_its_own_times(self, world):
        a_course(world, china(2023, 9, 16, 9), china(2023, 9, 17, 14), title="天文课")
        an_activity(
            world,
            State.PUBLISHED,
            title="天文展",
            starts_at=china(2023, 9, 17, 8),
            ends_at=china(2023, 9, 17, 10),
        )
        days = asked(world, when="days", first=DAY, last=DAY, text="天文")
        found = [(line.publication.title, line.starts_at) for line in lists.page_of(days).items]
        assert found == [("天文展", china(2023, 9, 17, 8)), ("天文课", china(2023, 9, 17, 14))]

    def test_an_exhibition_of_half_a_year_stays_within_bounds(self, world):
        an_activity(
            world, State.PUBLISHED, title="长展", starts_at=china(2023, 9, 10), ends_at=china(2024, 2, 28)
        )
        (publication,) = Publication.objects.all()
        assert len(publication.listed["on"]) == MOST_DAYS
        assert on(world, date(2024, 1, 30)) == ["长展"]


class TestTurning:
    def test_when_a_session_has_begun_the_next_takes_its_place(self, world):
        course = a_course(
            world, china(2023, 9, 16, 9), china(2023, 9, 17, 9), china(2023, 9, 24, 9), title="天文课"
        )
        an_activity(
            world,
            State.PUBLISHED,
            title="讲座",
            starts_at=china(2023, 9, 16, 15),
            ends_at=china(2023, 9, 16, 16),
        )
        assert titles(world) == ["天文课", "讲座"]
        begun = china(2023, 9, 16, 9)
        assert jobs.turn_to_next_sessions(begun) == 1
        assert jobs.turn_to_next_sessions(begun) == 0
        for parts in ({}, {"facets": {"mode": "offline"}}):
            assert titles(world, at=begun, **parts) == ["讲座", "天文课"]
            assert total_of(asked(world, at=china(2023, 9, 17, 0), **parts)) == Total(1)
        jobs.turn_to_next_sessions(china(2023, 9, 25))  # late: the last stays
        assert Publication.objects.get(pk=course.pk).next_at == china(2023, 9, 24, 9)
        assert Publication.objects.get(pk=course.pk).turns_at is None
        assert tallies.verify() == []

    def test_one_after_the_other_to_the_end(self, world):
        starts = [china(2023, 9, n, 9) for n in (16, 17, 18)]
        course = a_course(world, *starts)
        for n, at in enumerate(starts):
            assert jobs.turn_to_next_sessions(at) == (n < 2)
            assert Publication.objects.get(pk=course.pk).next_at == starts[min(n + 1, 2)]

    def test_a_cancelled_session_is_never_the_next(self, world):
        course = a_course(world, china(2023, 9, 16, 9), china(2023, 9, 17, 9), china(2023, 9, 24, 9))
        actions.cancel_sessions(course, codes=["s1"], reason="场地维修", by=world.filer, at=PUBLISHED)
        jobs.turn_to_next_sessions(china(2023, 9, 16, 9))
        assert Publication.objects.get(pk=course.pk).next_at == china(2023, 9, 24, 9)


class TestCounts:
    def test_totals_and_kinds_are_those_of_the_list(self, world):
        an_activity(world, State.PUBLISHED, fields=["health"], formats=["lecture"])
        an_activity(
            world,
            State.PUBLISHED,
            fields=["health", "space"],
            formats=["cloud"],
            mode="online",
            online_link="https://a.cn",
        )
        an_activity(world, State.PUBLISHED, starts_at=china(2023, 9, 5), ends_at=china(2023, 9, 5, 11))
        at = china(2023, 9, 10)
        assert total_of(asked(world, at=at)) == Total(2)
        assert total_of(asked(world, at=at, when="past")) == Total(1)
        assert total_of(asked(world, at=at, facets={"fields": "space"})) == Total(1)
        assert total_of(asked(world, at=at, facets={"fields": "health", "mode": "online"})) == Total(1)
        kinds = kinds_of(asked(world, at=at))
        assert {name: kinds[name] for name in ("", "fields:health", "fields:space", "mode:online", "formats:lecture")} == {
            "": 2, "fields:health": 2, "fields:space": 1, "mode:online": 1, "formats:lecture": 1,
        }  # fmt: skip
        among = kinds_of(asked(world, at=at, facets={"fields": "space"}))
        assert (among["fields:health"], among["mode:online"], among["in:441900"]) == (1, 1, 1)
        below = {p.code: p.path for p in (world.province, world.city)}
        assert lists.counted(asked(world, at=at), below).in_places == {"440000": 2, "441900": 2}
        while tallies.fold():
            pass
        assert kinds_of(asked(world, at=at)) == kinds
        assert tallies.verify() == []

    def test_a_day_has_its_kinds_however_many_it_has(self, world, monkeypatch):
        monkeypatch.setattr(lists, "LOOKED_THROUGH", 2)
        for n in range(3):
            an_activity(world, State.PUBLISHED, fields=["health", "space"][: 1 + n % 2])
        a_course(world, china(2023, 9, 17, 14), china(2023, 9, 18, 9), fields=["space"])
        day = {"when": "days", "first": DAY, "last": DAY}
        for place in (None, world.province, world.city):
            question = asked(world, place=place, **day)
            for _folded in (False, True):
                _total, kinds, there = lists.counted(question, {"441900": world.city.path})
                assert (kinds[""], kinds["fields:health"], kinds["fields:space"]) == (4, 3, 2)
                assert there == {"441900": 4}
                space = asked(world, place=place, facets={"fields": "space"}, **day)
                assert total_of(space) == Total(2)
                later = asked(world, place=place, when="days", first=DAY + ONE_DAY, last=DAY + ONE_DAY)
                assert lists.counted(later, {}).kinds["fields:space"] == 1
                while tallies.fold():
                    pass
        assert tallies.verify() == []

    def test_what_nobody_counted_is_said_to_be_more(self, world, monkeypatch):
        monkeypatch.setattr(lists, "TOGETHER", 2)
        monkeypatch.setattr(lists, "LOOKED_THROUGH", 1)
        monkeypatch.setattr("kepu.core.searching.TOGETHER", 2)
        monkeypatch.setattr(Search.count, "__kwdefaults__", {"to": 2})
        for _ in range(3):
            an_activity(world, State.PUBLISHED)
        assert total_of(asked(world, text="中医")) == Total(2, more=True)
        assert kinds_of(asked(world, text="中医")) is None
        assert lists.counted(asked(world, text="中医"), {world.city.code: world.city.path}).in_places is None

    @pytest.mark.parametrize("bound", [3, 1000])
    def test_what_page_kinds_and_total_begin_with_changes_none_of_them(self, world, monkeypatch, bound):
        monkeypatch.setattr(lists, "TOGETHER", bound)
        monkeypatch.setattr("kepu.core.searching.TOGETHER", bound)
        monkeypatch.setattr(lists, "LOOKED_THROUGH", 2)
        monkeypatch.setattr(Search.count, "__kwdefaults__", {"to": bound})
        for n in (2, 0, 3, 1):
            an_activity(world, State.PUBLISHED, title=f"观星{n}", starts_at=STARTS + timedelta(hours=n))
        an_activity(
            world,
            State.PUBLISHED,
            title="开幕",
            starts_at=china(2023, 9, 5, 9),
            ends_at=china(2023, 9, 5, 11),
        )
        at = china(2023, 9, 10)
        for parts in (
            {"text": "观星"}, {"text": "东莞", "when": "past"}, {"text": "观星", "sort": "new", "when": "all"},
            {"text": "观星", "sort": "relevance"}, {"facets": {"mode": "offline"}}, {"text": "没有的词"},
            {"facets": {"mode": "offline", "formats": "lecture"}}, {"when": "days", "first": DAY, "last": DAY, "text": "观星"},
        ):  # fmt: skip
            question = asked(world, at=at, **parts)
            first = lists.first_of(question, {})
            pages = [lists.page_of(question, size=2, first=known) for known in (None, first)]
            assert pages[0] == pages[1], parts
            counts = lists.counted(question, {}, first=first)
            assert counts == lists.counted(question, {}), parts
            n = len(lists.page_of(question, size=9).items)
            exact = len(question.facets) == 1
            assert counts.total == (Total(n) if exact else Total(min(n, bound), n > bound)), parts
            assert (counts.kinds is None) == (n > 2), parts
            assert counts.kinds is None or counts.kinds[""] == n, parts

    def test_counts_follow_a_change_a_mark_and_a_move(self, world):
        activity = an_activity(world, State.PUBLISHED)
        actions.confirm_key(activity, by=world.reviewer, at=PUBLISHED)
        assert total_of(asked(world, facets={"key_activity": "1"})) == Total(1)
        actions.confirm_key(activity, confirmed=False, by=world.reviewer, at=PUBLISHED)
        assert total_of(asked(world, facets={"key_activity": "1"})) == Total(0)
        actions.postpone_activity(
            activity,
            reason="雨",
            starts_at=china(2023, 9, 20, 9),
            ends_at=china(2023, 9, 20, 11),
            by=world.filer,
            at=PUBLISHED,
        )
        assert lists.by_day(world.season, date(2023, 9, 1), date(2023, 9, 30)) == {date(2023, 9, 20): 1}
        assert on(world) == []
        assert on(world, date(2023, 9, 20)) == on(world, date(2023, 9, 20), text="中医") == ["走进中医药"]
        assert tallies.verify() == []


class TestCost:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_each_costs_the_same_however_many(self, world, rows, django_assert_num_queries):
        for _ in range(rows):
            an_activity(world, State.PUBLISHED)
        days = {"when": "days", "first": DAY, "last": DAY}
        for parts, pages, together in (
            ({}, 1, 2), (days, 1, 2), ({"text": "中医"}, 2, 3), ({**days, "text": "中医"}, 2, 3),
            ({"facets": {"mode": "offline"}}, 2, 4), ({"sort": "new", "when": "all"}, 2, 3),
        ):  # fmt: skip
            question = asked(world, **parts)
            with django_assert_num_queries(pages):
                found = lists.page_of(question).items
                assert [(line.publication.title, line.publication.host_name) for line in found]
            below = {"441900": "/440000/441900/"}
            with django_assert_num_queries(together):
                first = lists.first_of(question, below)
                assert lists.page_of(question, first=first).items == found
                _total, kinds, there = lists.counted(question, below, first=first)
            assert kinds is not None
            assert kinds[""] == rows
            assert there == {"441900": rows}
            assert "content" in found[0].publication.get_deferred_fields()
        with django_assert_num_queries(1):
            assert lists.by_day(world.season, date(2023, 9, 1), date(2023, 9, 30)) == {DAY: rows}


def test_a_row_of_a_statement_is_what_the_model_gives(world):
    an_activity(world, State.PUBLISHED)
    sql = f"SELECT {columns_of(Publication, LISTED)} FROM {Publication._meta.db_table}"
    (one,) = instances(Publication, LISTED, sql)
    other = Publication.objects.only(*LISTED).get()
    assert one == other
    assert {name: getattr(one, name) for name in LISTED} == {name: getattr(other, name) for name in LISTED}
    assert one.get_deferred_fields() == other.get_deferred_fields()
    assert (one._state.db, one._state.adding) == (other._state.db, False)
    assert one.content == other.content  # what was not asked for comes when it is looked at


@given(
    st.lists(
        st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(lambda parts: f"/{'/'.join(parts)}/"),
        max_size=6,
    )
)
def test_every_place_above_any_of_them_counts_one(paths):
    counts = {}
    for path, n in spread(paths):
        for above in ancestors(path):
            counts[above] = counts.get(above, 0) + n
    assert {path: n for path, n in counts.items() if n} == {
        above: 1 for path in paths for above in ancestors(path)
    }
