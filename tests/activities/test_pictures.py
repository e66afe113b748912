"""Poster and pictures: who may, how many, what the public's copy says of them, and what becomes of their files."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities import actions, rules
from kepu.activities.models import Activity, Minors, Picture, PictureKind, Publication, PublishedVersion
from kepu.activities.models.picture import MOST_PICTURES
from kepu.activities.workflow import State
from kepu.core import audit, files, tallies
from kepu.core.models import StoredFile
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from tests.core.test_at_once import at_once
from tests.factories.activities import (
    FILED,
    PUBLISHED,
    REVIEWED,
    a_draft,
    a_world,
    an_activity,
    events_of,
    loaded,
    told,
    trace_of,
)
from tests.factories.pictures import a_photo, a_picture, kept

pytestmark = pytest.mark.django_db
POSTER = PictureKind.POSTER
SAID = {"alt": "学生在做实验", "credit": "石龙中学", "minors": Minors.NONE}


@pytest.fixture
def world(standing_world, folder):
    return standing_world


def there(activity):
    return [(p.kind, p.alt) for p in activity.pictures.there().in_order()]


def in_public(activity):
    return Publication.objects.get(pk=activity.pk).content.get("pictures", [])


def test_a_photo_from_a_phone_becomes_a_picture(world):
    draft = a_draft(world)
    one = actions.keep_picture(a_photo(turned=True), at=FILED)
    (picture,) = actions.add_pictures(draft, [one], **SAID, by=world.filer, at=FILED)

    assert (picture.width, picture.height, picture.file_kind, picture.uploaded_by_id) == (
        480,
        640,
        "jpeg",
        world.filer.person_id,
    )
    assert files.read_kept(picture.digest, "-320.webp")[:4] == b"RIFF"
    assert trace_of(draft)[-1] == (
        "activity.pictures_added",
        world.filer.person_id,
        {"n": 1, "kind": "picture"},
    )
    assert StoredFile.objects.get().sweep_from is None


def test_the_same_picture_again_is_the_one_that_is_there(world):
    draft = a_draft(world)
    a_picture(world, draft)
    assert (
        actions.add_pictures(draft, [kept(), kept("two"), kept("two")], **SAID, by=world.filer, at=FILED)[
            0
        ].digest
        == kept("two").digest
    )
    assert actions.add_pictures(draft, [kept()], **SAID, by=world.filer, at=FILED) == []
    assert (len(there(draft)), events_of(draft)) == (2, ["drafted", "pictures_added", "pictures_added"])


def test_a_new_poster_takes_the_place_of_the_old(world):
    draft = a_draft(world)
    old = a_picture(world, draft, "old", kind=POSTER, alt="旧")
    a_picture(world, draft, "new", kind=POSTER, alt="新")
    assert (there(draft), files.sweep(PUBLISHED + timedelta(days=1))) == ([("poster", "新")], 1)
    assert (files.is_kept(old.digest), files.is_kept(kept("new").digest)) == (False, True)
    with pytest.raises(Incomplete, match="海报只放一张"):
        actions.add_pictures(draft, [kept("a"), kept("b")], kind=POSTER, by=world.filer, at=FILED)


def test_there_are_nine_pictures_at_most_beside_the_poster(world):
    draft = a_draft(world)
    a_picture(world, draft, "poster", kind=POSTER)
    actions.add_pictures(draft, [kept(str(n)) for n in range(7)], by=world.filer, at=FILED)
    with pytest.raises(Incomplete) as refusal:
        actions.add_pictures(draft, [kept(str(n)) for n in range(6, 10)], by=world.filer, at=FILED)
    assert str(refusal.value) == "图片最多9张，还能放2张，这次选了3张。请先移除几张，或少选几张。"
    actions.add_pictures(draft, [kept("7"), kept("8")], by=world.filer, at=FILED)
    assert draft.pictures.there().count() == MOST_PICTURES + 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"alt": "长" * 201}, "图片说明最多200个字，现在有201个字。"),
        ({"credit": "长" * 61}, "作者或来源最多60个字，现在有61个字。"),
        ({"minors": "maybe"}, "请选图片里有没有能认出的未成年人。"),
    ],
)
def test_what_is_said_has_its_limits(world, said, sentence):
    picture = a_picture(world, a_draft(world))
    with pytest.raises(Incomplete) as refusal:
        actions.describe_picture(picture, **{**SAID, **said}, by=world.filer, at=FILED)
    assert str(refusal.value) == sentence


def test_order_is_changed_step_by_step_and_ends_at_the_ends(world):
    draft = a_draft(world)
    one, two, three = (a_picture(world, draft, word, alt=word) for word in ("one", "two", "three"))
    for picture, earlier, order in (
        (three, True, "one three two"), (three, True, "three one two"), (three, True, "three one two"),
        (two, False, "three one two"), (three, False, "one three two"),
    ):  # fmt: skip
        actions.move_picture(Picture.objects.get(pk=picture.pk), earlier=earlier, by=world.filer, at=FILED)
        assert " ".join(alt for _kind, alt in there(draft)) == order
    assert events_of(draft).count("picture_moved") == 3
    assert one.pk


@pytest.mark.parametrize(
    ("kind", "said", "shown"),
    [
        ("picture", {"minors": ""}, False),
        ("picture", {"minors": "none", "alt": ""}, True),
        ("picture", {"minors": "agreed"}, True),
        ("poster", {"minors": "none", "alt": ""}, False),
        ("poster", {"minors": "none"}, True),
    ],
)
def test_the_public_sees_what_somebody_has_spoken_for(world, kind, said, shown):
    activity = an_activity(world, State.APPROVED)
    picture = a_picture(world, activity, kind=PictureKind(kind), **said)
    assert picture.is_shown is shown
    actions.publish_activity(loaded(activity), by=world.filer, at=PUBLISHED)

    expected = {
        "kind": kind,
        "digest": picture.digest,
        "width": 640,
        "height": 480,
        "alt": picture.alt,
        "credit": "石龙中学",
    }
    assert in_public(activity) == ([expected] if shown else [])
    assert list(Picture.objects.in_public()) == ([picture] if shown else [])


def test_a_copy_without_pictures_is_as_it_always_was(world):
    assert "pictures" not in Publication.objects.get(pk=an_activity(world, State.PUBLISHED).pk).content


def test_what_is_changed_in_public_shows_at_once_and_the_reviewer_hears_of_it(world):
    activity = an_activity(world, State.PUBLISHED)
    before = Publication.objects.get(pk=activity.pk)

    picture = a_picture(world, activity, minors="")
    assert (in_public(activity), told()[-1][1], loaded(activity).public_version) == ([], "approved", 1)

    actions.describe_picture(picture, **SAID, by=world.filer, at=PUBLISHED)
    after = Publication.objects.get(pk=activity.pk)
    assert [p["digest"] for p in in_public(activity)] == [picture.digest]
    assert (after.version, after.status, after.days.count()) == (2, before.status, before.days.count())
    assert after.digest != before.digest
    assert told()[-1] == (
        world.city_office.pk, "pictures_shown", "已发布的活动换了图片，请看一看（1张新的）：走进中医药"
    )  # fmt: skip
    assert trace_of(activity)[-1][2] == {"picture": picture.pk, "public": True}

    actions.describe_picture(picture, **{**SAID, "alt": "学生"}, by=world.filer, at=PUBLISHED)
    assert (in_public(activity)[0]["alt"], len(told())) == ("学生", 3)  # nothing new to look at
    actions.remove_picture(picture, by=world.filer, at=PUBLISHED)
    assert (in_public(activity), Publication.objects.get(pk=activity.pk).version) == ([], 4)
    assert [v.content.get("pictures", []) != [] for v in PublishedVersion.objects.order_by("version")] == [
        False,
        True,
        True,
        False,
    ]
    assert tallies.verify() == []


def test_a_change_that_waits_for_review_is_not_published_by_a_picture(world):
    activity = an_activity(world, State.CHANGED)
    a_picture(world, activity)
    copy = Publication.objects.get(pk=activity.pk)
    assert (copy.content["venue"], len(copy.content["pictures"])) == ("石龙中学礼堂", 1)
    assert loaded(activity).state == State.CHANGED


def test_the_reviewer_takes_away_what_must_not_stay_and_says_why(world):
    activity = an_activity(world, State.PUBLISHED)
    picture = a_picture(world, activity)
    with pytest.raises(Incomplete, match="请写明为什么移除"):
        actions.remove_picture(picture, by=world.reviewer, at=PUBLISHED)
    actions.remove_picture(picture, reason="认得出学生", by=world.reviewer, at=PUBLISHED)
    assert (in_public(activity), told()[-1]) == (
        [],
        (world.school.pk, "picture_removed", "一张图片被移除：走进中医药"),
    )
    with pytest.raises(StaleState, match="这张图片已经移除"):
        actions.remove_picture(picture, reason="又一次", by=world.reviewer, at=PUBLISHED)


@pytest.mark.parametrize("state", list(State))
def test_who_may_in_which_state(world, state):
    activity = loaded(an_activity(world, state))
    settled = state in (State.CANCELLED, State.WITHDRAWN, State.ARCHIVED)
    handed_in = activity.filed_at is not None
    others = (world.reviewer, world.coordinator, world.town_coordinator)

    assert rules.can_add_pictures(world.filer, activity) is not settled
    assert not any(rules.can_add_pictures(actor, activity) for actor in others)
    may_go = not settled or state == State.CANCELLED
    assert rules.can_remove_picture(world.filer, activity) is may_go
    assert [rules.can_remove_picture(actor, activity) for actor in others] == [may_go and handed_in] * 3


def test_each_act_asks_the_rule(world):
    activity = an_activity(world, State.PUBLISHED)
    picture = a_picture(world, activity)
    acts = (
        lambda: actions.add_pictures(activity, [kept("x")], by=world.coordinator, at=FILED),
        lambda: actions.describe_picture(picture, **SAID, by=world.coordinator, at=FILED),
        lambda: actions.move_picture(picture, earlier=True, by=world.coordinator, at=FILED),
    )
    for act in acts:
        with pytest.raises(NotAllowed, match="只有举办单位的填报岗位"):
            act()
    actions.cancel_activity(loaded(activity), reason="台风", by=world.filer, at=PUBLISHED)
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert [p["digest"] for p in in_public(activity)] == [
        picture.digest
    ]  # who finds it cancelled sees the poster still


def test_a_copy_for_next_year_has_the_same_files_and_asks_anew_what_was_agreed(world):
    activity = an_activity(world, State.PUBLISHED)
    a_picture(world, activity, "poster", kind=POSTER)
    agreed = a_picture(world, activity, "agreed", minors="agreed")
    actions.remove_picture(a_picture(world, activity, "removed"), by=world.filer, at=PUBLISHED)
    token = uuid4()
    copy = actions.copy_activity(activity, token, by=world.filer, at=PUBLISHED)
    assert actions.copy_activity(activity, token, by=world.filer, at=PUBLISHED) == copy

    rows = list(copy.pictures.in_order())
    assert [(p.kind, p.minors) for p in rows] == [("poster", "none"), ("picture", "")]
    actions.remove_picture(agreed, by=world.filer, at=PUBLISHED)
    files.sweep(PUBLISHED + timedelta(days=3))
    assert [files.is_kept(p.digest) for p in rows] == [True, True]


def test_what_was_sent_and_never_added_is_swept_and_cannot_be_added_late(world):
    draft = a_draft(world)
    late = kept("late", at=FILED)
    files.sweep(FILED + timedelta(days=1))
    with pytest.raises(StaleState, match="请再传一次"):
        actions.add_pictures(draft, [late], by=world.filer, at=FILED + timedelta(days=1))
    assert there(draft) == []


def test_an_act_costs_as_much_with_one_picture_as_with_nine(world):
    activity = an_activity(world, State.PUBLISHED)
    last = a_picture(world, activity, "0")
    counts = []
    for more in range(2):
        with CaptureQueriesContext(connection) as asked:
            actions.describe_picture(last, **{**SAID, "alt": f"第{more}次"}, by=world.filer, at=PUBLISHED)
        counts.append(len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]))
        actions.add_pictures(
            activity, [kept(f"{more}{n}") for n in range(4)], **SAID, by=world.filer, at=PUBLISHED
        )
    cost = 17 if connection.vendor == "postgresql" else 19  # which files the words in one table
    assert counts == [cost, cost]


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_four_tabs_that_send_the_same_pictures_add_them_once_and_never_ten(folder):
    world = a_world()
    activity = an_activity(world, State.PUBLISHED)
    sets = [[kept("same"), *(kept(f"{tab}{n}") for n in range(3))] for tab in range(4)]
    faults = at_once(*[
        lambda chosen=chosen: actions.add_pictures(loaded(activity), chosen, **SAID, by=world.filer, at=PUBLISHED)
        for chosen in sets
    ])  # fmt: skip
    assert [type(fault) for fault in faults] == [Incomplete] * 2  # 4, 7, and then three more do not fit
    digests = list(Picture.objects.values_list("digest", flat=True))
    assert len(digests) == len(set(digests)) == 7
    assert {p["digest"] for p in in_public(activity)} == set(digests)
    assert (tallies.verify(), list(audit.verify())) == ([], [])
    assert Activity.objects.get().public_version == Publication.objects.get().version


class TestWhileItWaitsForReview:
    """A reviewer decides on what they have seen: other pictures are another version."""

    def acts(self, world, activity):
        one, two = (there for there in activity.pictures.there().in_order())
        yield lambda: actions.add_pictures(
            activity, [kept("poster")], kind=POSTER, **SAID, by=world.filer, at=FILED
        )
        yield lambda: actions.add_pictures(
            activity, [kept("another")], kind=POSTER, **SAID, by=world.filer, at=FILED
        )
        yield lambda: actions.describe_picture(
            one, alt="别的说明", credit="", minors=Minors.NONE, by=world.filer, at=FILED
        )
        yield lambda: actions.move_picture(one, earlier=False, by=world.filer, at=FILED)
        yield lambda: actions.remove_picture(two, by=world.filer, at=FILED)

    @pytest.mark.parametrize("n", range(5), ids=["added", "swapped", "described", "moved", "removed"])
    def test_what_was_seen_before_is_not_passed(self, world, n):
        activity = an_activity(world, State.FILED)
        a_picture(world, activity, at=FILED)
        a_picture(world, activity, "two", at=FILED)
        acts = list(self.acts(world, activity))
        if n == 1:
            acts[0]()
        seen = loaded(activity)
        acts[n]()
        assert loaded(activity).version == seen.version + 1
        for decide in (actions.approve_activity, actions.return_activity):
            said = {"words": "请补充"} if decide is actions.return_activity else {}
            with pytest.raises(StaleState):
                decide(
                    loaded(activity), **said, expected_version=seen.version, by=world.reviewer, at=REVIEWED
                )
        assert actions.approve_activity(
            loaded(activity), expected_version=seen.version + 1, by=world.reviewer, at=REVIEWED
        )
        assert tallies.verify() == []

    def test_a_draft_keeps_its_version_so_that_the_form_that_is_open_beside_it_can_be_saved(self, world):
        draft = a_draft(world)
        seen = draft.version
        a_picture(world, draft, at=FILED)
        edited = actions.edit_draft(
            draft, changes={"venue": "操场"}, expected_version=seen, by=world.filer, at=FILED
        )
        assert edited.version == seen + 1

    def test_a_change_that_waits_is_told_too_when_the_public_sees_nothing_of_the_picture(self, world):
        activity = an_activity(world, State.CHANGED)
        seen = activity.version
        a_picture(world, activity, minors="")
        assert (loaded(activity).version, in_public(activity)) == (seen + 1, [])
