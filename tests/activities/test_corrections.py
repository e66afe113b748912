"""Typing errors and mixed changes: what the public reads at once, what waits, what the trace and the reviewer are told."""

import pytest

from kepu.activities.actions import approve_change, change_activity
from kepu.activities.models import Publication
from kepu.activities.workflow import State
from kepu.core import audit, tallies
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete
from kepu.core.telling import Named, Row, saying_of
from tests.factories.activities import (
    PUBLISHED,
    REVIEWED,
    an_activity,
    events_of,
    loaded,
    told,
    trace_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def public():
    return Publication.objects.get().content


def test_a_typing_error_in_the_venue_is_mended_at_once_and_the_reviewer_is_told(world):
    activity = an_activity(world, State.PUBLISHED, venue="石龙中学礼唐")
    change_activity(
        activity,
        changes={"venue": "石龙中学礼堂"},
        typing_errors=True,
        reason="写错了",
        by=world.filer,
        at=PUBLISHED,
    )
    row = loaded(activity)
    assert (row.state, row.venue, public()["venue"]) == (State.PUBLISHED, "石龙中学礼堂", "石龙中学礼堂")
    event, person, detail = trace_of(activity)[-1]
    assert (event, person, detail["corrections"]) == (
        "activity.corrected", world.filer.person_id, {"venue": ["石龙中学礼唐", "石龙中学礼堂"]},
    )  # fmt: skip
    assert told()[-1] == (world.city_office.pk, "corrected", "改了错字，已经生效，不用审核：走进中医药")
    assert (
        OutboxRow.objects.order_by("id").last().payload["body"]
        == "场地名称：“石龙中学礼唐”改为“石龙中学礼堂”"
    )


def test_the_trace_says_what_was_mended(world):
    activity = an_activity(world, State.PUBLISHED, venue="石龙中学礼唐")
    change_activity(
        activity, changes={"venue": "石龙中学礼堂"}, typing_errors=True, by=world.filer, at=PUBLISHED
    )
    entry = audit.of(activity).order_by("-id").first()
    sentence = str(saying_of(entry.event).tell(Row(entry, Named("王"), Named("走进中医药"), {})))
    assert sentence == "王改了活动走进中医药的错字。场地名称由“石龙中学礼唐”改为“石龙中学礼堂”。"


def test_before_publication_it_needs_no_new_filing_either(world):
    activity = an_activity(world, State.APPROVED, title="走近中医药")
    change_activity(
        activity, changes={"title": "走进中医药"}, typing_errors=True, by=world.filer, at=REVIEWED
    )
    assert (activity.state, activity.title, activity.round) == (State.APPROVED, "走进中医药", 1)


def test_another_venue_is_no_typing_error_and_nothing_is_written(world):
    activity = an_activity(world, State.PUBLISHED)
    with pytest.raises(Incomplete, match="“场地名称”不能当作错字") as caught:
        change_activity(
            activity,
            changes={"venue": "镇文化馆", "summary": "新"},
            typing_errors=True,
            by=world.filer,
            at=PUBLISHED,
        )
    assert [reason.field for reason in caught.value.reasons] == ["venue"]
    assert (loaded(activity).version, events_of(activity)[-1]) == (activity.version, "published")


def test_many_small_corrections_do_not_make_another_venue(world):
    """Two characters now and two more in a minute would bring any text before the public, read by nobody."""
    activity = an_activity(world, State.PUBLISHED, venue="石龙中学科学报告厅")
    who = {"typing_errors": True, "by": world.filer, "at": PUBLISHED}
    change_activity(activity, changes={"venue": "石龙中学科学会议厅"}, **who)
    for venue in ("石龙中学体育会议厅", "石龙小学科学会议厅"):
        with pytest.raises(Incomplete, match="“场地名称”不能当作错字"):
            change_activity(activity, changes={"venue": venue}, **who)
    change_activity(activity, changes={"venue": "石龙中学科学报告厅"}, **who)  # as it was approved
    assert public()["venue"] == "石龙中学科学报告厅"


def test_what_its_reviewer_has_agreed_to_is_measured_anew(world):
    activity = an_activity(world, State.PUBLISHED, venue="石龙中学科学报告厅")
    who = {"by": world.filer, "at": PUBLISHED}
    change_activity(activity, changes={"venue": "石龙中学科学会议厅"}, typing_errors=True, **who)
    change_activity(activity, changes={"venue": "石龙中学体育会议厅"}, **who)
    approve_change(activity, by=world.reviewer, at=PUBLISHED)
    change_activity(activity, changes={"venue": "石龙中学体育汇议厅"}, typing_errors=True, **who)
    assert public()["venue"] == "石龙中学体育汇议厅"


def test_without_the_word_of_its_host_the_smallest_edit_is_reviewed(world):
    activity = an_activity(world, State.PUBLISHED, venue="石龙中学礼唐")
    change_activity(activity, changes={"venue": "石龙中学礼堂"}, by=world.filer, at=PUBLISHED)
    assert (activity.state, public()["venue"]) == (State.CHANGED, "石龙中学礼唐")


class TestMixed:
    CHANGES = {"venue": "镇文化馆", "summary": "新简介"}

    def test_it_waits_as_one(self, world):
        activity = an_activity(world, State.PUBLISHED)
        change_activity(activity, changes=self.CHANGES, by=world.filer, at=PUBLISHED)
        assert (activity.proposed, public()["summary"]) == (self.CHANGES, "讲座和体验")
        approve_change(activity, by=world.reviewer, at=PUBLISHED)
        assert (public()["venue"], public()["summary"]) == ("镇文化馆", "新简介")

    def test_its_host_may_let_the_rest_hold_at_once(self, world):
        activity = an_activity(world, State.PUBLISHED)
        change_activity(activity, changes=self.CHANGES, apart=True, by=world.filer, at=PUBLISHED)
        assert (activity.state, activity.proposed) == (State.CHANGED, {"venue": "镇文化馆"})
        assert (public()["venue"], public()["summary"]) == ("石龙中学礼堂", "新简介")
        assert events_of(activity)[-2:] == ["changed", "change_proposed"]
        assert [trace_of(activity)[n][2]["fields"] for n in (-2, -1)] == [["summary"], ["venue"]]
        approve_change(activity, by=world.reviewer, at=PUBLISHED)
        assert (public()["venue"], public()["summary"], tallies.verify()) == ("镇文化馆", "新简介", [])

    def test_before_publication_it_is_filed_anew_as_a_whole(self, world):
        activity = an_activity(world, State.APPROVED)
        change_activity(activity, changes=self.CHANGES, apart=True, by=world.filer, at=REVIEWED)
        assert (activity.state, activity.venue, activity.summary) == (State.FILED, "镇文化馆", "新简介")
