"""How one takes part and what makes an activity accessible: from the host's words to what lists find and count."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu.activities import actions, gates, lists
from kepu.activities.content import cleaned
from kepu.activities.facts import facts_of
from kepu.activities.models import Access, Activity, Publication, PublishedVersion, TakingPart
from kepu.activities.models.publication import digest_of
from kepu.activities.personal import without_pictures
from kepu.activities.questions import Question
from kepu.activities.workflow import IN_PUBLIC, State
from kepu.core import tallies
from kepu.core.refusals import Incomplete, Refused, StaleState
from kepu.notices.kinds.gate import Stage
from kepu.notices.rulebook import rules_in_force
from tests.factories.activities import (
    AFTER,
    PUBLISHED,
    a_world,
    an_activity,
    events_of,
    loaded,
    taken_back,
)
from tests.factories.notices import a_gate, dongguan

pytestmark = pytest.mark.django_db
BOOKED = {
    "taking_part": "booking", "booking_link": "https://book.example.cn/1", "booking_note": "打 13911112222", "capacity": 50,
    "accessibility": ["captions", "wheelchair"], "accessibility_note": "从东门进",
}  # fmt: skip
KINDS = ({"vacant": "1"}, {"access": "any"}, {"access": "wheelchair"})


@pytest.fixture
def world():
    return a_world()


def found(world, **facets):
    """What a list finds, and how many its numbers say, by the three ways of counting."""
    question = Question(world.season, PUBLISHED, facets=facets)
    shown = [line.publication.pk for line in lists.page_of(question).items]
    code = ":".join(next(iter(facets.items())))
    by_kind = lists.counted(Question(world.season, PUBLISHED), {}).kinds.get(code, 0)
    there = lists.counted(question, {})
    assert there.total.n == by_kind == there.kinds[""] == len(shown)
    return shown


def test_what_is_written_goes_before_the_public_and_into_the_lists(world):
    activity = an_activity(world, State.PUBLISHED, **BOOKED)
    an_activity(world, State.PUBLISHED, taking_part="groups", booking_note="不公开的话")
    walk_in = an_activity(world, State.PUBLISHED, taking_part="walk_in")
    copy = Publication.objects.get(pk=activity.pk)
    assert {name: copy.content[name] for name in BOOKED} == {
        **BOOKED,
        "accessibility": ["wheelchair", "captions"],
    }
    assert Publication.objects.get(pk=activity.pk + 1).content["booking_note"] == ""
    assert [found(world, **facets) for facets in KINDS] == [[activity.pk, walk_in.pk], *[[activity.pk]] * 2]


def test_one_word_says_that_it_is_full_and_takes_it_back(world):
    activity = an_activity(world, State.PUBLISHED, **BOOKED)
    before = Publication.objects.get(pk=activity.pk)
    actions.tell_places(activity, full=True, by=world.filer, at=PUBLISHED)
    full = Publication.objects.get(pk=activity.pk)
    assert (full.is_full, full.digest != before.digest, full.content == before.content) == (True, True, True)
    assert (found(world, vacant="1"), found(world, access="wheelchair")) == ([], [activity.pk])
    actions.tell_places(activity, full=True, by=world.filer, at=PUBLISHED)  # pressed twice
    actions.tell_places(activity, full=False, by=world.filer, at=PUBLISHED)
    again = Publication.objects.get(pk=activity.pk)
    assert (again.is_full, again.labels, again.listed) == (False, before.labels, before.listed)
    assert found(world, vacant="1") == [activity.pk]
    assert events_of(activity)[-2:] == ["full", "places_left"]
    assert tallies.verify() == []


def test_of_two_tabs_one_is_told_and_a_change_agreed_to_meanwhile_cannot_undo_it(world):
    activity = an_activity(world, State.PUBLISHED, **BOOKED)
    tab = loaded(activity)
    actions.tell_places(activity, full=True, by=world.filer, at=PUBLISHED)
    with pytest.raises(StaleState):
        actions.tell_places(tab, full=True, by=world.filer, at=PUBLISHED)
    actions.change_activity(activity, changes={"venue": "文化馆"}, by=world.filer, at=PUBLISHED)
    open_page = loaded(activity)
    actions.tell_places(activity, full=False, by=world.filer, at=PUBLISHED)
    with pytest.raises(StaleState):
        actions.approve_change(open_page, by=world.reviewer, at=PUBLISHED)
    actions.approve_change(loaded(activity), by=world.reviewer, at=PUBLISHED)
    assert (found(world, vacant="1"), tallies.verify()) == ([activity.pk], [])


@pytest.mark.parametrize("state", sorted(set(State) - IN_PUBLIC))
def test_only_what_is_announced_and_to_come_can_be_full(world, state):
    activity = an_activity(world, state, **BOOKED)
    with pytest.raises(Refused, match="已发布、还没有举办的活动才能标名额"):
        actions.tell_places(activity, full=True, by=world.filer, at=AFTER)
    assert found(world, vacant="1") == []


def test_a_change_of_it_needs_no_review(world):
    activity = an_activity(world, State.PUBLISHED, taking_part="walk_in")
    actions.change_activity(activity, changes=BOOKED, by=world.filer, at=PUBLISHED)
    copy = Publication.objects.get(pk=activity.pk)
    assert (activity.state, copy.version, copy.content["capacity"]) == (State.PUBLISHED, 2, 50)
    assert found(world, access="any") == [activity.pk]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"accessibility": ["wings"]}, "“无障碍”没有“wings”这一项。"),
        ({"taking_part": "swim"}, "“参加方式”没有“swim”这一项。"),
        ({"capacity": 0}, "“名额”最少写 1；不限就空着。"),
        ({"booking_link": "javascript:alert(1)"}, "“预约网址”要以 http:// 或 https:// 开头。"),
    ],
)
def test_what_is_unfit_is_told(values, sentence):
    with pytest.raises(Incomplete) as refused:
        cleaned(values)
    assert [str(reason) for reason in refused.value.reasons] == [sentence]


def test_a_notice_may_ask_for_it():
    def asking(season, place, *, issuer_unit=None):
        notice = dongguan(season, place, issuer_unit=issuer_unit)
        a_gate(notice, "DG-90", fact="taking_part", required=True)
        a_gate(notice, "DG-91", fact="accessibility", contains=["wheelchair"], when={"mode": ["offline"]})

    world = a_world(rules=asking)
    activity = Activity(
        unit=world.school,
        place=world.town,
        **BOOKED | {"accessibility": [], "taking_part": ""},
        mode="offline",
    )
    rules = rules_in_force(world.school, world.season, at=PUBLISHED)

    def asked():
        facts = facts_of(activity, host=world.school, at=PUBLISHED, stage=Stage.FILING)
        said = gates.check_gates(rules, facts, Stage.FILING).refusals
        return [str(reason) for reason in said if reason.field in BOOKED]

    assert len(asked()) == 2
    assert "轮椅可以进出" in asked()[1]
    activity.taking_part, activity.accessibility = "walk_in", ["wheelchair"]
    assert asked() == []


def test_the_words_of_notices_are_those_of_activities():
    from kepu.notices.kinds.facts import VALUES

    assert VALUES["taking_part"] == dict(TakingPart.choices)
    assert VALUES["accessibility"] == dict(Access.choices)


def test_the_number_for_booking_goes_with_the_season_and_the_copy_still_proves_itself(world):
    activity = an_activity(world, State.PUBLISHED, **BOOKED)
    version = PublishedVersion.objects.get(activity=activity)
    left = without_pictures(version, version.content)
    assert (left["booking_note"], left["title"]) == ("打 （已删除）", activity.title)
    version.content, version.erased_digest = left, digest_of(left)
    assert version.is_whole


WRITES = {
    "full": lambda a, w: actions.tell_places(a, full=True, by=w.filer, at=PUBLISHED),
    "left": lambda a, w: actions.tell_places(a, full=False, by=w.filer, at=PUBLISHED),
    "groups": lambda a, w: actions.change_activity(a, changes={"taking_part": "groups"}, by=w.filer, at=PUBLISHED),
    "walk in": lambda a, w: actions.change_activity(a, changes={"taking_part": "walk_in"}, by=w.filer, at=PUBLISHED),
    "ramp": lambda a, w: actions.change_activity(a, changes={"accessibility": ["wheelchair", "touch"]}, by=w.filer, at=PUBLISHED),
    "no ramp": lambda a, w: actions.change_activity(a, changes={"accessibility": ["touch"]}, by=w.filer, at=PUBLISHED),
    "none": lambda a, w: actions.change_activity(a, changes={"accessibility": []}, by=w.filer, at=PUBLISHED),
    "key": lambda a, w: actions.confirm_key(a, confirmed=not a.key_confirmed, by=w.reviewer, at=PUBLISHED),
    "move": lambda a, w: actions.change_activity(a, changes={"venue": f"馆{a.version}"}, by=w.filer, at=PUBLISHED),
    "agree": lambda a, w: actions.approve_change(a, by=w.reviewer, at=PUBLISHED),
    "refuse": lambda a, w: actions.return_change(a, words="不", by=w.reviewer, at=PUBLISHED),
    "postpone": lambda a, w: actions.postpone_activity(a, reason="雨", by=w.filer, at=PUBLISHED),
    "cancel": lambda a, w: actions.cancel_activity(a, reason="雨", by=w.filer, at=PUBLISHED),
    "hold": lambda a, w: actions.hold_activity(a, participants_actual=9, ended_at=PUBLISHED, by=w.filer, at=AFTER),
}  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(sorted(WRITES))), min_size=1, max_size=8))
def test_whatever_is_done_lists_find_and_count_what_the_rows_say(world, written):
    with taken_back():
        pks = [an_activity(world, State.PUBLISHED, taking_part=way).pk for way in ("booking", "walk_in")]
        for which, act in written:
            try:
                WRITES[act](loaded(Activity(pk=pks[which])), world)
            except Refused:
                continue
        expected = Counter()
        for row in Activity.objects.filter(pk__in=pks):
            open_to_all = row.taking_part in ("booking", "walk_in") and not row.full
            expected["vacant"] += open_to_all and row.state in ("published", "changed", "postponed")
            expected["any"] += bool(row.accessibility)
            expected["wheelchair"] += "wheelchair" in row.accessibility
            copy = Publication.objects.get(pk=row.pk)
            assert (copy.is_full, copy.is_accessible) == (row.is_full, bool(row.accessibility))
        counted = [len(found(world, **facets)) for facets in KINDS]
        assert counted == [expected["vacant"], expected["any"], expected["wheelchair"]]
        assert tallies.verify() == []
