from datetime import date, timedelta

import pytest
from django.db import connection

from kepu.activities.actions import (
    approve_activity,
    approve_change,
    cancel_activity,
    change_activity,
    edit_draft,
    file_activity,
    hold_activity,
    postpone_activity,
    publish_activity,
    return_change,
    take_back_change,
)
from kepu.activities.models import Publication, PublicationDay, PublishedVersion
from kepu.activities.queries import notes_on
from kepu.activities.workflow import State
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed, StaleState
from kepu.core.search import pk_of
from tests.factories.activities import (
    AFTER,
    ENDS,
    FILED,
    PUBLISHED,
    REVIEWED,
    STARTS,
    a_draft,
    an_activity,
    events_of,
    loaded,
    tally,
    told,
    trace_of,
)
from tests.factories.notices import a_gate, china
from tests.factories.orgs import a_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def days(activity):
    return list(
        PublicationDay.objects.filter(publication_id=activity.pk)
        .order_by("day")
        .values_list("day", flat=True)
    )


def versions(activity):
    return list(
        PublishedVersion.objects.filter(activity=activity)
        .order_by("version")
        .values_list("version", "status")
    )


def words(activity):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM activities_search")
        return [pk_of(row) for (row,) in cursor.fetchall()].count(activity.pk)


class TestPublishing:
    def test_a_frozen_copy_goes_before_the_public(self, world):
        activity = an_activity(world, State.PUBLISHED)
        copy = Publication.objects.get(pk=activity.pk)
        assert (loaded(activity).state, activity.published_at, activity.public_version) == (
            State.PUBLISHED,
            PUBLISHED,
            1,
        )
        assert (copy.title, copy.host_name, copy.status, copy.version, copy.mode, copy.published_at) == (
            "走进中医药", "石龙中学", "on", 1, "offline", PUBLISHED,
        )  # fmt: skip
        assert (copy.province, copy.city, copy.county, copy.town, copy.place_words, copy.place_path) == (
            "440000", "441900", "", "441900103", "广东省东莞市石龙镇", world.town.path,
        )  # fmt: skip
        assert (copy.labels, copy.content["labels"]["fields"]) == (
            " fields:health ",
            [{"code": "health", "label": "健康"}],
        )
        assert (days(activity), versions(activity), words(activity)) == ([date(2023, 9, 17)], [(1, "on")], 1)
        assert tally(world) == {"activity.filed": 1, "activity.approved": 1, "activity.published": 1}

    def test_nothing_personal_is_in_the_copy(self, world):
        activity = an_activity(world, State.PUBLISHED, content_person="赵容", in_principle_note="内部说明")
        seen = str(PublishedVersion.objects.get().content) + str(vars(Publication.objects.get()))
        hidden = ["13800000000", "王联", "张安", "李场", "赵容", "内部说明"]
        assert [word for word in hidden if word in seen] == []
        assert [word for word in hidden[:2] if word in str(trace_of(activity))] == []

    def test_an_online_activity_counts_as_such_and_needs_its_address(self, world):
        activity = an_activity(world, State.APPROVED, mode="online", venue="")
        with pytest.raises(Incomplete, match="请填写线上网址"):
            publish_activity(activity, by=world.filer, at=PUBLISHED)
        change_activity(
            activity, changes={"online_link": "https://live.example.cn/1"}, by=world.filer, at=REVIEWED
        )
        approve_activity(activity, by=world.reviewer, at=REVIEWED)
        publish_activity(activity, by=world.filer, at=PUBLISHED)
        assert tally(world)["activity.online"] == 1

    @pytest.mark.parametrize(
        ("at", "clauses"), [(china(2023, 8, 20, 23, 59), ["DG-47"]), (china(2023, 9, 12), ["DG-48"])]
    )
    def test_gates_of_publication_refuse_with_their_clause(self, world, at, clauses):
        activity = an_activity(world, State.APPROVED)
        with pytest.raises(GateClosed) as caught:
            publish_activity(activity, by=world.filer, at=at)
        assert [reason.clause_id for reason in caught.value.reasons] == clauses
        assert (loaded(activity).state, Publication.objects.count()) == (State.APPROVED, 0)

    def test_an_in_principle_that_was_waived_lets_through(self, world):
        waivers = {"activity.participants_expected.offline": "农村小学"}
        assert (
            an_activity(world, State.PUBLISHED, participants_expected=9, waivers=waivers).state
            == State.PUBLISHED
        )

    def test_what_a_later_notice_asks_holds_for_a_later_publication(self, world):
        activity = an_activity(world, State.APPROVED)
        a_gate(
            world.season.notices.get(), "NEW", fact="publicity_plan", stages=["publication"], required=True
        )
        with pytest.raises(GateClosed):
            publish_activity(activity, by=world.filer, at=PUBLISHED)
        assert loaded(activity).state == State.APPROVED  # it is not un-filed

    def test_publishing_twice_from_two_tabs_makes_one_copy(self, world):
        activity = an_activity(world, State.APPROVED)
        one, other = loaded(activity), loaded(activity)
        publish_activity(one, by=world.filer, at=PUBLISHED)
        with pytest.raises(StaleState):
            publish_activity(other, by=world.filer, at=PUBLISHED)
        assert (versions(activity), events_of(activity)[-1]) == ([(1, "on")], "published")

    def test_only_what_was_approved_is_published(self, world):
        with pytest.raises(NotAllowed, match="审核通过以后才能发布"):
            publish_activity(an_activity(world, State.FILED), by=world.filer, at=PUBLISHED)

    def test_it_is_on_on_every_day_it_lasts_and_not_on_the_one_that_begins_as_it_ends(self, world):
        activity = an_activity(world, State.PUBLISHED, ends_at=china(2023, 9, 20, 0))
        assert days(activity) == [date(2023, 9, d) for d in (17, 18, 19)]

    def test_it_is_found_where_it_is_held_and_counted_where_its_host_is(self, world):
        other = a_place("441900104", "茶山镇", parent=world.city)
        activity = an_activity(world, State.PUBLISHED, place=other)
        copy = Publication.objects.get()
        assert (copy.town, activity.place_path) == ("441900104", world.town.path)

    def test_editing_goes_on_nowhere_once_it_is_public(self, world):
        with pytest.raises(NotAllowed, match="请用“变更”"):
            edit_draft(
                an_activity(world, State.PUBLISHED), changes={"title": "x"}, by=world.filer, at=PUBLISHED
            )


