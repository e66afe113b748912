import pytest

from kepu.activities import jobs
from kepu.activities.actions import archive_activity, complete_activity, hold_activity, summarise_activity
from kepu.activities.jobs import archive_season
from kepu.activities.models import Publication
from kepu.activities.workflow import State
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed, StaleState
from tests.factories.activities import (
    AFTER,
    ENDS,
    STARTS,
    an_activity,
    events_of,
    loaded,
    summary,
    tally,
    told,
    trace_of,
)
from tests.factories.notices import a_gate, china

pytestmark = pytest.mark.django_db
LINK = ["https://news.example.cn/1"]


@pytest.fixture
def world(standing_world):
    return standing_world


class TestHolding:
    def test_it_is_held_with_how_many_came(self, world):
        activity = an_activity(world, State.PUBLISHED, mode="mixed", online_link="https://live.example.cn/1")
        hold_activity(
            activity,
            participants_actual=300,
            online_actual=200,
            participants_note="签到和后台",
            by=world.filer,
            at=AFTER,
        )
        row = loaded(activity)
        assert (row.state, row.held_at, row.ended_at, row.participants_actual, row.online_actual, row.participants_note) == (
            State.HELD, AFTER, ENDS, 300, 200, "签到和后台",
        )  # fmt: skip
        assert row.summary_due_at == china(2023, 9, 27, 23, 59).replace(second=59, microsecond=999999)
        assert Publication.objects.get().status == "over"
        counts = tally(world)
        assert (counts["activity.held"], counts["participants.actual"], counts["participants.online"]) == (
            1,
            300,
            200,
        )

    def test_not_before_its_end(self, world):
        activity = an_activity(world, State.PUBLISHED)
        with pytest.raises(Incomplete, match="活动还没有结束。提前结束的，请写明实际结束时间"):
            hold_activity(activity, participants_actual=1, by=world.filer, at=china(2023, 9, 17, 12))
        hold_activity(
            activity,
            participants_actual=1,
            ended_at=china(2023, 9, 17, 11),
            by=world.filer,
            at=china(2023, 9, 17, 12),
        )
        assert activity.ended_at == china(2023, 9, 17, 11)

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"participants_actual": None}, "请填写实际参与人数；没有人来就写0"),
            ({"participants_actual": -3}, "不能是负数"),
            ({"participants_actual": 5, "online_actual": 6}, "线上人数不能多于总人数"),
            ({"participants_actual": 5, "ended_at": china(2023, 9, 19)}, "实际结束时间不能在现在以后"),
            ({"participants_actual": 5, "ended_at": STARTS}, "没有举办的，请取消或延期"),
        ],
    )
    def test_what_is_wrong_is_told(self, world, given, sentence):
        with pytest.raises(Incomplete, match=sentence):
            hold_activity(an_activity(world, State.PUBLISHED), **given, by=world.filer, at=AFTER)

    def test_nobody_came_is_an_answer(self, world):
        hold_activity(an_activity(world, State.PUBLISHED), participants_actual=0, by=world.filer, at=AFTER)
        assert (tally(world)["activity.held"], tally(world).get("participants.actual")) == (1, None)

    def test_what_was_postponed_without_a_time_says_when_it_ended(self, world):
        activity = an_activity(world, State.PUBLISHED)
        from kepu.activities.actions import postpone_activity

        postpone_activity(activity, reason="暴雨", by=world.filer, at=china(2023, 9, 16))
        with pytest.raises(Incomplete, match="请写明实际结束时间"):
            hold_activity(activity, participants_actual=9, by=world.filer, at=china(2023, 9, 30))
        hold_activity(
            activity,
            participants_actual=9,
            ended_at=china(2023, 9, 29),
            by=world.filer,
            at=china(2023, 9, 30),
        )
        assert activity.state == State.HELD

    def test_a_change_still_under_review_does_not_hold_it_up(self, world):
        activity = an_activity(world, State.CHANGED)
        hold_activity(activity, participants_actual=9, by=world.filer, at=AFTER)
        assert activity.state == State.HELD


