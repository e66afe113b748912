from dataclasses import replace
from datetime import timedelta

import pytest

from kepu.activities.actions import edit_draft
from kepu.core import audit
from kepu.orgs.models import Role
from tests.factories.activities import FILED, a_draft, trace_of, with_roles
from tests.factories.orgs import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def writes(draft, world, minutes, *, by=None, **changes):
    """A save that nobody pressed a button for, so many minutes after the draft was made."""
    at = FILED + timedelta(minutes=minutes)
    edit_draft(draft, changes=changes, while_writing=True, by=by or world.filer, at=at)


def fields_of(draft):
    return [detail.get("fields", []) for _event, _person, detail in trace_of(draft)[1:]]


def test_one_row_for_a_sitting_and_a_new_one_with_a_new_field(world):
    draft = a_draft(world)
    for minutes, changes in (
        (9, {"title": "起草当中"}), (11, {"title": "一"}), (12, {"title": "二"}), (13, {"summary": "三"}),
        (22, {"title": "四", "summary": "五"}), (24, {"title": "六"}),
    ):  # fmt: skip
        writes(draft, world, minutes, **changes)

    assert (draft.title, draft.summary, draft.version) == ("六", "五", 7)
    assert fields_of(draft) == [["title"], ["summary", "title"], ["title"]]
    assert list(audit.verify()) == []


def test_other_hands_leave_a_row_of_their_own(world):
    draft = a_draft(world)
    colleague = with_roles(world.school, Role.FILER)
    writes(draft, world, 1, by=colleague, title="一")
    writes(draft, world, 2, title="二")
    writes(draft, world, 3, by=colleague, title="三")
    assert fields_of(draft) == [["title"]] * 3


def test_a_deputy_and_the_one_stood_in_for_are_told_apart(world):
    draft = a_draft(world)
    deputy = replace(world.filer, deputy_for=an_actor(world.school).person_id)
    writes(draft, world, 1, by=deputy, title="一")
    assert trace_of(draft)[-1][2] == {"fields": ["title"], "deputy_for": deputy.deputy_for}


def test_a_clock_that_was_set_back_hides_nothing(world):
    draft = a_draft(world)
    writes(draft, world, -1, title="一")
    assert fields_of(draft) == [["title"]]


def test_a_save_that_found_its_own_words_is_no_conflict(world):
    draft = a_draft(world)
    for _time in range(2):
        edit_draft(draft, changes={"title": "一"}, expected_version=1, by=world.filer, at=FILED)
    assert (draft.version, len(trace_of(draft))) == (2, 2)