class TestChanging:
    def test_what_the_public_relies_on_waits_for_review_while_the_old_copy_stands(self, world):
        activity = an_activity(world, State.PUBLISHED)
        change_activity(
            activity,
            changes={"venue": "石龙镇文化馆", "summary": "新简介"},
            reason="礼堂维修",
            by=world.filer,
            at=PUBLISHED,
        )
        row = loaded(activity)
        assert (row.state, row.venue, row.summary, row.proposed) == (
            State.CHANGED, "石龙中学礼堂", "讲座和体验", {"venue": "石龙镇文化馆", "summary": "新简介"},
        )  # fmt: skip
        assert (Publication.objects.get().content["venue"], versions(activity)) == (
            "石龙中学礼堂",
            [(1, "on")],
        )
        assert told()[-1] == (world.city_office.pk, "change_proposed", "请审核变更：走进中医药")
        assert trace_of(activity)[-1][2] == {
            "before": "published", "fields": ["summary", "venue"], "reason": "礼堂维修",
        }  # fmt: skip

    def test_agreed_it_becomes_the_activity_and_a_new_copy(self, world):
        activity = an_activity(world, State.CHANGED)
        approve_change(activity, words="同意", by=world.reviewer, at=PUBLISHED)
        row = loaded(activity)
        copy = Publication.objects.get()
        assert (row.state, row.venue, row.proposed, row.public_version) == (
            State.PUBLISHED,
            "石龙镇文化馆",
            None,
            2,
        )
        assert (copy.content["venue"], copy.status, copy.version) == ("石龙镇文化馆", "changed", 2)
        assert versions(activity) == [(1, "on"), (2, "changed")]
        assert notes_on(activity).last().proposed == {"venue": "石龙镇文化馆"}
        assert told()[-1] == (world.school.pk, "change_decided", "变更已同意，并已向公众更新：走进中医药")

    def test_refused_nothing_changes_for_the_public_and_nothing_typed_is_lost(self, world):
        activity = an_activity(world, State.CHANGED)
        with pytest.raises(Incomplete, match="请说明为什么不同意变更"):
            return_change(activity, words=" ", by=world.reviewer, at=PUBLISHED)
        return_change(activity, words="太远", by=world.reviewer, at=PUBLISHED)
        row = loaded(activity)
        assert (row.state, row.venue, row.proposed) == (
            State.PUBLISHED,
            "石龙中学礼堂",
            {"venue": "石龙镇文化馆"},
        )
        assert versions(activity) == [(1, "on")]

    def test_the_host_may_take_it_back(self, world):
        activity = an_activity(world, State.CHANGED)
        with pytest.raises(NotAllowed, match="前一次变更还在审核"):
            change_activity(activity, changes={"title": "x"}, by=world.filer, at=PUBLISHED)
        take_back_change(activity, by=world.filer, at=PUBLISHED)
        assert (loaded(activity).state, activity.proposed) == (State.PUBLISHED, None)

    def test_a_new_time_moves_its_days(self, world):
        activity = an_activity(world, State.PUBLISHED)
        later = {"starts_at": STARTS + timedelta(days=1), "ends_at": ENDS + timedelta(days=2)}
        change_activity(activity, changes=later, by=world.filer, at=PUBLISHED)
        assert days(activity) == [date(2023, 9, 17)]
        approve_change(activity, by=world.reviewer, at=PUBLISHED)
        assert days(activity) == [date(2023, 9, 18), date(2023, 9, 19)]
        assert (activity.starts_at, loaded(activity).starts_at) == (later["starts_at"], later["starts_at"])

    def test_anything_else_is_published_at_once(self, world):
        activity = an_activity(world, State.PUBLISHED)
        change_activity(activity, changes={"summary": "新简介"}, by=world.filer, at=PUBLISHED)
        assert (activity.state, Publication.objects.get().content["summary"]) == (State.PUBLISHED, "新简介")
        assert (versions(activity), events_of(activity)[-1]) == ([(1, "on"), (2, "changed")], "changed")
        assert Publication.objects.get().status == "on"

    def test_writing_what_stands_there_makes_no_new_copy(self, world):
        activity = an_activity(world, State.PUBLISHED)
        change_activity(activity, changes={"venue": "石龙中学礼堂"}, by=world.filer, at=PUBLISHED)
        assert (activity.state, versions(activity), events_of(activity)[-1]) == (
            State.PUBLISHED,
            [(1, "on")],
            "published",
        )

    def test_before_publication_a_material_change_is_a_new_filing(self, world):
        activity = an_activity(world, State.APPROVED)
        change_activity(
            activity, changes={"safety_person": "钱全"}, reason="换人", by=world.filer, at=REVIEWED
        )
        row = loaded(activity)
        assert (row.state, row.round, row.approved_at, row.safety_person) == (State.FILED, 2, None, "钱全")
        assert tally(world) == {"activity.filed": 1}
        assert told()[-1][:2] == (world.city_office.pk, "filed")

    def test_before_publication_a_small_change_changes_the_row(self, world):
        activity = an_activity(world, State.APPROVED)
        change_activity(activity, changes={"summary": "新简介"}, by=world.filer, at=REVIEWED)
        assert (loaded(activity).state, loaded(activity).summary) == (State.APPROVED, "新简介")

    def test_gates_are_asked_about_what_changes(self, world):
        activity = an_activity(world, State.PUBLISHED)
        late = china(2023, 9, 15)
        change_activity(activity, changes={"venue": "新馆"}, by=world.filer, at=late)
        take_back_change(activity, by=world.filer, at=late)
        with pytest.raises(GateClosed) as caught:
            change_activity(
                activity, changes={"starts_at": STARTS + timedelta(hours=1)}, by=world.filer, at=late
            )
        assert [reason.clause_id for reason in caught.value.reasons] == ["DG-48"]

    def test_fewer_people_than_in_principle_need_a_waiver(self, world):
        activity = an_activity(world, State.PUBLISHED)
        change_activity(activity, changes={"participants_expected": 10}, by=world.filer, at=PUBLISHED)
        with pytest.raises(GateClosed, match="同意例外的，请写明理由"):
            approve_change(activity, by=world.reviewer, at=PUBLISHED)
        approve_change(
            activity,
            waivers={"activity.participants_expected.offline": "限流"},
            by=world.reviewer,
            at=PUBLISHED,
        )
        assert Publication.objects.get().content["participants_expected"] == 10

    def test_a_waiver_for_the_old_numbers_does_not_speak_for_new_ones(self, world):
        few = "activity.participants_expected.offline"
        activity = an_activity(world, State.PUBLISHED, participants_expected=40, waivers={few: "小学"})
        change_activity(activity, changes={"participants_expected": 5}, by=world.filer, at=PUBLISHED)
        assert activity.unwaived == [few]
        with pytest.raises(GateClosed):
            approve_change(activity, by=world.reviewer, at=PUBLISHED)
        return_change(activity, words="太少", by=world.reviewer, at=PUBLISHED)
        change_activity(activity, changes={"venue": "新馆"}, by=world.filer, at=PUBLISHED)
        approve_change(
            activity, by=world.reviewer, at=PUBLISHED
        )  # the refused numbers ask for nothing any more

    def test_what_becomes_an_online_activity_brings_its_address(self, world):
        with pytest.raises(Incomplete, match="请填写线上网址"):
            change_activity(
                an_activity(world, State.PUBLISHED), changes={"mode": "online"}, by=world.filer, at=PUBLISHED
            )

    def test_a_phone_in_a_change_is_kept_with_the_activity_and_in_no_note(self, world):
        activity = an_activity(world, State.PUBLISHED)
        changes = {"venue": "新馆", "contact_phone": "13911111111"}
        change_activity(activity, changes=changes, by=world.filer, at=PUBLISHED)
        approve_change(activity, by=world.reviewer, at=PUBLISHED)
        assert (loaded(activity).contact_phone, notes_on(activity).last().proposed) == (
            "13911111111",
            {"venue": "新馆"},
        )
        assert "13911111111" not in str(trace_of(activity)) + str(told())

    def test_a_change_of_mode_moves_the_count_when_it_is_agreed(self, world):
        activity = an_activity(world, State.PUBLISHED)
        changes = {"mode": "mixed", "online_link": "https://live.example.cn/1"}
        change_activity(activity, changes=changes, by=world.filer, at=PUBLISHED)
        assert "activity.online" not in tally(world)
        approve_change(activity, by=world.reviewer, at=PUBLISHED)
        assert tally(world)["activity.online"] == 1

    def test_two_reviewers_decide_once(self, world):
        activity = an_activity(world, State.CHANGED)
        one, other = loaded(activity), loaded(activity)
        approve_change(one, by=world.reviewer, at=PUBLISHED)
        with pytest.raises(StaleState):
            return_change(other, words="不", by=world.coordinator, at=PUBLISHED)
        assert versions(activity) == [(1, "on"), (2, "changed")]