class TestCompleting:
    def test_what_shows_it_is_added(self, world):
        activity = an_activity(world, State.HELD)
        complete_activity(
            activity,
            media_links=LINK,
            materials=[{"kind": "photo", "place": "网盘"}],
            minors="none",
            results="三百人",
            by=world.filer,
            at=AFTER,
        )
        row = loaded(activity)
        assert (row.state, row.completed_at, row.media_links, row.materials, row.results) == (
            State.COMPLETED, AFTER, LINK, [{"kind": "photo", "place": "网盘", "note": ""}], "三百人",
        )  # fmt: skip
        assert tally(world)["activity.completed"] == 1

    def test_the_media_report_is_demanded_by_its_clause(self, world):
        activity = an_activity(world, State.HELD)
        with pytest.raises(GateClosed) as caught:
            complete_activity(activity, results="很好", by=world.filer, at=AFTER)
        assert [(r.clause_id, r.field) for r in caught.value.reasons] == [("DG-54", "media_links")]
        assert (loaded(activity).state, activity.results) == (State.HELD, "")

    def test_an_in_principle_after_the_fact_loses_no_record(self, world):
        a_gate(
            world.season.notices.get(),
            "DG-55",
            "in_principle",
            fact="materials",
            stages=["completion"],
            required=True,
        )
        assert an_activity(world, State.COMPLETED).state == State.COMPLETED

    def test_more_may_be_added_later_and_the_first_time_counts(self, world):
        activity = an_activity(world, State.SUMMARISED)
        complete_activity(
            activity,
            media_links=[*LINK, "https://b.cn"],
            participants_actual=150,
            by=world.filer,
            at=china(2023, 9, 20),
        )
        row = loaded(activity)
        assert (row.state, row.completed_at, len(row.media_links), row.results) == (
            State.SUMMARISED,
            AFTER,
            2,
            "",
        )
        assert tally(world)["participants.actual"] == 150

    def test_not_before_it_was_held(self, world):
        with pytest.raises(NotAllowed, match="请先确认活动已经举办"):
            complete_activity(an_activity(world, State.PUBLISHED), media_links=LINK, by=world.filer, at=AFTER)


class TestSummarising:
    def test_the_five_parts_are_handed_in_in_time(self, world):
        activity = an_activity(world, State.COMPLETED)
        summarise_activity(activity, sections=summary(), by=world.filer, at=china(2023, 9, 27, 23, 59))
        row = loaded(activity)
        assert (row.state, row.summary_late, sorted(row.sections)) == (
            State.SUMMARISED,
            False,
            sorted(summary()),
        )
        assert (told()[-1], tally(world)["activity.summarised"]) == (
            (world.city_office.pk, "summarised", "活动总结已提交：走进中医药"), 1,
        )  # fmt: skip

    def test_late_is_taken_and_marked(self, world):
        activity = an_activity(world, State.COMPLETED)
        summarise_activity(activity, sections=summary(), by=world.filer, at=china(2023, 9, 28, 0, 0))
        assert (loaded(activity).summary_late, told()[-1][2]) == (True, "活动总结已提交（迟交）：走进中医药")
        assert trace_of(activity)[-1][2] == {"before": "completed", "late": True}

    def test_dates_after_the_end_count_from_the_actual_end(self, world):
        activity = an_activity(world, State.PUBLISHED)
        hold_activity(
            activity,
            participants_actual=9,
            ended_at=china(2023, 9, 18, 8),
            by=world.filer,
            at=china(2023, 9, 18, 9),
        )
        assert activity.summary_due_at.astimezone(ENDS.tzinfo).date() == china(2023, 9, 28).date()

    def test_a_missing_or_too_long_part_is_told_with_its_clause(self, world):
        activity = an_activity(world, State.COMPLETED)
        with pytest.raises(Incomplete) as caught:
            summarise_activity(
                activity, sections=summary(basics="", results="长" * 501), by=world.filer, at=AFTER
            )
        assert [(str(r), r.field, r.clause_id) for r in caught.value.reasons] == [
            ("请填写“活动基本情况”。", "sections.basics", "DG-57"),
            ("“主要成效”最多500个字，现在有501个字。", "sections.results", "DG-57"),
        ]
        assert loaded(activity).sections == {}

    def test_it_may_be_amended_and_stays_in_time(self, world):
        activity = an_activity(world, State.SUMMARISED)
        summarise_activity(activity, sections={"basics": "补充"}, by=world.filer, at=china(2023, 10, 30))
        row = loaded(activity)
        assert (row.sections["basics"], row.summary_late, row.summarised_at, tally(world)["activity.summarised"]) == (
            "补充", False, AFTER, 1,
        )  # fmt: skip

    def test_a_gate_on_the_parts_is_asked_too(self, world):
        world.season.notices.get().clauses.filter(code="DG-57").delete()
        a_gate(
            world.season.notices.get(),
            "DG-57.gate",
            fact="sections",
            stages=["summary"],
            contains=["basics", "results"],
        )
        activity = an_activity(world, State.COMPLETED)
        with pytest.raises(GateClosed, match="还缺results") as caught:
            summarise_activity(activity, sections={"basics": "好"}, by=world.filer, at=AFTER)
        assert caught.value.reasons[0].clause_id == "DG-57.gate"

    def test_completion_comes_first(self, world):
        with pytest.raises(NotAllowed, match="请先完善活动信息"):
            summarise_activity(an_activity(world, State.HELD), sections=summary(), by=world.filer, at=AFTER)

    def test_two_tabs_count_once(self, world):
        activity = an_activity(world, State.COMPLETED)
        one, other = loaded(activity), loaded(activity)
        summarise_activity(one, sections=summary(), by=world.filer, at=AFTER)
        with pytest.raises(StaleState):
            summarise_activity(other, sections=summary(), by=world.filer, at=AFTER)
        assert events_of(activity).count("summarised") == 1


