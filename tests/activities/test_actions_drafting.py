from uuid import uuid4

import pytest
from django.db import IntegrityError

from kepu.activities.actions import copy_activity, create_draft, edit_draft, withdraw_activity
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs.models import Role
from tests.factories.activities import (
    FILED,
    STARTS,
    a_draft,
    an_activity,
    content,
    events_of,
    loaded,
    tally,
    told,
    trace_of,
)
from tests.factories.notices import a_season
from tests.factories.orgs import a_unit, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def test_a_draft_is_the_units_and_keeps_where_it_rolls_up(world):
    draft = a_draft(world)
    row = loaded(draft)
    assert (row.state, row.unit, row.place_path, row.place, row.activity_level, row.version, row.title) == (
        State.DRAFT, world.school, world.school.place_path, world.town, "town", 1, "走进中医药",
    )  # fmt: skip
    assert (trace_of(draft), told(), tally(world)) == (
        [("activity.drafted", world.filer.person_id, {})],
        [],
        {},
    )


def test_nothing_is_required_of_a_draft(world):
    assert create_draft(uuid4(), season=world.season, by=world.filer, at=FILED).title == ""


def test_a_form_sent_twice_makes_one_draft(world):
    token = uuid4()
    first = create_draft(token, season=world.season, content=content(), by=world.filer, at=FILED)
    second = create_draft(
        token, season=world.season, content=content(title="又一次"), by=world.filer, at=FILED
    )
    assert (second.pk, second.title, Activity.objects.count(), events_of(first)) == (
        first.pk, "走进中医药", 1, ["drafted"],
    )  # fmt: skip


def test_a_token_of_another_unit_opens_nothing(world):
    draft = a_draft(world)
    stranger = an_actor(a_unit(world.town, "石龙小学", kind="school"))
    with pytest.raises(NotAllowed, match="另一个单位"):
        create_draft(draft.token, season=world.season, by=stranger, at=FILED)


def test_a_fault_that_is_no_second_sending_is_not_taken_for_one(world, monkeypatch):
    def fail(*_args, **_kwargs):
        raise IntegrityError

    monkeypatch.setattr(Activity, "save", fail)
    with pytest.raises(IntegrityError):
        a_draft(world)


def test_a_closed_season_takes_no_drafts(world):
    world.season.is_open = False
    with pytest.raises(NotAllowed, match="“2023年全国科普日”已经结束"):
        a_draft(world)


def test_a_village_files_among_the_towns_activities(world):
    world.school.level = "village"
    assert a_draft(world).activity_level == "town"


def test_what_is_unfit_makes_no_draft(world):
    with pytest.raises(Incomplete, match="结束时间要晚于开始时间"):
        a_draft(world, ends_at=STARTS)
    assert Activity.objects.count() == 0


def test_editing_writes_what_changed_and_says_which_fields(world):
    draft = a_draft(world)
    edit_draft(
        draft,
        changes={"title": "新名称", "venue": "石龙中学礼堂", "contact_phone": "139"},
        by=world.filer,
        at=FILED,
    )
    row = loaded(draft)
    assert (row.title, row.version, row.contact_phone) == ("新名称", 2, "139")
    assert trace_of(draft)[-1] == (
        "activity.edited",
        world.filer.person_id,
        {"fields": ["contact_phone", "title"]},
    )


def test_writing_what_stands_there_leaves_no_trace(world):
    draft = a_draft(world)
    edit_draft(draft, changes=content(), by=world.filer, at=FILED)
    assert (draft.version, events_of(draft)) == (1, ["drafted"])


def test_two_tabs_the_slower_is_told_and_overwrites_nothing(world):
    draft = a_draft(world)
    one, other = loaded(draft), loaded(draft)
    edit_draft(one, changes={"title": "甲"}, expected_version=1, by=world.filer, at=FILED)
    with pytest.raises(StaleState, match="已经被别人处理过"):
        edit_draft(other, changes={"title": "乙"}, expected_version=1, by=world.filer, at=FILED)
    with pytest.raises(StaleState):
        edit_draft(loaded(draft), changes={"title": "丙"}, expected_version=1, by=world.filer, at=FILED)
    assert (loaded(draft).title, events_of(draft)) == ("甲", ["drafted", "edited"])


def test_a_returned_activity_is_edited_and_a_filed_one_is_not(world):
    returned = an_activity(world, State.RETURNED)
    edit_draft(returned, changes={"summary": "补充"}, by=world.filer, at=FILED)
    filed = an_activity(world, State.FILED)
    with pytest.raises(NotAllowed, match="现在是“待审核”，不能直接修改"):
        edit_draft(filed, changes={"summary": "补充"}, by=world.filer, at=FILED)


def test_a_copy_repeats_everything_but_the_dates(world):
    source = an_activity(world, State.SUMMARISED)
    token = uuid4()
    copied = copy_activity(source, token, changes={"title": "第二场"}, by=world.filer, at=FILED)
    same = copy_activity(source, token, by=world.filer, at=FILED)
    row = loaded(copied)
    assert (row.title, row.venue, row.fields, row.contact_phone) == (
        "第二场",
        source.venue,
        ["health"],
        "13800000000",
    )
    assert (row.state, row.starts_at, row.ends_at, row.participants_actual, row.round) == (
        State.DRAFT,
        None,
        None,
        None,
        0,
    )
    assert same.pk == copied.pk


def test_a_copy_may_go_into_the_next_season(world):
    copied = copy_activity(a_draft(world), uuid4(), season=a_season("2024"), by=world.filer, at=FILED)
    assert copied.season.code == "2024"


def test_nobody_copies_what_is_anothers(world):
    stranger = an_actor(a_unit(world.town, "石龙小学", kind="school"))
    with pytest.raises(NotAllowed, match="只有举办单位的填报岗位"):
        copy_activity(a_draft(world), uuid4(), by=stranger, at=FILED)


@pytest.mark.parametrize("state", [State.DRAFT, State.FILED, State.RETURNED, State.APPROVED])
def test_what_is_not_yet_public_can_be_taken_back(world, state):
    activity = an_activity(world, state)
    withdraw_activity(activity, reason="不办了", by=world.filer, at=FILED)
    row = loaded(activity)
    assert (row.state, row.withdrawn_at, tally(world)) == (State.WITHDRAWN, FILED, {})
    assert trace_of(activity)[-1][2] == {"reason": "不办了", "before": str(state)}


def test_what_is_public_is_cancelled_and_not_withdrawn(world):
    with pytest.raises(NotAllowed, match="请用“取消”告诉公众"):
        withdraw_activity(an_activity(world, State.PUBLISHED), by=world.filer, at=FILED)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FILER}))
def test_only_a_filer_of_the_unit_writes(world, role):
    other = an_actor(world.school, role, places=[world.town])
    draft = a_draft(world)
    for act in (
        lambda: a_draft(world, by=other),
        lambda: edit_draft(draft, changes={"title": "x"}, by=other, at=FILED),
        lambda: withdraw_activity(draft, by=other, at=FILED),
    ):
        with pytest.raises(NotAllowed, match="填报岗位"):
            act()