class TestPostponing:
    def test_it_is_public_at_once_with_the_reason_above(self, world):
        activity = an_activity(world, State.POSTPONED)
        copy = Publication.objects.get()
        assert (copy.status, copy.status_words, copy.first_day, days(activity)) == (
            "postponed", "台风", date(2023, 9, 19), [date(2023, 9, 19)],
        )  # fmt: skip
        said = "活动延期（9月19日09:00）：走进中医药"
        assert told()[-2:] == [
            (office.pk, "postponed", said) for office in (world.city_office, world.town_office)
        ]

    def test_without_a_new_time_it_is_on_on_no_day(self, world):
        activity = an_activity(world, State.PUBLISHED)
        postpone_activity(activity, reason="暴雨", by=world.filer, at=china(2023, 9, 16))
        assert (activity.time_pending, days(activity), Publication.objects.get().time_pending) == (
            True,
            [],
            True,
        )
        assert told()[-1][2] == "活动延期（时间另行通知）：走进中医药"
        postpone_activity(
            activity, reason="改期", starts_at=china(2023, 9, 20, 14), by=world.filer, at=china(2023, 9, 18)
        )
        assert (activity.time_pending, days(activity), activity.ends_at) == (
            False,
            [date(2023, 9, 20)],
            china(2023, 9, 20, 22),
        )
        assert versions(activity) == [(1, "on"), (2, "postponed"), (3, "postponed")]

    def test_lead_time_does_not_stand_in_the_way_of_safety(self, world):
        activity = an_activity(world, State.PUBLISHED)
        postpone_activity(
            activity, reason="高温", starts_at=china(2023, 9, 18), by=world.filer, at=china(2023, 9, 16)
        )
        assert activity.state == State.POSTPONED

    def test_the_reason_stands_above_whatever_copy_comes_after(self, world):
        activity = an_activity(world, State.POSTPONED)
        change_activity(activity, changes={"summary": "新简介"}, by=world.filer, at=PUBLISHED)
        change_activity(activity, changes={"venue": "新馆"}, by=world.filer, at=PUBLISHED)
        approve_change(activity, by=world.reviewer, at=PUBLISHED)
        copy = Publication.objects.get()
        assert (copy.status, copy.status_words, copy.content["venue"], copy.content["summary"], copy.version) == (
            "postponed", "台风", "新馆", "新简介", 4,
        )  # fmt: skip

    def test_a_new_time_may_also_come_by_a_change_that_was_reviewed(self, world):
        activity = an_activity(world, State.PUBLISHED)
        postpone_activity(activity, reason="暴雨", by=world.filer, at=PUBLISHED)
        later = {"starts_at": STARTS + timedelta(days=3), "ends_at": ENDS + timedelta(days=3)}
        change_activity(activity, changes=later, by=world.filer, at=PUBLISHED)
        approve_change(activity, by=world.reviewer, at=PUBLISHED)
        assert (activity.state, activity.time_pending, days(activity)) == (
            State.POSTPONED,
            False,
            [date(2023, 9, 20)],
        )

    def test_a_change_under_review_falls_and_what_was_typed_stays(self, world):
        activity = an_activity(world, State.CHANGED)
        postpone_activity(activity, reason="台风", by=world.coordinator, at=PUBLISHED)
        row = loaded(activity)
        assert (row.state, row.venue, row.proposed) == (
            State.POSTPONED,
            "石龙中学礼堂",
            {"venue": "石龙镇文化馆"},
        )
        offices = [unit for unit, kind, _subject in told() if kind == "postponed"]
        assert offices == [world.school.pk, world.town_office.pk]  # everybody but the coordinator who acted

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"reason": ""}, "请写明延期的原因"),
            ({"reason": "台风", "starts_at": china(2023, 8, 1)}, "新的开始时间要在现在以后"),
            ({"reason": "台风", "starts_at": STARTS, "ends_at": STARTS}, "结束时间要晚于开始时间"),
        ],
    )
    def test_what_is_missing_is_told(self, world, given, sentence):
        with pytest.raises(Incomplete, match=sentence):
            postpone_activity(an_activity(world, State.PUBLISHED), **given, by=world.filer, at=PUBLISHED)