class TestArchiving:
    @pytest.mark.parametrize("state", [State.HELD, State.COMPLETED, State.SUMMARISED])
    def test_what_was_held_is_archived_and_still_counts(self, world, state):
        activity = an_activity(world, state)
        before = tally(world)
        archive_activity(activity, by=world.coordinator, at=china(2023, 12, 1))
        row = loaded(activity)
        assert (row.state, tally(world)) == (State.ARCHIVED, before)
        assert (row.contact_name, row.contact_phone, row.safety_person) == ("", "", "张安")

    def test_the_job_archives_a_closed_season(self, world):
        done, going = an_activity(world, State.SUMMARISED), an_activity(world, State.PUBLISHED)
        assert archive_season(world.season, china(2023, 12, 1)) == 0
        world.season.is_open = False
        assert archive_season(world.season, china(2023, 12, 1)) == 1
        assert (loaded(done).state, loaded(going).state) == (State.ARCHIVED, State.PUBLISHED)
        assert trace_of(done)[-1][1] is None  # the system

    def test_what_is_refused_just_now_holds_up_none_behind_it(self, world, monkeypatch):
        busy = [an_activity(world, State.HELD) for _ in range(3)]
        done = an_activity(world, State.SUMMARISED)
        archive = jobs.actions.archive_activity

        def stale(activity, *, by, at):
            if activity.pk in {row.pk for row in busy}:
                raise StaleState
            archive(activity, by=by, at=at)

        monkeypatch.setattr(jobs.actions, "archive_activity", stale)
        world.season.is_open = False
        assert archive_season(world.season, china(2023, 12, 1), size=2) == 1
        assert (loaded(done).state, {loaded(row).state for row in busy}) == (State.ARCHIVED, {State.HELD})

    def test_the_host_does_not_archive(self, world):
        with pytest.raises(NotAllowed, match="由统筹单位在届次结束后归档"):
            archive_activity(an_activity(world, State.SUMMARISED), by=world.filer, at=AFTER)


PICTURE = [{"kind": "photo", "place": "网盘"}]


@pytest.mark.parametrize("kind", ["photo", "video"])
def test_pictures_go_no_further_without_a_word_on_children(world, kind):
    activity = an_activity(world, State.HELD)
    given = {
        "media_links": LINK,
        "materials": [{"kind": kind, "place": "网盘"}],
        "by": world.filer,
        "at": AFTER,
    }
    with pytest.raises(Incomplete, match="请声明里面有没有能认出的未成年人") as refusal:
        complete_activity(activity, **given)
    assert refusal.value.reasons[0].field == "minors"
    assert (loaded(activity).state, loaded(activity).materials) == (State.HELD, [])


@pytest.mark.parametrize("said", ["none", "agreed"])
def test_the_declaration_is_kept_with_the_pictures(world, said):
    activity = an_activity(world, State.HELD)
    complete_activity(activity, media_links=LINK, materials=PICTURE, minors=said, by=world.filer, at=AFTER)
    assert (loaded(activity).minors, len(loaded(activity).materials)) == (said, 1)
    complete_activity(loaded(activity), results="补充", by=world.filer, at=AFTER)  # said once, it stands
    assert loaded(activity).minors == said


def test_a_declaration_is_not_taken_back_while_the_pictures_stay(world):
    activity = an_activity(world, State.HELD)
    complete_activity(
        activity, media_links=LINK, materials=PICTURE, minors="agreed", by=world.filer, at=AFTER
    )
    with pytest.raises(Incomplete):
        complete_activity(loaded(activity), minors="", by=world.filer, at=AFTER)


def test_documents_need_no_word_on_children(world):
    activity = an_activity(world, State.HELD)
    complete_activity(
        activity,
        media_links=LINK,
        materials=[{"kind": "document", "place": "网盘"}],
        by=world.filer,
        at=AFTER,
    )
    assert loaded(activity).state == State.COMPLETED


def test_a_missing_word_is_told_together_with_what_the_gates_say(world):
    activity = an_activity(world, State.HELD)
    with pytest.raises(GateClosed) as refusal:
        complete_activity(activity, materials=PICTURE, by=world.filer, at=AFTER)
    assert [reason.field for reason in refusal.value.reasons] == ["media_links", "minors"]