class TestCancelling:
    def test_the_public_still_finds_it_with_the_reason_above(self, world):
        activity = an_activity(world, State.CANCELLED)
        copy = Publication.objects.get()
        assert (copy.status, copy.status_words, days(activity)) == ("cancelled", "台风", [date(2023, 9, 17)])
        assert tally(world) == {"activity.filed": 1, "activity.approved": 1, "activity.cancelled": 1}
        assert told()[-2:] == [
            (office.pk, "cancelled", "活动取消：走进中医药")
            for office in (world.city_office, world.town_office)
        ]

    def test_the_coordinator_of_the_place_may_cancel_and_the_host_is_told(self, world):
        cancel_activity(
            an_activity(world, State.PUBLISHED), reason="洪水", by=world.town_coordinator, at=PUBLISHED
        )
        assert [one[:2] for one in told()[-2:]] == [
            (world.school.pk, "cancelled"),
            (world.city_office.pk, "cancelled"),
        ]

    def test_a_reason_is_needed(self, world):
        with pytest.raises(Incomplete, match="请写明取消的原因"):
            cancel_activity(an_activity(world, State.PUBLISHED), reason="", by=world.filer, at=PUBLISHED)

    def test_what_was_cancelled_stays_so(self, world):
        activity = an_activity(world, State.CANCELLED)
        for act in (
            lambda: postpone_activity(activity, reason="x", by=world.filer, at=PUBLISHED),
            lambda: hold_activity(activity, participants_actual=1, by=world.filer, at=AFTER),
            lambda: file_activity(activity, by=world.filer, at=FILED),
        ):
            with pytest.raises(NotAllowed, match="现在是“已取消”"):
                act()


def test_a_digest_changes_with_whatever_the_public_reads(world):
    activity = a_draft(world)
    file_activity(activity, by=world.filer, at=FILED)
    approve_activity(activity, by=world.reviewer, at=REVIEWED)
    publish_activity(activity, by=world.filer, at=PUBLISHED)
    seen = [Publication.objects.get().digest]
    change_activity(activity, changes={"summary": "新"}, by=world.filer, at=PUBLISHED + timedelta(hours=1))
    seen.append(Publication.objects.get().digest)
    cancel_activity(activity, reason="台风", by=world.filer, at=PUBLISHED + timedelta(hours=1))
    seen.append(Publication.objects.get().digest)
    assert len(set(seen)) == 3


def test_a_reason_too_long_to_be_kept_is_refused_and_not_cut(world):
    activity = an_activity(world, State.PUBLISHED)

    with pytest.raises(Incomplete, match="说明最多500个字，现在有501个字"):
        cancel_activity(activity, reason="雨" * 501, by=world.filer, at=PUBLISHED)

    assert loaded(activity).state == State.PUBLISHED
